/* A list of labels, CSV or JSON lines, of the pictures in tests/data. */
#ifndef MIXSMITH_FUZZ_LABELLED_PICTURES_H
#define MIXSMITH_FUZZ_LABELLED_PICTURES_H

#include "ordeal.h"

/* classes: path of a file of class names, or NULL. */
static inline void try_list(const void *list, size_t size, const char *classes) {
    struct memory_file labels = memory_file_open(list, size);
    struct input input = ordeal_input((char *[]){"tests/data"}, size);
    input.labels = labels.path;
    input.classes = classes;
    input.w = input.h = input.as_stored ? 0 : 5; // they differ in size
    ordeal("list", &input);
    memory_file_close(&labels);
}

#endif

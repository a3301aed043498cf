/* CIFAR batches as a list of files, whose records are numbered through all of them. */
#ifndef MIXSMITH_CIFAR_FILES_H
#define MIXSMITH_CIFAR_FILES_H

#include "sources/batches/cifar_layout.h"
#include "sources/source.h"

struct batch_file {
    char *path, *name; // name: without folders
    int fd;
    int input;         // that it belongs to
    uint32_t first, n; // samples
};

struct cifar_files {
    const struct cifar_layout *layout;
    struct batch_file *files;
    int n_files;
    uint32_t n; // samples in all
};

/* The batches that are named, and the training batches of folders that are. close follows in any
 * case. */
int cifar_files_open(struct cifar_files *list, const struct cifar_layout *layout,
                     const struct input *input, struct err *err);

const struct batch_file *cifar_files_find(const struct cifar_files *list, uint32_t sample);

void cifar_files_close(struct cifar_files *list);

#endif

/* CIFAR-10 and CIFAR-100 binary batches: records of label bytes, then 1024 red, 1024 green and 1024
 * blue bytes, rows top down. Krizhevsky, "Learning multiple layers of features from tiny images",
 * 2009; layout: https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version". */
#ifndef MIXSMITH_CIFAR_LAYOUT_H
#define MIXSMITH_CIFAR_LAYOUT_H

#include "base/fail.h"
#include "sources/labels/class_names.h"

#include <stdbool.h>
#include <stdint.h>

enum { CIFAR_LABELS_MAX = 2 }; // bytes

/* What tells the two layouts, and the two label sets of the second, apart. */
struct cifar_layout {
    const char *name;
    int label_bytes;
    int label_at; // which of them is the class
    int n_classes;
    const char *names_file; // beside the batches, a class name a line
};

extern const struct cifar_layout CIFAR10, CIFAR100_FINE, CIFAR100_COARSE;

size_t cifar_record_size(const struct cifar_layout *layout);

/* Training batches by their customary names; test batches are read only where they are named. */
bool cifar_is_training_batch(const char *name);

/* Whether path is, or is called as, a batch of this layout, or a folder whose first training batch
 * is. */
bool cifar_probe(const char *path, const struct cifar_layout *layout);

/* -1: size is no whole number of records; the message says which layout it would fit. */
int cifar_check_size(const struct cifar_layout *layout, const char *path, uint64_t size,
                     struct err *err);

/* The names of n classes: from the file that is given, from the one beside the batch, or numbers
 * where there is neither. class_names_close follows in any case. */
int cifar_name_classes(const struct cifar_layout *layout, const char *given, const char *batch_path,
                       int n, struct class_names *classes, struct err *err);

#endif

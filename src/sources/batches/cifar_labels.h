/* The labels of CIFAR batches: a byte in every record, which has room for one class only. Soft
 * labels lie beside the batches of a folder, in labels.npy, a row a record; mixsmith writes them
 * so. Both must say the same. */
#ifndef MIXSMITH_CIFAR_LABELS_H
#define MIXSMITH_CIFAR_LABELS_H

#include "sources/arrays/label_array.h"
#include "sources/batches/cifar_files.h"

struct cifar_labels {
    int *label;              // (n samples) class
    struct label_array rows; // rows.rows.n is 0 where there are none
    struct class_names classes;
};

/* Reads and checks the labels of all samples, and the names of their classes. close follows in any
 * case. */
int cifar_labels_open(struct cifar_labels *labels, const struct cifar_files *files,
                      const struct input *input, struct pool *pool, struct err *err);
void cifar_labels_close(struct cifar_labels *labels);

#endif

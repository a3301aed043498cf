/* The labels of CIFAR batches: a byte in every record, which has room for one class only. Soft
 * labels lie beside the batches of a folder, in labels.npy, a row a record; mixsmith writes them
 * so. Both must say the same. */
#ifndef MIXSMITH_CIFAR_LABELS_H
#define MIXSMITH_CIFAR_LABELS_H

#include "sources/arrays/label_array.h"
#include "sources/batches/cifar_files.h"

struct cifar_labels {
    int *label;              // (n samples) LABEL_IN_RECORD
    struct label_array rows; // rows.rows.n is 0 where there are none
    struct class_names classes;
};

/* Finds the names of the classes and the rows, and checks those. close follows in any case. */
int cifar_labels_open(struct cifar_labels *labels, const struct cifar_files *files,
                      const struct input *input, struct pool *pool, struct err *err);

/* The label in the record of a sample, which is one of the classes and what its row says. */
int cifar_labels_take(const struct cifar_labels *labels, const struct cifar_files *files,
                      uint32_t sample, const uint8_t *record, int *label, struct err *err);

void cifar_labels_close(struct cifar_labels *labels);

#endif

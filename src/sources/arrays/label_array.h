/* Labels from arrays, a row a sample: the number of its class, (n) whole numbers, or a soft label,
 * (n, n_classes) of any type. A soft label sums to 1, or to more (a sample of several classes).
 * Every row is looked at when the labels are opened; soft ones are then read again where they are
 * wanted. */
#ifndef MIXSMITH_LABEL_ARRAY_H
#define MIXSMITH_LABEL_ARRAY_H

#include "base/parallel.h"
#include "sources/arrays/array_file.h"
#include "sources/labels/class_names.h"

#include <stdbool.h>

struct label_array {
    struct array_list rows;
    int columns; // classes of a soft label; 0: a row is the number of a class
    int *label;  // (rows.n) class; of soft labels the argmax, ties to the lower
    bool soft;   // a row that is not one class alone is there
};

/* Adds the labels of the next n samples, which are all that the file at path holds. -1: it is no
 * array of labels, or of another kind than those before. */
int label_array_add(struct label_array *labels, const char *path, uint32_t n, struct err *err);

/* Looks at every row, then sets label, soft and, where there are no names, numbers for the classes.
 * -1: a row that is no label, or of a class without a name; the message is of the first. */
int label_array_check(struct label_array *labels, struct class_names *classes, struct pool *pool,
                      struct err *err);

/* row: (columns) the soft label of a sample as it is in the file, but divided by its sum where that
 * is not 1 within rounding. */
int label_array_row(const struct label_array *labels, uint32_t sample, struct arena *arena,
                    float *row, struct err *err);

void label_array_close(struct label_array *labels);

#endif

/* Label rows: the labels of many samples, of each only the classes that have a share in it. While
 * every row is one class alone, nothing but the classes are kept. */
#ifndef MIXSMITH_LABEL_ROWS_H
#define MIXSMITH_LABEL_ROWS_H

#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a row's shares begin, and the classes that they belong to. */
struct label_row {
    size_t share, class;
};

struct label_rows {
    int *class;   // (n_classes) the classes of the rows; one row's may be those of the next as well
    float *share; // (n_shares) 0..1; row by row
    struct label_row *row; // (n + 1), the last is where they end; NULL: row i is class[i] alone
    size_t n_classes, class_room, n_shares, share_room, row_room;
    uint32_t n;
    bool soft;      // some row is not one class alone
    float *settled; // (settled_room) of the row that is being added
    int settled_room;
};

/* Adds a row. class: (n) all different, or NULL: 0..n-1. share: (n) as they were given. -1: it is
 * no soft label (soft_row.h); the message does not say which row. */
int label_rows_add(struct label_rows *rows, const int *class, const double *share, int n,
                   struct err *err);

/* map: the numbers that the classes have from now on. */
void label_rows_map(struct label_rows *rows, const int *map);

/* The class of the greatest share, ties to the lower. */
int label_rows_argmax(const struct label_rows *rows, uint32_t row);

/* dense: (n_classes) */
void label_rows_dense(const struct label_rows *rows, uint32_t row, float *dense, int n_classes);

void label_rows_close(struct label_rows *rows);

#endif

/* Label rows: the labels of many samples, of each only the classes that have a share in it. */
#ifndef MIXSMITH_LABEL_ROWS_H
#define MIXSMITH_LABEL_ROWS_H

#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A class that has a share. */
struct label_entry {
    int class;
    float share; // 0..1
};

struct label_rows {
    struct label_entry *entries; // row by row
    size_t n_entries, entries_room;
    size_t *start; // (n + 1) where each row begins in entries
    uint32_t n, rows_room;
    bool soft; // some row is not one class alone
    /* the row that is being made */
    int *class;     // (n_row)
    double *share;  // (n_row) as they were given
    float *settled; // (row_room)
    int n_row, row_room;
};

/* Adds a share to the row that is being made. A class comes once. */
void label_rows_share(struct label_rows *rows, int class, double share);

/* Ends the row. -1: it is no soft label (soft_row.h); the message does not say which row. */
int label_rows_end(struct label_rows *rows, struct err *err);

/* The rows of another set, after those of this one. map: its classes' numbers here, or NULL: the
 * same. */
void label_rows_append(struct label_rows *rows, const struct label_rows *more, const int *map);

/* The class of the greatest share, ties to the lower. */
int label_rows_argmax(const struct label_rows *rows, uint32_t row);

/* dense: (n_classes) */
void label_rows_dense(const struct label_rows *rows, uint32_t row, float *dense, int n_classes);

void label_rows_close(struct label_rows *rows);

#endif

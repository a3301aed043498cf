#include "sources/lists/label_rows.h"

#include "base/memory.h"
#include "sources/labels/soft_row.h"

#include <stdlib.h>
#include <string.h>

static void grow_entries(struct label_rows *rows, size_t more) {
    size_t need = rows->n_entries + more;
    if (need <= rows->entries_room)
        return;
    rows->entries_room = need > 2 * rows->entries_room ? need : 2 * rows->entries_room;
    rows->entries = must_realloc(rows->entries, rows->entries_room * sizeof *rows->entries);
}

void label_rows_share(struct label_rows *rows, int class, double share) {
    if (rows->n_row == rows->row_room) {
        rows->row_room = rows->row_room ? rows->row_room * 2 : 16;
        size_t room = (size_t)rows->row_room;
        rows->class = must_realloc(rows->class, room * sizeof *rows->class);
        rows->share = must_realloc(rows->share, room * sizeof *rows->share);
        rows->settled = must_realloc(rows->settled, room * sizeof *rows->settled);
    }
    rows->class[rows->n_row] = class;
    rows->share[rows->n_row++] = share;
}

/* Closes the row at the last entry. */
static void push_row(struct label_rows *rows) {
    if (rows->n + 1 >= rows->rows_room) {
        rows->rows_room = rows->rows_room ? rows->rows_room * 2 : 1024;
        rows->start = must_realloc(rows->start, rows->rows_room * sizeof *rows->start);
        rows->start[0] = 0;
    }
    rows->start[++rows->n] = rows->n_entries;
}

int label_rows_end(struct label_rows *rows, struct err *err) {
    int n = rows->n_row;
    rows->n_row = 0;
    if (soft_row_check(rows->share, n, err) < 0)
        return -1;
    rows->soft |= !soft_row_settle(rows->share, n, rows->settled).single;
    grow_entries(rows, (size_t)n);
    for (int k = 0; k < n; k++) {
        struct label_entry entry = {rows->class[k], rows -> settled[k]};
        if (entry.share > 0)
            rows->entries[rows->n_entries++] = entry;
    }
    push_row(rows);
    return 0;
}

void label_rows_append(struct label_rows *rows, const struct label_rows *more, const int *map) {
    grow_entries(rows, more->n_entries);
    for (uint32_t i = 0; i < more->n; i++) {
        for (size_t k = more->start[i]; k < more->start[i + 1]; k++) {
            struct label_entry entry = more->entries[k];
            entry.class = map ? map[entry.class] : entry.class;
            rows->entries[rows->n_entries++] = entry;
        }
        push_row(rows);
    }
    rows->soft |= more->soft;
}

int label_rows_argmax(const struct label_rows *rows, uint32_t row) {
    struct label_entry best = rows->entries[rows->start[row]];
    for (size_t k = rows->start[row] + 1; k < rows->start[row + 1]; k++) {
        struct label_entry entry = rows->entries[k];
        if (entry.share > best.share || (entry.share == best.share && entry.class < best.class))
            best = entry;
    }
    return best.class;
}

void label_rows_dense(const struct label_rows *rows, uint32_t row, float *dense, int n_classes) {
    memset(dense, 0, (size_t)n_classes * sizeof *dense);
    for (size_t k = rows->start[row]; k < rows->start[row + 1]; k++)
        dense[rows->entries[k].class] = rows->entries[k].share;
}

void label_rows_close(struct label_rows *rows) {
    free(rows->entries);
    free(rows->start);
    free(rows->class);
    free(rows->share);
    free(rows->settled);
    *rows = (struct label_rows){0};
}

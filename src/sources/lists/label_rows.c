#include "sources/lists/label_rows.h"

#include "base/memory.h"
#include "sources/labels/soft_row.h"

#include <stdlib.h>
#include <string.h>

/* --- rows as they are kept --- */

struct entries {
    const int *class;   // (n)
    const float *share; // (n)
    size_t n;
};

static struct entries entries_of(const struct label_rows *rows, uint32_t row) {
    static const float whole = 1;
    if (!rows->row)
        return (struct entries){rows->class + row, &whole, 1};
    const struct label_row *at = &rows->row[row];
    return (struct entries){rows->class + at->class, rows->share + at->share,
                            at[1].share - at->share};
}

static void push_class(struct label_rows *rows, int class) {
    rows->class = must_grow(rows->class, rows->n_classes, &rows->class_room, sizeof *rows->class);
    rows->class[rows->n_classes++] = class;
}

static void push_share(struct label_rows *rows, float share) {
    rows->share = must_grow(rows->share, rows->n_shares, &rows->share_room, sizeof *rows->share);
    rows->share[rows->n_shares++] = share;
}

/* The row whose shares were pushed. class: where its classes begin. */
static void push_row(struct label_rows *rows, size_t class) {
    rows->row[rows->n++].class = class;
    rows->row = must_grow(rows->row, rows->n, &rows->row_room, sizeof *rows->row);
    rows->row[rows->n].share = rows->n_shares;
}

/* From now on shares are kept. */
static void begin_shares(struct label_rows *rows) {
    uint32_t n = rows->n;
    rows->row = must_grow(NULL, 0, &rows->row_room, sizeof *rows->row);
    rows->row[0].share = 0;
    for (rows->n = 0; rows->n < n;) {
        push_share(rows, 1);
        push_row(rows, rows->n);
    }
}

/* --- a row more --- */

/* Where the classes of a row begin that were pushed at `start`; they are dropped if those of the
 * row before are the same. */
static size_t settle_classes(struct label_rows *rows, size_t start) {
    if (rows->n == 0)
        return start;
    struct entries last = entries_of(rows, rows->n - 1);
    size_t n = rows->n_classes - start;
    if (last.n != n || memcmp(last.class, rows->class + start, n * sizeof *last.class) != 0)
        return start;
    rows->n_classes = start;
    return rows->row[rows->n - 1].class;
}

/* class, share: as in label_rows_add, but settled. */
static void add_shares(struct label_rows *rows, const int *class, const float *share, int n) {
    size_t start = rows->n_classes;
    for (int k = 0; k < n; k++)
        if (share[k] > 0) {
            push_class(rows, class ? class[k] : k);
            push_share(rows, share[k]);
        }
    push_row(rows, settle_classes(rows, start));
}

static bool is_one_alone(const float *share, int n, int argmax) {
    int positive = 0;
    for (int k = 0; k < n; k++)
        positive += share[k] > 0;
    return positive == 1 && share[argmax] == 1;
}

int label_rows_add(struct label_rows *rows, const int *class, const double *share, int n,
                   struct err *err) {
    if (soft_row_check(share, n, err) < 0)
        return -1;
    if (n > rows->settled_room) {
        rows->settled_room = 2 * n;
        rows->settled =
            must_realloc(rows->settled, (size_t)rows->settled_room * sizeof *rows->settled);
    }
    struct soft_row row = soft_row_settle(share, n, rows->settled);
    rows->soft |= !row.single;
    if (!rows->row && is_one_alone(rows->settled, n, row.argmax)) {
        push_class(rows, class ? class[row.argmax] : row.argmax);
        rows->n++;
        return 0;
    }
    if (!rows->row)
        begin_shares(rows);
    add_shares(rows, class, rows->settled, n);
    return 0;
}

/* --- all of them --- */

void label_rows_map(struct label_rows *rows, const int *map) {
    for (size_t i = 0; i < rows->n_classes; i++)
        rows->class[i] = map[rows->class[i]];
}

int label_rows_argmax(const struct label_rows *rows, uint32_t row) {
    struct entries of = entries_of(rows, row);
    size_t best = 0;
    for (size_t k = 1; k < of.n; k++)
        if (of.share[k] > of.share[best] ||
            (of.share[k] == of.share[best] && of.class[k] < of.class[best]))
            best = k;
    return of.class[best];
}

void label_rows_dense(const struct label_rows *rows, uint32_t row, float *dense, int n_classes) {
    struct entries of = entries_of(rows, row);
    memset(dense, 0, (size_t)n_classes * sizeof *dense);
    for (size_t k = 0; k < of.n; k++)
        dense[of.class[k]] = of.share[k];
}

void label_rows_close(struct label_rows *rows) {
    free(rows->class);
    free(rows->share);
    free(rows->row);
    free(rows->settled);
    *rows = (struct label_rows){0};
}

#include "sources/arrays/label_array.h"

#include "base/interrupt.h"
#include "base/memory.h"
#include "base/words.h"
#include "sources/labels/soft_row.h"

#include <stdlib.h>

enum { ITEM_VALUES = 1 << 14 }; // of one item when rows are checked

/* --- opening --- */

/* Columns of a row; 0: the number of a class, -1: no labels. Whole numbers in one column are
 * numbers of classes too: Keras keeps them so. */
static int columns_of(const struct array *array) {
    bool whole = !number_is_float(array->type);
    if (array->rank == 1 || (array->rank == 2 && array->dim[1] == 1 && whole))
        return whole ? 0 : -1;
    return array->rank == 2 && array->dim[1] <= CLASSES_MAX ? (int)array->dim[1] : -1;
}

int label_array_add(struct label_array *labels, const char *path, uint32_t n, struct err *err) {
    if (array_list_add(&labels->rows, path, 0, err) < 0)
        return -1;
    const struct array_file *file = &labels->rows.files[labels->rows.n_files - 1];
    int columns = columns_of(&file->array);
    char shape[SHAPE_TEXT];
    array_shape_text(&file->array, shape);
    if (columns < 0)
        return fail(err,
                    "%s: %s of shape %s are no labels, which are whole numbers (n) or soft labels "
                    "(n, classes) of up to %d classes",
                    path, number_name(file->array.type), shape, CLASSES_MAX);
    if (file->n != n)
        return fail(err, "%s: labels of %u sample%s, where the data has %u", path, file->n,
                    s_of(file->n), n);
    if (labels->rows.n_files > 1 && columns != labels->columns)
        return fail(err, "%s: labels of shape %s, which does not go with those of %s", path, shape,
                    labels->rows.files[0].path);
    labels->columns = columns;
    return 0;
}

/* --- all rows --- */

static int check_class(const struct array_file *file, uint32_t at, double value,
                       const struct class_names *classes, struct err *err) {
    if (value < 0 || value >= CLASSES_MAX)
        return fail(err, "%s: row %u has label %.0f, where classes are numbered from 0 to %d",
                    file->path, at, value, CLASSES_MAX - 1);
    if (classes->n > 0 && value >= classes->n)
        return fail(err, "%s: row %u has label %.0f, but %s names %d class%s, 0 to %d", file->path,
                    at, value, classes->path, classes->n, es_of(classes->n), classes->n - 1);
    return 0;
}

/* What a run of rows has. */
struct item {
    char *fault; // the first, owned; NULL: none
    int classes; // numbers of classes, up to the greatest
    bool soft;
};

struct check {
    struct label_array *labels;
    const struct class_names *classes;
    uint32_t rows; // of an item
    struct item *items;
    struct arena *arenas; // (threads)
};

static int columns_in_file(const struct label_array *labels) {
    return labels->columns ? labels->columns : 1;
}

/* values: (n, columns) rows first, first + 1 … of the file. */
static int read_rows(const struct array_file *file, uint32_t first, uint32_t n, struct arena *arena,
                     double **values, struct err *err) {
    size_t all = n * (size_t)array_row_values(&file->array);
    uint8_t *bytes = arena_take(arena, all * number_size(file->array.type));
    *values = arena_take(arena, all * sizeof **values);
    if (array_file_read(file, first, n, bytes, err) < 0)
        return -1;
    numbers_widen(file->array.type, bytes, all, *values);
    return 0;
}

static int take_class(const struct check *check, const struct array_file *file, uint32_t at,
                      double value, struct item *item, struct err *err) {
    if (check_class(file, at, value, check->classes, err) < 0)
        return -1;
    int label = (int)value;
    check->labels->label[file->first + at] = label;
    item->classes = label >= item->classes ? label + 1 : item->classes;
    return 0;
}

static int settle_row(const struct array_file *file, uint32_t at, const double *value, int columns,
                      float *row, struct soft_row *settled, struct err *err) {
    struct err why;
    if (soft_row_check(value, columns, &why) < 0)
        return fail(err, "%s: row %u %s", file->path, at, why.text);
    *settled = soft_row_settle(value, columns, row);
    return 0;
}

static int take_row(const struct check *check, const struct array_file *file, uint32_t at,
                    const double *value, float *row, struct item *item, struct err *err) {
    struct soft_row settled;
    if (settle_row(file, at, value, check->labels->columns, row, &settled, err) < 0)
        return -1;
    check->labels->label[file->first + at] = settled.argmax;
    item->soft |= !settled.single;
    return 0;
}

/* Rows first .. first + n - 1 of one file. */
static int take_rows(const struct check *check, const struct array_file *file, uint32_t first,
                     uint32_t n, struct arena *arena, struct item *item, struct err *err) {
    size_t columns = (size_t)columns_in_file(check->labels);
    float *row = arena_take(arena, columns * sizeof *row);
    double *values;
    if (interrupt_check(err) < 0 || read_rows(file, first, n, arena, &values, err) < 0)
        return -1;
    for (uint32_t i = 0; i < n; i++, values += columns)
        if ((check->labels->columns ? take_row(check, file, first + i, values, row, item, err)
                                    : take_class(check, file, first + i, *values, item, err)) < 0)
            return -1;
    return 0;
}

static void check_item(void *data, int at, int thread) {
    const struct check *check = data;
    const struct array_list *list = &check->labels->rows;
    struct item *item = &check->items[at];
    struct err err;
    uint32_t first = (uint32_t)at * check->rows, left = list->n - first;
    uint32_t end = first + (left < check->rows ? left : check->rows);
    for (uint32_t n; first < end && !item->fault; first += n) {
        const struct array_file *file = array_list_find(list, first);
        uint32_t in_file = file->first + file->n - first;
        n = in_file < end - first ? in_file : end - first;
        if (take_rows(check, file, first - file->first, n, &check->arenas[thread], item, &err) < 0)
            item->fault = must_strdup(err.text);
        arena_reset(&check->arenas[thread]);
    }
}

/* Joins what the items found: the number of classes, or -1. */
static int join_items(struct label_array *labels, struct item *items, int n, struct err *err) {
    int classes = labels->columns;
    const char *fault = NULL;
    for (int i = 0; i < n; i++) {
        fault = fault ? fault : items[i].fault;
        labels->soft |= items[i].soft;
        classes = items[i].classes > classes ? items[i].classes : classes;
    }
    int result = fault ? fail(err, "%s", fault) : classes;
    for (int i = 0; i < n; i++)
        free(items[i].fault);
    return result;
}

int label_array_check(struct label_array *labels, struct class_names *classes, struct pool *pool,
                      struct err *err) {
    if (labels->columns && classes->n && labels->columns != classes->n)
        return fail(err, "%s: soft labels of %d class%s, but %s names %d",
                    labels->rows.files[0].path, labels->columns, es_of(labels->columns),
                    classes->path, classes->n);
    struct check check = {.labels = labels, .classes = classes};
    int wide = ITEM_VALUES / columns_in_file(labels);
    check.rows = wide > 0 ? (uint32_t)wide : 1;
    int n_items = (int)((labels->rows.n + check.rows - 1) / check.rows);
    check.items = must_calloc((size_t)n_items, sizeof *check.items);
    check.arenas = arenas_open(pool);
    labels->label = must_calloc(labels->rows.n, sizeof *labels->label);
    parallel_for(pool, n_items, check_item, &check);
    int n_classes = join_items(labels, check.items, n_items, err);
    if (n_classes > 0 && classes->n == 0)
        class_names_number(classes, n_classes);
    arenas_close(check.arenas, pool);
    free(check.items);
    return n_classes < 0 ? -1 : 0;
}

int label_array_row(const struct label_array *labels, uint32_t sample, struct arena *arena,
                    float *row, struct err *err) {
    const struct array_file *file = array_list_find(&labels->rows, sample);
    uint32_t at = sample - file->first;
    struct soft_row settled;
    double *value;
    if (read_rows(file, at, 1, arena, &value, err) < 0)
        return -1;
    return settle_row(file, at, value, labels->columns, row, &settled, err);
}

void label_array_close(struct label_array *labels) {
    array_list_close(&labels->rows);
    free(labels->label);
}

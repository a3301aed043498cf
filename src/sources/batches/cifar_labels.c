#include "sources/batches/cifar_labels.h"

#include "base/files.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { SCAN_RECORDS = 64 }; // of one item when label bytes are read

/* --- label bytes --- */

struct scan {
    const struct cifar_files *files;
    struct cifar_labels *labels;
    char **faults;        // (items) the first of each, owned; NULL: none
    struct arena *arenas; // (threads)
};

/* bytes: room for the n records first, first + 1 … of the file. */
static int read_labels(const struct scan *scan, const struct batch_file *file, uint32_t first,
                       uint32_t n, uint8_t *bytes, struct err *err) {
    const struct cifar_layout *layout = scan->files->layout;
    size_t record = cifar_record_size(layout);
    int n_classes = scan->labels->classes.n;
    if (file_read_at(file->fd, file->path, bytes, n * record, first * record, err) < 0)
        return -1;
    for (uint32_t i = 0; i < n; i++) {
        int label = bytes[i * record + (size_t)layout->label_at];
        if (label >= n_classes)
            return fail(err, "%s: record %u has label %d, but %s has classes 0 to %d", file->path,
                        first + i, label, layout->name, n_classes - 1);
        scan->labels->label[file->first + first + i] = label;
    }
    return 0;
}

static void scan_item(void *data, int item, int thread) {
    const struct scan *scan = data;
    struct arena *arena = &scan->arenas[thread];
    struct err err;
    uint8_t *bytes = arena_take(arena, SCAN_RECORDS * cifar_record_size(scan->files->layout));
    uint32_t first = (uint32_t)item * SCAN_RECORDS, left = scan->files->n - first;
    uint32_t end = first + (left < SCAN_RECORDS ? left : SCAN_RECORDS);
    for (uint32_t n; first < end && !scan->faults[item]; first += n) {
        const struct batch_file *file = cifar_files_find(scan->files, first);
        uint32_t in_file = file->first + file->n - first;
        n = in_file < end - first ? in_file : end - first;
        if (read_labels(scan, file, first - file->first, n, bytes, &err) < 0)
            scan->faults[item] = must_strdup(err.text);
    }
    arena_reset(arena);
}

/* Every label is looked at before anything is written. The error is the first in input order. */
static int scan_labels(struct cifar_labels *labels, const struct cifar_files *files,
                       struct pool *pool, struct err *err) {
    size_t items = (files->n + SCAN_RECORDS - 1) / SCAN_RECORDS;
    struct scan scan = {.files = files, .labels = labels};
    scan.faults = must_calloc(items, sizeof *scan.faults);
    scan.arenas = must_calloc((size_t)pool_threads(pool), sizeof *scan.arenas);
    labels->label = must_calloc(files->n, sizeof *labels->label);
    parallel_for(pool, (int)items, scan_item, &scan);
    int result = 0;
    for (size_t i = 0; i < items && result == 0; i++)
        if (scan.faults[i])
            result = fail(err, "%s", scan.faults[i]);
    strings_free(scan.faults, items);
    for (int i = 0; i < pool_threads(pool); i++)
        arena_close(&scan.arenas[i]);
    free(scan.arenas);
    return result;
}

/* --- labels beside the batches --- */

/* The labels.npy that lies beside a batch; NULL where there is none. Owned by the caller. */
static char *rows_beside(const char *batch_path) {
    char *folder = path_parent(batch_path), *path = path_join(folder, "labels.npy");
    free(folder);
    if (file_kind(path) == FILE_REGULAR)
        return path;
    free(path);
    return NULL;
}

/* beside: (n_files) what lies beside each batch. Batches that follow each other in one folder share
 * its rows. */
static int add_rows(struct label_array *rows, const struct cifar_files *files, char *const *beside,
                    struct err *err) {
    for (int i = 0, end = 0; i < files->n_files; i = end) {
        uint32_t n = 0;
        for (; end < files->n_files && strcmp(beside[end], beside[i]) == 0; end++)
            n += files->files[end].n;
        if (label_array_add(rows, beside[i], n, err) < 0)
            return -1;
    }
    return 0;
}

static int find_rows(struct label_array *rows, const struct cifar_files *files, struct err *err) {
    char **beside = must_calloc((size_t)files->n_files, sizeof *beside);
    int with = 0, bare = 0, result = 0;
    for (int i = 0; i < files->n_files; i++) {
        beside[i] = rows_beside(files->files[i].path);
        with += beside[i] != NULL;
        bare = beside[i] ? bare : i;
    }
    if (with == files->n_files)
        result = add_rows(rows, files, beside, err);
    else if (with > 0)
        result = fail(err, "%s: no labels.npy beside it, though other batches have one",
                      files->files[bare].path);
    strings_free(beside, (size_t)files->n_files);
    return result;
}

static int compare(const struct cifar_labels *labels, const struct cifar_files *files,
                   struct err *err) {
    for (uint32_t i = 0; i < files->n; i++) {
        if (labels->rows.label[i] == labels->label[i])
            continue;
        const struct batch_file *file = cifar_files_find(files, i);
        const struct array_file *rows = array_list_find(&labels->rows.rows, i);
        return fail(err, "%s: record %u has label %d, but row %u of %s is of class %d", file->path,
                    i - file->first, labels->label[i], i - rows->first, rows->path,
                    labels->rows.label[i]);
    }
    return 0;
}

/* --- both --- */

int cifar_labels_open(struct cifar_labels *labels, const struct cifar_files *files,
                      const struct input *input, struct pool *pool, struct err *err) {
    struct label_array *rows = &labels->rows;
    if ((input->labels ? label_array_add(rows, input->labels, files->n, err)
                       : find_rows(rows, files, err)) < 0)
        return -1;
    int n_classes = rows->columns ? rows->columns : files->layout->n_classes;
    if (cifar_name_classes(files->layout, input->classes, files->files[0].path, n_classes,
                           &labels->classes, err) < 0 ||
        scan_labels(labels, files, pool, err) < 0)
        return -1;
    if (rows->rows.n == 0)
        return 0;
    return label_array_check(rows, &labels->classes, pool, err) < 0 ? -1
                                                                    : compare(labels, files, err);
}

void cifar_labels_close(struct cifar_labels *labels) {
    label_array_close(&labels->rows);
    class_names_close(&labels->classes);
    free(labels->label);
}

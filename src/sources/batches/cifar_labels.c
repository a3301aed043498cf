#include "sources/batches/cifar_labels.h"

#include "base/files.h"
#include "base/memory.h"
#include "sources/source.h"

#include <stdlib.h>
#include <string.h>

/* The labels.npy that lies beside a batch; NULL where there is none. Owned by the caller. */
static char *rows_beside(const char *batch_path) {
    char *folder = path_parent(batch_path), *path = file_in(folder, "labels.npy");
    free(folder);
    return path;
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

/* --- the labels --- */

int cifar_labels_open(struct cifar_labels *labels, const struct cifar_files *files,
                      const struct input *input, struct pool *pool, struct err *err) {
    struct label_array *rows = &labels->rows;
    if ((input->labels ? label_array_add(rows, input->labels, files->n, err)
                       : find_rows(rows, files, err)) < 0)
        return -1;
    int n_classes = rows->columns ? rows->columns : files->layout->n_classes;
    if (cifar_name_classes(files->layout, input->classes, files->files[0].path, n_classes,
                           &labels->classes, err) < 0)
        return -1;
    labels->label = must_calloc(files->n, sizeof *labels->label);
    for (uint32_t i = 0; i < files->n; i++)
        labels->label[i] = LABEL_IN_RECORD;
    return rows->rows.n > 0 ? label_array_check(rows, &labels->classes, pool, err) : 0;
}

int cifar_labels_take(const struct cifar_labels *labels, const struct cifar_files *files,
                      uint32_t sample, const uint8_t *record, int *label, struct err *err) {
    const struct cifar_layout *layout = files->layout;
    const struct batch_file *file = cifar_files_find(files, sample);
    uint32_t at = sample - file->first;
    *label = record[layout->label_at];
    if (*label >= labels->classes.n)
        return fail(err, "%s: record %u has label %d, but %s has classes 0 to %d", file->path, at,
                    *label, layout->name, labels->classes.n - 1);
    if (labels->rows.rows.n == 0 || labels->rows.label[sample] == *label)
        return 0;
    const struct array_file *rows = array_list_find(&labels->rows.rows, sample);
    return fail(err, "%s: record %u has label %d, but row %u of %s is of class %d", file->path, at,
                *label, sample - rows->first, rows->path, labels->rows.label[sample]);
}

void cifar_labels_close(struct cifar_labels *labels) {
    label_array_close(&labels->rows);
    class_names_close(&labels->classes);
    free(labels->label);
}

/* Pictures that a list names (list_place.h says which list), with a label for each, hard or soft:
 * Hugging Face's imagefolder with metadata, a CSV file, or what mixsmith wrote. */
#include "base/files.h"
#include "base/memory.h"
#include "base/pieces.h"
#include "sources/lists/list_classes.h"
#include "sources/lists/list_csv.h"
#include "sources/lists/list_jsonl.h"
#include "sources/lists/list_place.h"
#include "sources/pictures/picture_files.h"

#include <stdlib.h>

/* The list of one input. */
struct part {
    struct list_place place;
    struct list_rows rows;
    struct list_classes classes;
};

struct list {
    struct picture_files pictures; // first: see picture_files.h
    struct part *parts;            // (inputs)
    char **class_names;            // (n_classes)
    int n_classes;
    int *label; // (samples) greatest share
    struct text note;
};

static const uint64_t LIST_BYTES_MAX = (uint64_t)1 << 34;

/* --- one input --- */

/* Whether it holds JSON lines, by its name, or else by how it begins. */
static int find_form(const struct pieces *list, bool *jsonl, struct err *err) {
    char first = 0;
    *jsonl = ends_with(list->path, ".jsonl") || ends_with(list->path, ".json");
    if (*jsonl || ends_with(list->path, ".csv") || ends_with(list->path, ".tsv"))
        return 0;
    int result = file_read_at(list->fd, list->path, &first, list->size > 0, 0, err);
    *jsonl = first == '{';
    return result;
}

static int read_rows(struct list_rows *rows, struct pieces *list, const char *base,
                     struct pool *pool, struct err *err) {
    bool jsonl;
    if (list->size > LIST_BYTES_MAX)
        return fail(err, "%s: %llu bytes: lists are read up to %llu", list->path,
                    (unsigned long long)list->size, (unsigned long long)LIST_BYTES_MAX);
    if (find_form(list, &jsonl, err) < 0)
        return -1;
    if ((jsonl ? list_jsonl_read(rows, list, pool, err) : list_csv_read(rows, list, base, err)) < 0)
        return -1;
    return rows->n > 0 ? 0 : fail(err, "%s: names no pictures", list->path);
}

static int read_list(struct part *part, const char *base, struct pool *pool, struct err *err) {
    struct pieces list;
    int result = pieces_open(&list, part->place.file, err);
    if (result == 0)
        result = read_rows(&part->rows, &list, base, pool, err);
    pieces_close(&list);
    list_rows_end(&part->rows);
    return result;
}

static int open_part(struct list *list, const struct input *input, int at, struct pool *pool,
                     struct err *err) {
    struct part *part = &list->parts[at];
    struct list_place *place = &part->place;
    if (list_place_open(place, input, at, &list->note, err) < 0)
        return -1;
    const char *root = input->paths[at];
    char *base = place->below ? path_join(root, place->below) : must_strdup(root);
    list_rows_open(&part->rows, place->file, &list->pictures.files, at, place->below);
    int result = read_list(part, base, pool, err);
    free(base);
    return result < 0 ? -1 : list_classes_open(&part->classes, &part->rows, place->classes, err);
}

static void close_part(struct part *part) {
    list_classes_close(&part->classes);
    list_rows_close(&part->rows);
    list_place_close(&part->place);
}

/* --- all of them --- */

static int unite_classes(struct list *list, int n, struct err *err) {
    struct list_classes *classes = must_calloc((size_t)n, sizeof *classes);
    for (int i = 0; i < n; i++)
        classes[i] = list->parts[i].classes;
    int result = list_classes_unite(classes, n, &list->class_names, &list->n_classes, err);
    for (int i = 0; i < n && result == 0; i++)
        label_rows_map(&list->parts[i].rows.labels, classes[i].map);
    free(classes);
    return result;
}

static int read_lists(struct list *list, const struct input *input, struct pool *pool,
                      struct err *err) {
    list->parts = must_calloc((size_t)input->n_paths, sizeof *list->parts);
    for (int i = 0; i < input->n_paths; i++)
        if (open_part(list, input, i, pool, err) < 0)
            return -1;
    return unite_classes(list, input->n_paths, err);
}

/* The label of a sample: *row is its number among `labels`. */
static const struct label_rows *labels_of(const struct list *list, uint32_t sample, uint32_t *row) {
    const struct list_rows *rows = &list->parts[list->pictures.files.entries[sample].root].rows;
    *row = sample - rows->first;
    return &rows->labels;
}

static void find_argmax(struct list *list) {
    uint32_t n = list->pictures.files.n, row;
    list->label = must_calloc(n, sizeof *list->label);
    for (uint32_t i = 0; i < n; i++) {
        const struct label_rows *labels = labels_of(list, i, &row);
        list->label[i] = label_rows_argmax(labels, row);
    }
}

static bool has_soft_labels(const struct list *list) {
    bool soft = false;
    for (int i = 0; i < list->pictures.files.n_roots; i++)
        soft |= list->parts[i].rows.labels.soft;
    return soft;
}

static int open_list(void *state, const struct input *input, struct pool *pool,
                     struct contents *contents, struct err *err) {
    struct list *list = state;
    list->pictures.files.roots = input->paths;
    list->pictures.files.n_roots = input->n_paths;
    if (read_lists(list, input, pool, err) < 0)
        return -1;
    find_argmax(list);
    if (picture_files_open(&list->pictures, input, pool, contents, err) < 0)
        return -1;
    contents->soft = has_soft_labels(list);
    contents->n_classes = list->n_classes;
    contents->class_names = list->class_names;
    contents->label = list->label;
    contents->note = list->note.used ? text_terminate(&list->note) : NULL;
    return 0;
}

static int soft_label(const void *state, uint32_t sample, struct arena *arena, float *row,
                      struct err *err) {
    (void)arena, (void)err;
    const struct list *list = state;
    uint32_t at;
    const struct label_rows *labels = labels_of(list, sample, &at);
    label_rows_dense(labels, at, row, list->n_classes);
    return 0;
}

static void close_list(void *state) {
    struct list *list = state;
    for (int i = 0; list->parts && i < list->pictures.files.n_roots; i++)
        close_part(&list->parts[i]);
    free(list->parts);
    picture_files_close(&list->pictures);
    strings_free(list->class_names, (size_t)list->n_classes);
    free(list->label);
    text_close(&list->note);
}

const struct source source_list = {
    .name = "list",
    .help = "a folder of pictures and a list of their labels, hard or soft (CSV, JSON lines); what "
            "mixsmith wrote",
    .state_size = sizeof(struct list),
    .probe = list_place_probe,
    .open = open_list,
    .read = picture_files_read,
    .decode = picture_files_decode,
    .look = picture_files_look,
    .soft_label = soft_label,
    .origin = picture_files_origin,
    .close = close_list,
    .file_per_sample = true,
    .splits = true,
    .label_sets = 1,
};

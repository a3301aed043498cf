/* Pictures that a list names (list_place.h says which list), with a label for each, hard or soft:
 * Hugging Face's imagefolder with metadata, a CSV file, or what mixsmith wrote. */
#include "base/files.h"
#include "base/memory.h"
#include "sources/lists/label_rows.h"
#include "sources/lists/list_classes.h"
#include "sources/lists/list_csv.h"
#include "sources/lists/list_jsonl.h"
#include "sources/lists/list_place.h"
#include "sources/pictures/picture_files.h"

#include <stdlib.h>
#include <unistd.h>

struct list {
    struct picture_files pictures; // first: see picture_files.h
    struct label_rows labels;      // (samples)
    char **class_names;            // (n_classes)
    int n_classes;
    int *label; // (samples) greatest share
    struct text note;
};

/* The list of one input. */
struct part {
    struct list_place place;
    struct list_rows rows;
    struct list_classes classes;
};

static const uint64_t LIST_BYTES_MAX = (uint64_t)1 << 34;

/* --- one input --- */

/* By its name, or else by how it begins. */
static bool is_jsonl(const char *path, const char *bytes) {
    if (ends_with(path, ".csv") || ends_with(path, ".tsv"))
        return false;
    return ends_with(path, ".jsonl") || ends_with(path, ".json") || *bytes == '{';
}

static int parse(struct part *part, const char *base, char *bytes, size_t size, struct err *err) {
    struct list_rows *rows = &part->rows;
    int result = is_jsonl(rows->file, bytes) ? list_jsonl_read(rows, bytes, size, err)
                                             : list_csv_read(rows, bytes, size, base, err);
    if (result == 0 && rows->paths.n == 0)
        return fail(err, "%s: names no pictures", rows->file);
    return result;
}

/* Before any of it is read. */
static int check_length(const char *path, struct err *err) {
    uint64_t size;
    int fd = file_open(path, &size, err);
    if (fd < 0)
        return -1;
    close(fd);
    return size <= LIST_BYTES_MAX
               ? 0
               : fail(err, "%s: %llu bytes: lists are read up to %llu", path,
                      (unsigned long long)size, (unsigned long long)LIST_BYTES_MAX);
}

static int read_list(struct part *part, const char *base, struct err *err) {
    struct arena arena = {0};
    uint8_t *bytes;
    size_t size;
    list_rows_open(&part->rows, part->place.file);
    if (check_length(part->place.file, err) < 0)
        return -1;
    int result = file_read(part->place.file, LIST_BYTES_MAX, &arena, &bytes, &size, err);
    if (result == 0)
        result = parse(part, base, (char *)bytes, size, err);
    arena_close(&arena);
    return result;
}

static int open_part(struct part *part, const struct input *input, int at, struct text *note,
                     struct err *err) {
    struct list_place *place = &part->place;
    if (list_place_open(place, input, at, note, err) < 0)
        return -1;
    const char *root = input->paths[at];
    char *base = place->below ? path_join(root, place->below) : must_strdup(root);
    int result = read_list(part, base, err);
    free(base);
    return result < 0 ? -1 : list_classes_open(&part->classes, &part->rows, place->classes, err);
}

static void close_part(struct part *part) {
    list_classes_close(&part->classes);
    list_rows_close(&part->rows);
    list_place_close(&part->place);
}

/* --- all of them --- */

static int add_files(struct path_list *files, int root, const struct part *part, struct err *err) {
    const struct string_index *paths = &part->rows.paths;
    const char *below = part->place.below;
    int result = 0;
    for (int i = 0; i < paths->n && result == 0; i++) {
        const char *name = string_index_at(paths, i);
        char *path = below ? path_join(below, name) : NULL;
        result = path_list_add(files, root, path ? path : name, err);
        free(path);
    }
    return result;
}

static int join_parts(struct list *list, const struct part *parts, int n, struct err *err) {
    struct list_classes *classes = must_calloc((size_t)n, sizeof *classes);
    for (int i = 0; i < n; i++)
        classes[i] = parts[i].classes;
    int result = list_classes_unite(classes, n, &list->class_names, &list->n_classes, err);
    for (int i = 0; i < n && result == 0; i++) {
        label_rows_append(&list->labels, &parts[i].rows.labels, classes[i].map);
        result = add_files(&list->pictures.files, i, &parts[i], err);
    }
    free(classes);
    return result;
}

static int read_lists(struct list *list, const struct input *input, struct err *err) {
    size_t n = (size_t)input->n_paths;
    struct part *parts = must_calloc(n, sizeof *parts);
    int result = 0;
    for (size_t i = 0; i < n && result == 0; i++)
        result = open_part(&parts[i], input, (int)i, &list->note, err);
    if (result == 0)
        result = join_parts(list, parts, (int)n, err);
    for (size_t i = 0; i < n; i++)
        close_part(&parts[i]);
    free(parts);
    return result;
}

static void find_argmax(struct list *list) {
    list->label = must_calloc(list->labels.n, sizeof *list->label);
    for (uint32_t i = 0; i < list->labels.n; i++)
        list->label[i] = label_rows_argmax(&list->labels, i);
}

static int open_list(void *state, const struct input *input, struct pool *pool,
                     struct contents *contents, struct err *err) {
    struct list *list = state;
    list->pictures.files.roots = input->paths;
    list->pictures.files.n_roots = input->n_paths;
    if (read_lists(list, input, err) < 0)
        return -1;
    find_argmax(list);
    if (picture_files_open(&list->pictures, input, pool, contents, err) < 0)
        return -1;
    contents->soft = list->labels.soft;
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
    label_rows_dense(&list->labels, sample, row, list->n_classes);
    return 0;
}

static void close_list(void *state) {
    struct list *list = state;
    picture_files_close(&list->pictures);
    label_rows_close(&list->labels);
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

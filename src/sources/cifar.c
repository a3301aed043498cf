/* CIFAR-10 and CIFAR-100 binary batches: records of label bytes, then 1024 red, 1024 green and 1024
 * blue bytes, rows top down. Krizhevsky, "Learning multiple layers of features from tiny images",
 * 2009; layout: https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version". */
#include "base/files.h"
#include "base/names.h"
#include "base/simd.h"
#include "sources/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    SIDE = 32,
    PLANE = SIDE * SIDE,
    PIXELS = 3 * PLANE,
    LABELS_MAX = 2,
    RECORD_MAX = LABELS_MAX + PIXELS,
    SCAN_RECORDS = 512, // of one item when labels are read
    NAMES_FILE_MAX = 1 << 16,
};

/* What tells the two layouts and the two label sets of the second apart. */
struct layout {
    const char *name;
    int label_bytes;
    int label_at; // which of them is the class
    int n_classes;
    const char *names_file;
};

static const struct layout CIFAR10 = {"CIFAR-10", 1, 0, 10, "batches.meta.txt"};
static const struct layout CIFAR100_FINE = {"CIFAR-100", 2, 1, 100, "fine_label_names.txt"};
static const struct layout CIFAR100_COARSE = {"CIFAR-100", 2, 0, 20, "coarse_label_names.txt"};

struct batch_file {
    char *path, *name; // name: without folders
    int fd;
    uint32_t first, n; // samples
};

struct cifar {
    const struct layout *layout;
    struct batch_file *files;
    int n_files;
    int w, h; // of a sample
    enum fit fit;
    int *label;
    char **class_names;
    int n_class_names;
};

static size_t record_size(const struct layout *layout) {
    return (size_t)layout->label_bytes + PIXELS;
}

/* --- which files --- */

static bool has_prefix(const char *name, const char *prefix) {
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

static bool is_bin(const char *name) {
    size_t n = strlen(name);
    return n > 4 && strcmp(name + n - 4, ".bin") == 0;
}

/* Training batches by their customary names; test batches are read only where they are named. */
static bool is_training_batch(const char *name) {
    return is_bin(name) && (has_prefix(name, "data_batch") || has_prefix(name, "train"));
}

/* The first training batch in a folder; NULL where there is none. Owned by the caller. */
static char *first_batch(const char *folder) {
    struct err ignored;
    char **names, *found = NULL;
    size_t n;
    if (folder_names(folder, &names, &n, &ignored) < 0)
        return NULL;
    for (size_t i = 0; i < n && !found; i++)
        if (is_training_batch(names[i]))
            found = path_join(folder, names[i]);
    names_free(names, n);
    return found;
}

static bool file_has_layout(const char *path, const struct layout *layout) {
    struct err ignored;
    uint64_t size;
    uint8_t labels[LABELS_MAX];
    int fd = file_open(path, &size, &ignored);
    if (fd < 0)
        return false;
    bool fits = size > 0 && size % record_size(layout) == 0 &&
                file_read_at(fd, path, labels, (size_t)layout->label_bytes, 0, &ignored) == 0 &&
                labels[layout->label_at] < layout->n_classes;
    close(fd);
    return fits;
}

static bool probe_layout(const char *path, const struct layout *layout) {
    enum file_kind kind = file_kind(path);
    if (kind == FILE_REGULAR)
        return file_has_layout(path, layout);
    char *batch = kind == FILE_FOLDER ? first_batch(path) : NULL;
    bool fits = batch && file_has_layout(batch, layout);
    free(batch);
    return fits;
}

static bool probe_cifar10(const char *path) {
    return probe_layout(path, &CIFAR10);
}

static bool probe_cifar100(const char *path) {
    return probe_layout(path, &CIFAR100_FINE);
}

/* --- opening --- */

static int check_size(const struct layout *layout, const char *path, uint64_t size,
                      struct err *err) {
    size_t record = record_size(layout);
    const struct layout *other = layout == &CIFAR10 ? &CIFAR100_FINE : &CIFAR10;
    if (size == 0)
        return fail(err, "%s: empty: not one %s record of %zu bytes", path, layout->name, record);
    if (size % record == 0)
        return 0;
    if (size % record_size(other) == 0)
        return fail(err,
                    "%s: %zu bytes are no whole number of %s records (%zu bytes each), but %zu "
                    "of %s (%zu bytes): try --from %s",
                    path, (size_t)size, layout->name, record, (size_t)size / record_size(other),
                    other->name, record_size(other), other == &CIFAR10 ? "cifar10" : "cifar100");
    return fail(err, "%s: record %zu is cut short: %zu of %zu bytes", path, (size_t)(size / record),
                (size_t)(size % record), record);
}

static int add_file(struct cifar *cifar, const char *path, struct err *err) {
    uint64_t size;
    int fd = file_open(path, &size, err);
    if (fd < 0)
        return -1;
    if (check_size(cifar->layout, path, size, err) < 0) {
        close(fd);
        return -1;
    }
    uint64_t records = size / record_size(cifar->layout);
    struct batch_file *last = cifar->n_files ? &cifar->files[cifar->n_files - 1] : NULL;
    uint32_t first = last ? last->first + last->n : 0;
    if (records > INT32_MAX - first) {
        close(fd);
        return fail(err, "%s: more than %d records in all", path, INT32_MAX);
    }
    size_t files = (size_t)cifar->n_files + 1;
    cifar->files = must_realloc(cifar->files, files * sizeof *cifar->files);
    cifar->files[cifar->n_files++] =
        (struct batch_file){must_strdup(path), path_base(path), fd, first, (uint32_t)records};
    return 0;
}

static int add_folder(struct cifar *cifar, const char *folder, struct err *err) {
    char **names;
    size_t n;
    int before = cifar->n_files, result = 0;
    if (folder_names(folder, &names, &n, err) < 0)
        return -1;
    for (size_t i = 0; i < n && result == 0; i++) {
        if (!is_training_batch(names[i]))
            continue;
        char *path = path_join(folder, names[i]);
        result = add_file(cifar, path, err);
        free(path);
    }
    names_free(names, n);
    if (result == 0 && cifar->n_files == before)
        return fail(err,
                    "%s: no training batches (data_batch_*.bin or train.bin) in this folder; "
                    "name other files themselves",
                    folder);
    return result;
}

/* --- class names --- */

static char *folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 1;
    return memcpy(must_calloc(n + 2, 1), slash ? path : ".", slash && n == 0 ? 1 : n);
}

static int split_names(struct cifar *cifar, const char *path, char *text, struct err *err) {
    for (char *line = strtok(text, "\r\n"); line; line = strtok(NULL, "\r\n")) {
        if (cifar->n_class_names == cifar->layout->n_classes)
            return fail(err, "%s: more than the %d class names of %s", path,
                        cifar->layout->n_classes, cifar->layout->name);
        char *name = name_of_folder(line);
        for (int i = 0; i < cifar->n_class_names; i++)
            if (strcmp(cifar->class_names[i], name) == 0) {
                int result = fail(err, "%s: class names %d and %d are both '%s'", path, i,
                                  cifar->n_class_names, name);
                free(name);
                return result;
            }
        cifar->class_names[cifar->n_class_names++] = name;
    }
    return cifar->n_class_names == cifar->layout->n_classes
               ? 0
               : fail(err, "%s: %d class names, where %s has %d", path, cifar->n_class_names,
                      cifar->layout->name, cifar->layout->n_classes);
}

/* Without a file of names the classes are numbers, as many digits each as the last has. */
static void number_classes(struct cifar *cifar) {
    int n = cifar->layout->n_classes;
    for (int k = 0; k < n; k++) {
        char name[16];
        snprintf(name, sizeof name, n > 10 ? "%02d" : "%d", k);
        cifar->class_names[cifar->n_class_names++] = must_strdup(name);
    }
}

static int name_classes(struct cifar *cifar, struct err *err) {
    cifar->class_names = must_calloc((size_t)cifar->layout->n_classes, sizeof(char *));
    char *folder = folder_of(cifar->files[0].path);
    char *path = path_join(folder, cifar->layout->names_file);
    free(folder);
    struct arena arena = {0};
    uint8_t *text;
    size_t size;
    int result = 0;
    if (file_kind(path) == FILE_MISSING)
        number_classes(cifar);
    else if ((result = file_read(path, NAMES_FILE_MAX, &arena, &text, &size, err)) == 0)
        result = split_names(cifar, path, (char *)text, err);
    arena_close(&arena);
    free(path);
    return result;
}

/* --- labels --- */

static const struct batch_file *file_of(const struct cifar *cifar, uint32_t sample) {
    const struct batch_file *file = cifar->files;
    while (sample - file->first >= file->n)
        file++;
    return file;
}

struct label_scan {
    struct cifar *cifar;
    uint32_t n;           // samples
    struct err *errs;     // (items)
    uint8_t *failed;      // (items)
    struct arena *arenas; // (threads)
};

static int read_labels(struct cifar *cifar, uint32_t first, uint32_t n, uint8_t *bytes,
                       struct err *err) {
    const struct layout *layout = cifar->layout;
    size_t record = record_size(layout);
    const struct batch_file *file = file_of(cifar, first);
    uint32_t at = first - file->first;
    if (file_read_at(file->fd, file->path, bytes, n * record, at * record, err) < 0)
        return -1;
    for (uint32_t i = 0; i < n; i++) {
        int label = bytes[i * record + (size_t)layout->label_at];
        if (label >= layout->n_classes)
            return fail(err, "%s: record %u has label %d, but %s has classes 0 to %d", file->path,
                        at + i, label, layout->name, layout->n_classes - 1);
        cifar->label[first + i] = label;
    }
    return 0;
}

static void scan_item(void *data, int item, int thread) {
    struct label_scan *scan = data;
    struct arena *arena = &scan->arenas[thread];
    uint8_t *bytes = arena_take(arena, SCAN_RECORDS * (size_t)RECORD_MAX);
    uint32_t first = (uint32_t)item * SCAN_RECORDS;
    uint32_t end = first + SCAN_RECORDS < scan->n ? first + SCAN_RECORDS : scan->n;
    for (uint32_t n; first < end && !scan->failed[item]; first += n) {
        const struct batch_file *file = file_of(scan->cifar, first);
        uint32_t left = file->first + file->n - first;
        n = left < end - first ? left : end - first;
        scan->failed[item] = read_labels(scan->cifar, first, n, bytes, &scan->errs[item]) < 0;
    }
    arena_reset(arena);
}

/* Every label is looked at before anything is written. The error is the first in input order. */
static int scan_labels(struct cifar *cifar, uint32_t n, struct pool *pool, struct err *err) {
    size_t items = (n + SCAN_RECORDS - 1) / SCAN_RECORDS;
    struct label_scan scan = {.cifar = cifar, .n = n};
    scan.errs = must_calloc(items, sizeof *scan.errs);
    scan.failed = must_calloc(items, 1);
    scan.arenas = must_calloc((size_t)pool_threads(pool), sizeof *scan.arenas);
    cifar->label = must_calloc(n, sizeof *cifar->label);
    parallel_for(pool, (int)items, scan_item, &scan);
    int result = 0;
    for (size_t i = 0; i < items && result == 0; i++)
        if (scan.failed[i])
            result = fail(err, "%s", scan.errs[i].text);
    for (int i = 0; i < pool_threads(pool); i++)
        arena_close(&scan.arenas[i]);
    free(scan.arenas);
    free(scan.failed);
    free(scan.errs);
    return result;
}

static int open_layout(struct cifar *cifar, const struct layout *layout, const struct input *input,
                       struct pool *pool, struct contents *contents, struct err *err) {
    cifar->layout = layout;
    cifar->w = input->w ? input->w : SIDE;
    cifar->h = input->h ? input->h : SIDE;
    cifar->fit = input->fit;
    if (input->channels == 1)
        return fail(err, "%s: CIFAR records have 3 channels: --channels 1 is for pictures",
                    input->paths[0]);
    for (int i = 0; i < input->n_paths; i++) {
        const char *path = input->paths[i];
        bool folder = file_kind(path) == FILE_FOLDER;
        if ((folder ? add_folder : add_file)(cifar, path, err) < 0)
            return -1;
    }
    const struct batch_file *last = &cifar->files[cifar->n_files - 1];
    uint32_t n = last->first + last->n;
    if (name_classes(cifar, err) < 0 || scan_labels(cifar, n, pool, err) < 0)
        return -1;
    *contents = (struct contents){
        .n = n,
        .shape = {3, {cifar->h, cifar->w, 3}},
        .dtype = DTYPE_UINT8,
        .n_classes = layout->n_classes,
        .class_names = cifar->class_names,
        .label = cifar->label,
    };
    return 0;
}

static int open_cifar10(void *state, const struct input *input, struct pool *pool,
                        struct contents *contents, struct err *err) {
    return open_layout(state, &CIFAR10, input, pool, contents, err);
}

static int open_cifar100(void *state, const struct input *input, struct pool *pool,
                         struct contents *contents, struct err *err) {
    return open_layout(state, input->coarse ? &CIFAR100_COARSE : &CIFAR100_FINE, input, pool,
                       contents, err);
}

/* --- samples --- */

static int read_record(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                       struct err *err) {
    const struct cifar *cifar = state;
    const struct batch_file *file = file_of(cifar, sample);
    raw->size = record_size(cifar->layout);
    raw->bytes = arena_take(arena, raw->size);
    return file_read_at(file->fd, file->path, raw->bytes, raw->size,
                        (uint64_t)(sample - file->first) * raw->size, err);
}

/* Planes to interleaved pixels. */
SIMD_CLONES
static void interleave(const uint8_t *plane, uint8_t *pixels) {
    for (int i = 0; i < PLANE; i++) {
        pixels[3 * i] = plane[i];
        pixels[3 * i + 1] = plane[PLANE + i];
        pixels[3 * i + 2] = plane[2 * PLANE + i];
    }
}

static int decode_record(const void *state, uint32_t sample, const struct raw *raw,
                         struct arena *arena, void *pixels, struct err *err) {
    (void)sample, (void)err;
    const struct cifar *cifar = state;
    const uint8_t *planes = raw->bytes + cifar->layout->label_bytes;
    if (cifar->w == SIDE && cifar->h == SIDE) {
        interleave(planes, pixels);
        return 0;
    }
    struct picture picture = {SIDE, SIDE, 3, arena_take(arena, PIXELS)};
    interleave(planes, picture.pixels);
    resize_fit(&picture, cifar->fit, cifar->w, cifar->h, arena, pixels);
    return 0;
}

static int64_t origin_of_record(const void *state, uint32_t sample, struct text *path) {
    const struct batch_file *file = file_of(state, sample);
    text_string(path, file->name);
    return sample - file->first;
}

static void close_cifar(void *state) {
    struct cifar *cifar = state;
    for (int i = 0; i < cifar->n_files; i++) {
        close(cifar->files[i].fd);
        free(cifar->files[i].path);
        free(cifar->files[i].name);
    }
    free(cifar->files);
    free(cifar->label);
    names_free(cifar->class_names, (size_t)cifar->n_class_names);
}

#define CIFAR_SOURCE(tag, sets, text)                                                              \
    const struct source source_##tag = {                                                           \
        .name = #tag,                                                                              \
        .help = text,                                                                              \
        .state_size = sizeof(struct cifar),                                                        \
        .probe = probe_##tag,                                                                      \
        .open = open_##tag,                                                                        \
        .read = read_record,                                                                       \
        .decode = decode_record,                                                                   \
        .origin = origin_of_record,                                                                \
        .close = close_cifar,                                                                      \
        .label_sets = sets,                                                                        \
    };

CIFAR_SOURCE(cifar10, 1, "CIFAR-10 binary batches: files, or their folder")
CIFAR_SOURCE(cifar100, 2, "CIFAR-100 binary batches: files, or their folder; --label fine|coarse")

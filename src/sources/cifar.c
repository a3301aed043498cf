/* CIFAR-10 and CIFAR-100 binary batches (cifar_layout.h). */
#include "base/files.h"
#include "base/memory.h"
#include "formats/planes.h"
#include "sources/cifar_layout.h"
#include "sources/source.h"

#include <stdlib.h>
#include <unistd.h>

enum { SCAN_RECORDS = 64 }; // of one item when labels are read

struct batch_file {
    char *path, *name; // name: without folders
    int fd;
    int input;         // that it belongs to
    uint32_t first, n; // samples
};

struct cifar {
    const struct cifar_layout *layout;
    struct batch_file *files;
    int n_files;
    int w, h; // of a sample
    enum fit fit;
    int *label;
    char **class_names; // (layout->n_classes)
};

static bool probe_cifar10(const char *path) {
    return cifar_probe(path, &CIFAR10);
}

static bool probe_cifar100(const char *path) {
    return cifar_probe(path, &CIFAR100_FINE);
}

/* --- opening --- */

static int add_file(struct cifar *cifar, int input, const char *path, struct err *err) {
    uint64_t size;
    int fd = file_open(path, &size, err);
    if (fd < 0)
        return -1;
    if (cifar_check_size(cifar->layout, path, size, err) < 0) {
        close(fd);
        return -1;
    }
    uint64_t records = size / cifar_record_size(cifar->layout);
    struct batch_file *last = cifar->n_files ? &cifar->files[cifar->n_files - 1] : NULL;
    uint32_t first = last ? last->first + last->n : 0;
    if (records > INT32_MAX - first) {
        close(fd);
        return fail(err, "%s: more than %d records in all", path, INT32_MAX);
    }
    size_t files = (size_t)cifar->n_files + 1;
    cifar->files = must_realloc(cifar->files, files * sizeof *cifar->files);
    cifar->files[cifar->n_files++] = (struct batch_file){
        must_strdup(path), path_base(path), fd, input, first, (uint32_t)records};
    return 0;
}

static int add_folder(struct cifar *cifar, int input, const char *folder, struct err *err) {
    char **names;
    size_t n;
    int before = cifar->n_files, result = 0;
    if (folder_names(folder, &names, &n, err) < 0)
        return -1;
    for (size_t i = 0; i < n && result == 0; i++) {
        if (!cifar_is_training_batch(names[i]))
            continue;
        char *path = path_join(folder, names[i]);
        result = add_file(cifar, input, path, err);
        free(path);
    }
    strings_free(names, n);
    if (result == 0 && cifar->n_files == before)
        return fail(err,
                    "%s: no training batches (data_batch_*.bin or train.bin) in this folder; "
                    "name other files themselves",
                    folder);
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
    const struct cifar_layout *layout = cifar->layout;
    size_t record = cifar_record_size(layout);
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
    uint8_t *bytes = arena_take(arena, SCAN_RECORDS * cifar_record_size(scan->cifar->layout));
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

static int open_layout(struct cifar *cifar, const struct cifar_layout *layout,
                       const struct input *input, struct pool *pool, struct contents *contents,
                       struct err *err) {
    cifar->layout = layout;
    cifar->class_names = must_calloc((size_t)layout->n_classes, sizeof(char *));
    cifar->w = input->w ? input->w : CIFAR_SIDE;
    cifar->h = input->h ? input->h : CIFAR_SIDE;
    cifar->fit = input->fit;
    if (input->channels == 1)
        return fail(err, "%s: CIFAR records have 3 channels: --channels 1 is for pictures",
                    input->paths[0]);
    for (int i = 0; i < input->n_paths; i++) {
        const char *path = input->paths[i];
        bool folder = file_kind(path) == FILE_FOLDER;
        if ((folder ? add_folder : add_file)(cifar, i, path, err) < 0)
            return -1;
    }
    const struct batch_file *last = &cifar->files[cifar->n_files - 1];
    uint32_t n = last->first + last->n;
    if (cifar_name_classes(layout, cifar->files[0].path, cifar->class_names, err) < 0 ||
        scan_labels(cifar, n, pool, err) < 0)
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
    raw->size = cifar_record_size(cifar->layout);
    raw->bytes = arena_take(arena, raw->size);
    return file_read_at(file->fd, file->path, raw->bytes, raw->size,
                        (uint64_t)(sample - file->first) * raw->size, err);
}

static int decode_record(const void *state, uint32_t sample, const struct raw *raw,
                         struct arena *arena, void *pixels, struct err *err) {
    (void)sample, (void)err;
    const struct cifar *cifar = state;
    const uint8_t *planes = raw->bytes + cifar->layout->label_bytes;
    if (cifar->w == CIFAR_SIDE && cifar->h == CIFAR_SIDE) {
        planes_interleave(planes, pixels);
        return 0;
    }
    struct picture picture = {CIFAR_SIDE, CIFAR_SIDE, 3, arena_take(arena, CIFAR_PIXELS)};
    planes_interleave(planes, picture.pixels);
    resize_fit(&picture, cifar->fit, cifar->w, cifar->h, arena, pixels);
    return 0;
}

static struct origin origin_of_record(const void *state, uint32_t sample, struct text *path) {
    const struct batch_file *file = file_of(state, sample);
    text_string(path, file->name);
    return (struct origin){file->input, sample - file->first};
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
    strings_free(cifar->class_names, (size_t)cifar->layout->n_classes);
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

/* CIFAR-10 and CIFAR-100 binary batches (cifar_layout.h). */
#include "base/files.h"
#include "formats/planes.h"
#include "sources/batches/cifar_files.h"
#include "sources/batches/cifar_labels.h"
#include "sources/source.h"

struct cifar {
    struct cifar_files files;
    struct cifar_labels labels;
    int w, h; // of a sample
    enum fit fit;
};

static bool probe_cifar10(const char *path) {
    return cifar_probe(path, &CIFAR10);
}

static bool probe_cifar100(const char *path) {
    return cifar_probe(path, &CIFAR100_FINE);
}

static int open_layout(struct cifar *cifar, const struct cifar_layout *layout,
                       const struct input *input, struct pool *pool, struct contents *contents,
                       struct err *err) {
    cifar->w = input->w ? input->w : CIFAR_SIDE;
    cifar->h = input->h ? input->h : CIFAR_SIDE;
    cifar->fit = input->fit;
    if (input->channels == 1)
        return fail(err, "%s: CIFAR records have 3 channels: --channels 1 is for pictures",
                    input->paths[0]);
    if (cifar_files_open(&cifar->files, layout, input, err) < 0 ||
        cifar_labels_open(&cifar->labels, &cifar->files, input, pool, err) < 0)
        return -1;
    *contents = (struct contents){
        .n = cifar->files.n,
        .soft = cifar->labels.rows.soft,
        .shape = {3, {cifar->h, cifar->w, 3}},
        .dtype = DTYPE_UINT8,
        .n_classes = cifar->labels.classes.n,
        .class_names = cifar->labels.classes.names,
        .label = cifar->labels.label,
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

/* At once what lies in one file. */
static int read_records(const void *state, uint32_t first, uint32_t n, struct arena *arena,
                        struct raw *raw, struct err *err) {
    const struct cifar *cifar = state;
    size_t size = cifar_record_size(cifar->files.layout);
    uint8_t *bytes = arena_take(arena, n * size);
    for (uint32_t i = 0; i < n; i++)
        raw[i] = (struct raw){bytes + i * size, size};
    for (uint32_t done = 0, now; done < n; done += now) {
        const struct batch_file *file = cifar_files_find(&cifar->files, first + done);
        uint32_t at = first + done - file->first, left = file->n - at;
        now = n - done < left ? n - done : left;
        if (file_read_at(file->fd, file->path, raw[done].bytes, now * size, at * (uint64_t)size,
                         err) < 0)
            return -1;
    }
    return 0;
}

static int read_record(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                       struct err *err) {
    return read_records(state, sample, 1, arena, raw, err);
}

static int file_of_records(const void *state, int i, uint64_t *size) {
    const struct cifar_files *files = &((const struct cifar *)state)->files;
    if (i == files->n_files)
        return -1;
    *size = files->files[i].n * (uint64_t)cifar_record_size(files->layout);
    return files->files[i].fd;
}

static int decode_record(const void *state, uint32_t sample, const struct raw *raw,
                         struct arena *arena, void *pixels, struct err *err) {
    (void)sample, (void)err;
    const struct cifar *cifar = state;
    const uint8_t *planes = raw->bytes + cifar->files.layout->label_bytes;
    if (cifar->w == CIFAR_SIDE && cifar->h == CIFAR_SIDE) {
        planes_interleave(planes, pixels);
        return 0;
    }
    struct picture picture = {CIFAR_SIDE, CIFAR_SIDE, 3, arena_take(arena, CIFAR_PIXELS)};
    planes_interleave(planes, picture.pixels);
    resize_fit(&picture, cifar->fit, cifar->w, cifar->h, arena, pixels);
    return 0;
}

static int label_of_record(const void *state, uint32_t sample, const struct raw *raw, int *label,
                           struct err *err) {
    const struct cifar *cifar = state;
    return cifar_labels_take(&cifar->labels, &cifar->files, sample, raw->bytes, label, err);
}

static int soft_label_of_record(const void *state, uint32_t sample, struct arena *arena, float *row,
                                struct err *err) {
    return label_array_row(&((const struct cifar *)state)->labels.rows, sample, arena, row, err);
}

static struct origin origin_of_record(const void *state, uint32_t sample, struct text *path) {
    const struct batch_file *file = cifar_files_find(&((const struct cifar *)state)->files, sample);
    text_string(path, file->name);
    return (struct origin){file->input, sample - file->first};
}

static void close_cifar(void *state) {
    struct cifar *cifar = state;
    cifar_files_close(&cifar->files);
    cifar_labels_close(&cifar->labels);
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
        .file = file_of_records,                                                                   \
        .label = label_of_record,                                                                  \
        .read_run = read_records,                                                                  \
        .soft_label = soft_label_of_record,                                                        \
        .origin = origin_of_record,                                                                \
        .close = close_cifar,                                                                      \
        .label_sets = sets,                                                                        \
    };

CIFAR_SOURCE(cifar10, 1, "CIFAR-10 binary batches: files, or their folder")
CIFAR_SOURCE(cifar100, 2, "CIFAR-100 binary batches: files, or their folder; --label fine|coarse")

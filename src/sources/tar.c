/* Tar archives of pictures with labels, as WebDataset shards are: files, folders of files, or one
 * stream, from standard input or a FIFO, which is listed a window at a time (tar_samples.h,
 * tar_label.h). What a picture is, its content says. */
#include "base/memory.h"
#include "base/streams.h"
#include "base/words.h"
#include "sources/archives/tar_class_set.h"
#include "sources/archives/tar_shards.h"
#include "sources/pictures/fitting.h"
#include "sources/pictures/look.h"
#include "sources/source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct tar {
    struct tar_shards shards; // of a stream one, which holds the window
    bool stream;
    struct text note;
    int *label;        // (samples)
    uint8_t *unusable; // (samples) flags: the header is no picture's
    struct tar_class_set classes;
    struct fitting fitting;
    bool as_stored; // nothing is looked into, and no size settled
    /* of a stream */
    int fd; // or -1
    struct tar_samples samples;
    struct arena arena;
    struct pool *pool; // owned by the caller
    uint32_t window;   // samples
};

static uint32_t n_samples(const struct tar *tar) {
    const struct tar_index *last = &tar->shards.index[tar->shards.n - 1];
    return last->first + last->n;
}

static void name_sample(const void *state, uint32_t sample, struct text *name) {
    tar_shards_name(&((const struct tar *)state)->shards, sample, name);
}

/* --- pictures --- */

static int read_start(const void *state, uint32_t sample, size_t most, struct arena *arena,
                      uint8_t **bytes, size_t *size, struct err *err) {
    const struct tar_index *index = tar_shards_of(&((const struct tar *)state)->shards, sample);
    return tar_index_read(index, sample - index->first, most, arena, bytes, size, err);
}

/* --- listing --- */

/* What stands in the index, as the pipeline wants it. */
static int list_samples(struct tar *tar, struct contents *contents, struct headers *found,
                        struct err *err) {
    uint32_t n = n_samples(tar);
    free(tar->label);
    free(tar->unusable);
    tar->label = must_calloc(n, sizeof *tar->label);
    tar->unusable = must_calloc(n, 1);
    for (int i = 0; i < tar->shards.n; i++) {
        const struct tar_index *index = &tar->shards.index[i];
        if (index->n > 0)
            memcpy(tar->label + index->first, index->label, index->n * sizeof *tar->label);
    }
    struct header_files files = {tar, n, read_start, name_sample};
    *found = (struct headers){.first = UINT32_MAX, .odd = UINT32_MAX};
    int result = 0;
    if (!tar->as_stored)
        result = headers_scan(&files, &tar->fitting.rules, tar->pool, tar->unusable, found, err);
    contents->n = n;
    contents->label = tar->label;
    contents->unusable = tar->unusable;
    contents->failures = found->failures;
    contents->n_failures = found->n_failures;
    return result;
}

static int index_samples(struct tar *tar, struct err *err) {
    if (!tar->stream)
        return tar_shards_index(&tar->shards, tar->pool, err);
    return tar_index_window(&tar->shards.index[0], &tar->samples, tar->window, &tar->arena, err);
}

static int open_stream(struct tar *tar, const struct input *input, struct err *err) {
    struct tar_bytes bytes;
    tar->fd = stream_open(input->paths[0], err);
    if (tar->fd < 0)
        return -1;
    tar_bytes_stream(&bytes, tar->shards.index[0].path, tar->fd);
    tar_samples_open(&tar->samples, &bytes);
    tar->window = (uint32_t)input->window;
    if (!tar->fitting.channels)
        tar->fitting.channels = 3; // what colours later windows have is not known
    return 0;
}

static int settle_pictures(struct tar *tar, const struct input *input, const struct headers *found,
                           uint32_t n, struct err *err) {
    if (found->first == UINT32_MAX)
        return fail(err, "%s: none of %u picture%s can be read; the first: %s", input->paths[0], n,
                    s_of(n), found->failures[0].reason);
    return fitting_settle(&tar->fitting, found, tar, name_sample, err);
}

/* Finds the archives, and the samples of all of them or of a stream's first window. */
static int open_archives(struct tar *tar, const struct input *input, struct err *err) {
    if (tar_shards_list(&tar->shards, input, &tar->note, err) < 0)
        return -1;
    for (int i = 0; i < tar->shards.n; i++)
        tar->shards.index[i].keeps_json = input->as_stored;
    tar->stream = tar->shards.index[0].stream;
    if ((tar->stream && open_stream(tar, input, err) < 0) || index_samples(tar, err) < 0)
        return -1;
    if (n_samples(tar) == 0)
        return fail(err, "%s: no samples (KEY.png with KEY.cls, KEY.json or KEY.label.npy)",
                    input->paths[0]);
    return 0;
}

/* What no later window changes. */
static void describe(struct tar *tar, struct contents *contents) {
    contents->stream = tar->stream;
    contents->soft = tar->classes.soft;
    contents->note = tar->note.used ? text_terminate(&tar->note) : NULL;
    if (!tar->as_stored)
        contents->shape = fitting_shape(&tar->fitting);
    contents->dtype = DTYPE_UINT8;
    contents->n_classes = tar->classes.names.n;
    contents->class_names = tar->classes.names.names;
}

static int open_tar(void *state, const struct input *input, struct pool *pool,
                    struct contents *contents, struct err *err) {
    struct tar *tar = state;
    struct headers found;
    *contents = (struct contents){0};
    tar->pool = pool;
    tar->fd = -1;
    fitting_open(&tar->fitting, input);
    tar->as_stored = input->as_stored;
    if (input->labels)
        return fail(err, "--labels %s: archives hold their labels; leave it out", input->labels);
    if (open_archives(tar, input, err) < 0 ||
        tar_class_set_open(&tar->classes, &tar->shards, input, err) < 0 ||
        list_samples(tar, contents, &found, err) < 0)
        return -1;
    if (!tar->as_stored && settle_pictures(tar, input, &found, contents->n, err) < 0)
        return -1;
    describe(tar, contents);
    return 0;
}

static int advance_tar(void *state, struct contents *contents, struct err *err) {
    struct tar *tar = state;
    struct headers found;
    contents->first += contents->n;
    if (index_samples(tar, err) < 0 || list_samples(tar, contents, &found, err) < 0 ||
        tar_class_set_check(&tar->classes, &tar->shards, err) < 0)
        return -1;
    return fitting_settle(&tar->fitting, &found, tar, name_sample, err);
}

/* --- samples --- */

static int read_picture(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                        struct err *err) {
    return read_start(state, sample, PICTURE_BYTES_MAX, arena, &raw->bytes, &raw->size, err);
}

static int decode_picture(const void *state, uint32_t sample, const struct raw *raw,
                          struct arena *arena, void *pixels, struct err *err) {
    const struct tar *tar = state;
    struct err why;
    if (fitting_decode(&tar->fitting, raw, arena, pixels, &why) < 0)
        return tar_shards_fail(&tar->shards, sample, why.text, err);
    return 0;
}

static int look_at_sample(const void *state, uint32_t sample, const struct raw *raw,
                          struct arena *arena, struct stored *stored, struct err *err) {
    const struct tar *tar = state;
    struct err why;
    if (look_at_picture(raw, &tar->fitting.rules, arena, stored, &why) < 0)
        return tar_shards_fail(&tar->shards, sample, why.text, err);
    return 0;
}

static int soft_label_of(const void *state, uint32_t sample, struct arena *arena, float *row,
                         struct err *err) {
    const struct tar *tar = state;
    const struct tar_index *index = tar_shards_of(&tar->shards, sample);
    return tar_index_row(index, sample - index->first, tar->classes.names.n, arena, row, err);
}

static int json_of(const void *state, uint32_t sample, struct arena *arena, struct raw *json,
                   struct err *err) {
    const struct tar_index *index = tar_shards_of(&((const struct tar *)state)->shards, sample);
    return tar_index_json(index, sample - index->first, arena, &json->bytes, &json->size, err);
}

/* ARCHIVE.tar/KEY.png, of a stream KEY.png. */
static struct origin origin_of_picture(const void *state, uint32_t sample, struct text *path) {
    const struct tar_index *index = tar_shards_of(&((const struct tar *)state)->shards, sample);
    if (!index->stream) {
        text_string(path, index->name);
        text_string(path, "/");
    }
    text_string(path, tar_index_picture(index, sample - index->first));
    return (struct origin){index->input, -1};
}

static void close_tar(void *state) {
    struct tar *tar = state;
    tar_shards_close(&tar->shards);
    tar_samples_close(&tar->samples);
    if (tar->fd >= 0)
        close(tar->fd);
    arena_close(&tar->arena);
    text_close(&tar->note);
    fitting_close(&tar->fitting);
    tar_class_set_close(&tar->classes);
    free(tar->label);
    free(tar->unusable);
}

const struct source source_tar = {
    .name = "tar",
    .help =
        "tar archives of pictures with labels (WebDataset): files, their folder, or a stream: - "
        "for standard input, or a FIFO",
    .state_size = sizeof(struct tar),
    .probe = tar_shards_probe,
    .open = open_tar,
    .read = read_picture,
    .decode = decode_picture,
    .look = look_at_sample,
    .soft_label = soft_label_of,
    .json = json_of,
    .advance = advance_tar,
    .origin = origin_of_picture,
    .close = close_tar,
    .file_per_sample = true,
    .splits = true,
    .label_sets = 1,
};

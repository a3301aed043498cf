/* Tar archives of pictures with labels, as WebDataset shards are: files, folders of files, or one
 * stream on standard input, which is listed a window at a time (tar_samples.h, tar_label.h). What a
 * picture is, its content says. */
#include "base/files.h"
#include "base/memory.h"
#include "sources/archives/tar_shards.h"
#include "sources/labels/class_names.h"
#include "sources/pictures/headers.h"
#include "sources/pictures/look.h"
#include "sources/source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char NAMES_FILE[] = "classes.txt";

struct tar {
    struct tar_shards shards; // of a stream one, which holds the window
    bool stream;
    struct text note;
    int *label;        // (samples)
    uint8_t *unusable; // (samples) flags: the header is no picture's
    struct class_names classes;
    bool soft; // rows of shares are handed over
    struct header_rules rules;
    bool as_stored;    // nothing is looked into, and no size settled
    bool sized;        // pictures are fitted into w, h; else all have that size
    struct text first; // name of the picture that settled it
    int w, h, channels;
    enum fit fit;
    /* of a stream */
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
    const struct tar_index *index = tar_shards_of(&((const struct tar *)state)->shards, sample);
    tar_index_name(index, sample - index->first, name);
}

/* fail() with the name of a sample in front. */
static int fail_sample(const struct tar *tar, uint32_t sample, struct err *err, const char *why) {
    struct text name = {0};
    name_sample(tar, sample, &name);
    fail(err, "%s: %s", text_terminate(&name), why);
    text_close(&name);
    return -1;
}

/* --- classes --- */

static struct tar_classes gather_classes(const struct tar *tar) {
    struct tar_classes all;
    tar_classes_open(&all);
    for (int i = 0; i < tar->shards.n; i++)
        tar_classes_join(&all, &tar->shards.index[i].classes, tar->shards.index[i].first);
    return all;
}

/* Whether the labels keep to the number of classes. */
static int check_classes(const struct tar *tar, const struct tar_classes *found, struct err *err) {
    struct err why;
    bool wrong = found->n_classes > 0 && found->n_classes != tar->classes.n;
    int shares = wrong ? found->n_classes : found->odd_classes;
    if (shares > 0) {
        fail(&why, "a soft label of %d shares, where there are %d classes", shares, tar->classes.n);
        return fail_sample(tar, wrong ? found->counted : found->odd, err, why.text);
    }
    if (found->most >= tar->classes.n) {
        fail(&why, "label %d, where there are classes 0 to %d", found->most, tar->classes.n - 1);
        return fail_sample(tar, found->highest, err, why.text);
    }
    if (found->soft && !tar->soft)
        return fail_sample(tar, found->first_soft, err,
                           "a soft label, where no sample before had one: a stream that has soft "
                           "labels shows one in its first window (--window)");
    return 0;
}

/* Other archives may lie in other folders: their classes must be the same. */
static int compare_names(const struct tar *tar, struct err *err) {
    char *folder = path_parent(tar->shards.index[0].path);
    int result = 0;
    for (int i = 1; i < tar->shards.n && result == 0; i++) {
        const char *path = tar->shards.index[i].path;
        char *next = path_parent(path);
        if (strcmp(next, folder) != 0)
            result = class_names_compare(&tar->classes, path, NAMES_FILE, err);
        free(folder);
        folder = next;
    }
    free(folder);
    return result;
}

/* The names in --classes, or in classes.txt beside the archives, or none. */
static int read_names(struct tar *tar, const struct input *input, struct err *err) {
    if (tar->stream && !input->classes)
        return 0;
    if (class_names_open(&tar->classes, input->classes, tar->shards.index[0].path, NAMES_FILE,
                         err) < 0)
        return -1;
    return input->classes ? 0 : compare_names(tar, err);
}

static int settle_classes(struct tar *tar, const struct input *input, struct err *err) {
    struct tar_classes found = gather_classes(tar);
    if (read_names(tar, input, err) < 0)
        return -1;
    tar->soft = tar->stream ? found.has_rows : found.soft;
    if (tar->classes.n == 0) {
        if (tar->stream && found.n_classes == 0)
            return fail(err, "standard input: its labels do not say how many classes there are; "
                             "name them with --classes FILE");
        class_names_number(&tar->classes, found.n_classes ? found.n_classes : found.most + 1);
    }
    return check_classes(tar, &found, err);
}

/* --- pictures --- */

static int read_start(const void *state, uint32_t sample, size_t most, struct arena *arena,
                      uint8_t **bytes, size_t *size, struct err *err) {
    const struct tar_index *index = tar_shards_of(&((const struct tar *)state)->shards, sample);
    return tar_index_read(index, sample - index->first, most, arena, bytes, size, err);
}

static int fail_size(const struct tar *tar, uint32_t sample, int w, int h, struct err *err) {
    struct text name = {0};
    name_sample(tar, sample, &name);
    fail(err,
         "pictures differ in size: %s is %d x %d, %s is %d x %d; "
         "give --size WxH (and --fit crop|pad|squash)",
         tar->first.bytes, tar->w, tar->h, text_terminate(&name), w, h);
    text_close(&name);
    return -1;
}

/* The first picture settles the size, unless it was given. */
static int settle_size(struct tar *tar, const struct headers *found, struct err *err) {
    if (found->first == UINT32_MAX || tar->sized)
        return 0;
    if (tar->w == 0) {
        tar->w = found->w;
        tar->h = found->h;
        name_sample(tar, found->first, &tar->first);
        text_terminate(&tar->first);
    }
    if (found->w != tar->w || found->h != tar->h)
        return fail_size(tar, found->first, found->w, found->h, err);
    if (found->odd != UINT32_MAX)
        return fail_size(tar, found->odd, found->odd_w, found->odd_h, err);
    return 0;
}

/* --- listing --- */

/* What stands in the index, as the pipeline wants it. */
static struct headers list_samples(struct tar *tar, struct contents *contents) {
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
    struct headers found = {.first = UINT32_MAX, .odd = UINT32_MAX};
    if (!tar->as_stored)
        found = headers_scan(&files, &tar->rules, tar->pool, tar->unusable);
    contents->n = n;
    contents->label = tar->label;
    contents->unusable = tar->unusable;
    contents->failures = found.failures;
    contents->n_failures = found.n_failures;
    return found;
}

static int index_samples(struct tar *tar, struct err *err) {
    if (!tar->stream)
        return tar_shards_index(&tar->shards, tar->pool, err);
    return tar_index_window(&tar->shards.index[0], &tar->samples, tar->window, &tar->arena, err);
}

static void open_stream(struct tar *tar, const struct input *input) {
    struct tar_bytes bytes;
    tar_bytes_stream(&bytes, tar->shards.index[0].path, STDIN_FILENO);
    tar_samples_open(&tar->samples, &bytes);
    tar->window = (uint32_t)input->window;
}

static int settle_pictures(struct tar *tar, const struct input *input, const struct headers *found,
                           uint32_t n, struct err *err) {
    if (found->first == UINT32_MAX)
        return fail(err, "%s: none of %u pictures can be read; the first: %s", input->paths[0], n,
                    found->failures[0].reason);
    tar->sized = input->w > 0;
    tar->w = input->w;
    tar->h = input->h;
    tar->fit = input->fit;
    tar->channels = input->channels ? input->channels : found->colour || tar->stream ? 3 : 1;
    return settle_size(tar, found, err);
}

static int open_tar(void *state, const struct input *input, struct pool *pool,
                    struct contents *contents, struct err *err) {
    struct tar *tar = state;
    *contents = (struct contents){0};
    tar->pool = pool;
    tar->rules = (struct header_rules){input->max_pixels, input->upright};
    tar->as_stored = input->as_stored;
    if (input->labels)
        return fail(err, "--labels %s: archives hold their labels; leave it out", input->labels);
    if (tar_shards_list(&tar->shards, input, &tar->note, err) < 0)
        return -1;
    tar->stream = tar->shards.index[0].stream;
    if (tar->stream)
        open_stream(tar, input);
    if (index_samples(tar, err) < 0)
        return -1;
    if (n_samples(tar) == 0)
        return fail(err, "%s: no samples (KEY.png with KEY.cls, KEY.json or KEY.label.npy)",
                    input->paths[0]);
    if (settle_classes(tar, input, err) < 0)
        return -1;
    struct headers found = list_samples(tar, contents);
    if (!tar->as_stored && settle_pictures(tar, input, &found, contents->n, err) < 0)
        return -1;
    contents->stream = tar->stream;
    contents->soft = tar->soft;
    contents->note = tar->note.used ? text_terminate(&tar->note) : NULL;
    if (!tar->as_stored)
        contents->shape = (struct shape){3, {tar->h, tar->w, tar->channels}};
    contents->dtype = DTYPE_UINT8;
    contents->n_classes = tar->classes.n;
    contents->class_names = tar->classes.names;
    return 0;
}

static int advance_tar(void *state, struct contents *contents, struct err *err) {
    struct tar *tar = state;
    contents->first += contents->n;
    if (index_samples(tar, err) < 0)
        return -1;
    struct tar_classes classes = gather_classes(tar);
    struct headers found = list_samples(tar, contents);
    return check_classes(tar, &classes, err) < 0 || settle_size(tar, &found, err) < 0 ? -1 : 0;
}

/* --- samples --- */

static int read_picture(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                        struct err *err) {
    return read_start(state, sample, PICTURE_BYTES_MAX, arena, &raw->bytes, &raw->size, err);
}

static int decode_picture(const void *state, uint32_t sample, const struct raw *raw,
                          struct arena *arena, void *pixels, struct err *err) {
    const struct tar *tar = state;
    struct picture picture;
    struct err why;
    if (picture_decode(raw->bytes, raw->size, tar->rules.max_pixels, tar->channels,
                       tar->rules.upright, arena, &picture, &why) < 0)
        return fail_sample(tar, sample, err, why.text);
    resize_fit(&picture, tar->fit, tar->w, tar->h, arena, pixels);
    return 0;
}

static int look_at_sample(const void *state, uint32_t sample, const struct raw *raw,
                          struct arena *arena, struct stored *stored, struct err *err) {
    const struct tar *tar = state;
    struct err why;
    if (look_at_picture(raw, tar->rules.max_pixels, tar->rules.upright, arena, stored, &why) < 0)
        return fail_sample(tar, sample, err, why.text);
    return 0;
}

static int soft_label_of(const void *state, uint32_t sample, struct arena *arena, float *row,
                         struct err *err) {
    const struct tar *tar = state;
    const struct tar_index *index = tar_shards_of(&tar->shards, sample);
    return tar_index_row(index, sample - index->first, tar->classes.n, arena, row, err);
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
    arena_close(&tar->arena);
    text_close(&tar->note);
    text_close(&tar->first);
    class_names_close(&tar->classes);
    free(tar->label);
    free(tar->unusable);
}

const struct source source_tar = {
    .name = "tar",
    .help = "tar archives of pictures with labels (WebDataset): files, their folder, or - for "
            "standard input",
    .state_size = sizeof(struct tar),
    .probe = tar_shards_probe,
    .open = open_tar,
    .read = read_picture,
    .decode = decode_picture,
    .look = look_at_sample,
    .soft_label = soft_label_of,
    .advance = advance_tar,
    .origin = origin_of_picture,
    .close = close_tar,
    .file_per_sample = true,
    .splits = true,
    .label_sets = 1,
};

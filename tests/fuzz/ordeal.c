#include "ordeal.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "sources/labelling.h"
#include "sources/labels/class_names.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { NAMES_COMPARED = 64, MAX_PIXELS = 10000, SIDE = 5 };

unsigned long ordeal_taken, ordeal_refused;

void expect(bool kept, const char *promise) {
    if (kept)
        return;
    fprintf(stderr, "broken promise: %s\n", promise);
    abort();
}

/* One line that any terminal can show, and that no eye misreads. */
static void expect_line(const char *text) {
    uint32_t character;
    expect(*text, "a message says something");
    for (int length; *text; text += length) {
        length = utf8_length(text);
        expect(length > 0 && !utf8_is_control(text), "a message is one printable line");
        utf8_next(text, &character);
        expect(!utf8_is_hidden(character), "a message hides nothing");
    }
}

void ordeal_note(const struct err *refusal) {
    if (refusal) {
        expect_line(refusal->text);
        ordeal_refused++;
    } else {
        ordeal_taken++;
    }
}

struct memory_file memory_file_open(const void *bytes, size_t size) {
    struct memory_file file = {.fd = memfd_create("input", MFD_CLOEXEC)};
    expect(file.fd >= 0 && write(file.fd, bytes, size) == (ssize_t)size, "there is memory");
    snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.fd);
    return file;
}

void memory_file_close(const struct memory_file *file) {
    close(file->fd);
}

struct input ordeal_input(char *path[1], size_t size) {
    struct input input = {.paths = path, .n_paths = 1, .max_pixels = MAX_PIXELS};
    input.as_stored = size % 4 == 0;
    input.w = input.h = size % 3 == 0 && !input.as_stored ? SIDE : 0;
    return input;
}

/* --- what is listed --- */

/* An input that is open. */
struct opened {
    const struct input *input;
    const struct source *source;
    void *state;
    struct contents contents;
    struct arena arena;
};

static void expect_classes(const struct contents *contents) {
    int n = contents->n_classes;
    expect(n >= 1 && n <= CLASSES_MAX, "there are classes");
    for (int k = 0; k < n; k++)
        expect(contents->class_names[k][0], "classes have names");
    for (int k = 1; k < n && k < NAMES_COMPARED; k++)
        for (int i = 0; i < k; i++)
            expect(strcmp(contents->class_names[i], contents->class_names[k]) != 0,
                   "names of classes differ");
}

static void expect_shape(const struct shape *shape, enum dtype dtype) {
    expect(shape->rank >= 1 && shape->rank <= RANK_MAX, "samples have axes");
    for (int i = 0; i < shape->rank; i++)
        expect(shape->dim[i] >= 1, "axes have a length");
    expect(dtype == DTYPE_UINT8 || dtype == DTYPE_FLOAT32, "samples are uint8 or float32");
}

/* Each sample tells its own shape. */
static bool are_looked_at(const struct opened *opened) {
    return opened->input->as_stored && opened->source->look;
}

static void expect_contents(const struct opened *opened) {
    const struct contents *contents = &opened->contents;
    expect(contents->n >= 1, "there are samples");
    expect_classes(contents);
    if (!are_looked_at(opened))
        expect_shape(&contents->shape, contents->dtype);
    if (contents->note)
        expect_line(contents->note);
}

/* Of one window. */
static void expect_labels(const struct contents *contents) {
    for (uint32_t i = 0; i < contents->n; i++)
        expect(contents->label[i] >= 0 && contents->label[i] < contents->n_classes,
               "labels are classes");
}

static void expect_failures(const struct contents *contents) {
    for (size_t i = 0; i < contents->n_failures; i++) {
        const struct failure *failure = &contents->failures[i];
        expect_line(failure->reason);
        expect(failure->source < contents->n && contents->unusable[failure->source],
               "failures are samples that cannot be used");
        expect(i == 0 || failure[-1].source < failure->source, "failures come by rising source");
    }
}

/* --- one sample --- */

static void expect_origin(const struct opened *opened, uint32_t sample) {
    struct text path = {0};
    struct origin origin = opened->source->origin(opened->state, sample, &path);
    expect(origin.input >= 0 && origin.input < opened->input->n_paths, "samples have an input");
    expect(origin.record >= -1, "samples have a place");
    expect(path.used > 0, "samples have a path");
    text_close(&path);
}

/* Entries 0..1 that sum to 1 or more, the greatest of them the label's, ties to the lower. */
static void expect_soft_label(struct opened *opened, uint32_t sample) {
    const struct contents *contents = &opened->contents;
    int n = contents->n_classes, label = contents->label[sample];
    float *row = arena_take(&opened->arena, (size_t)n * sizeof *row);
    struct err err = {.text = ""};
    double sum = 0;
    if (opened->source->soft_label(opened->state, sample, &opened->arena, row, &err) < 0) {
        expect_line(err.text);
        return;
    }
    for (int k = 0; k < n; k++) {
        expect(row[k] >= 0 && row[k] <= 1, "shares lie in 0..1");
        expect(k < label ? row[k] < row[label] : row[k] <= row[label], "the label is the argmax");
        sum += (double)row[k];
    }
    expect(sum > 1 - 1e-5, "shares sum to 1 or more");
}

static bool decode(struct opened *opened, uint32_t sample, int before, uint8_t *pixels,
                   size_t size) {
    const struct source *source = opened->source;
    struct err err = {.text = ""};
    struct raw raw;
    memset(pixels, before, size);
    if (source->read(opened->state, sample, &opened->arena, &raw, &err) == 0 &&
        source->decode(opened->state, sample, &raw, &opened->arena, pixels, &err) == 0)
        return true;
    expect_line(err.text);
    return false;
}

/* Decoded twice, over other bytes: pixels that nobody set show themselves. */
static void expect_pixels(struct opened *opened, uint32_t sample) {
    const struct contents *contents = &opened->contents;
    size_t n = shape_values(&contents->shape), size = n * dtype_size(contents->dtype);
    uint8_t *pixels = must_calloc(size, 1), *again = must_calloc(size, 1);
    bool decoded = decode(opened, sample, 0, pixels, size);
    expect(decode(opened, sample, 255, again, size) == decoded, "decoding is pure");
    expect(!decoded || memcmp(pixels, again, size) == 0, "decoding sets every pixel");
    for (size_t i = 0; i < n && decoded && contents->dtype == DTYPE_FLOAT32; i++)
        expect(isfinite(((float *)(void *)pixels)[i]), "values are finite");
    free(pixels);
    free(again);
}

static bool look(struct opened *opened, uint32_t sample, struct stored *stored) {
    const struct source *source = opened->source;
    struct err err = {.text = ""};
    struct raw raw;
    if (source->read(opened->state, sample, &opened->arena, &raw, &err) == 0 &&
        source->look(opened->state, sample, &raw, &opened->arena, stored, &err) == 0)
        return true;
    expect_line(err.text);
    return false;
}

static void expect_looks(struct opened *opened, uint32_t sample) {
    struct stored stored = {0}, again = {0};
    if (!look(opened, sample, &stored))
        return;
    expect_shape(&stored.shape, stored.dtype);
    size_t size = shape_values(&stored.shape) * dtype_size(stored.dtype);
    expect(look(opened, sample, &again) && memcmp(stored.values, again.values, size) == 0,
           "looking is pure");
}

static void take_sample(struct opened *opened, uint32_t sample) {
    const uint8_t *unusable = opened->contents.unusable;
    expect_origin(opened, sample);
    if (!unusable || !unusable[sample])
        (are_looked_at(opened) ? expect_looks : expect_pixels)(opened, sample);
    if (opened->contents.soft)
        expect_soft_label(opened, sample);
    arena_reset(&opened->arena);
}

/* --- all of them --- */

static void take_window(struct opened *opened) {
    struct contents *contents = &opened->contents;
    expect_labels(contents);
    expect_failures(contents);
    for (uint32_t i = 0; i < contents->n; i++)
        take_sample(opened, i);
}

/* Lists the next window; false: there is none. */
static bool advance(struct opened *opened) {
    struct contents *contents = &opened->contents, before = *contents;
    struct err err = {.text = ""};
    failures_drop(contents);
    if (!contents->stream)
        return false;
    if (opened->source->advance(opened->state, contents, &err) < 0) {
        expect_line(err.text);
        return false;
    }
    expect(contents->first == before.first + before.n, "windows follow each other");
    expect(memcmp(&contents->shape, &before.shape, sizeof before.shape) == 0, "the shape stays");
    expect(contents->n_classes == before.n_classes, "the classes stay");
    return contents->n > 0;
}

static const struct source *source_called(const char *name) {
    int i = 0;
    while (strcmp(SOURCES[i]->name, name) != 0)
        i++;
    return SOURCES[i];
}

void ordeal(const char *source, const struct input *input) {
    static struct pool *pool;
    struct err err = {.text = ""};
    struct opened opened = {.input = input, .source = source_called(source)};
    pool = pool ? pool : pool_open(1, &err);
    opened.state = must_calloc(1, opened.source->state_size);
    if (file_kind(input->paths[0]) == FILE_REGULAR)
        opened.source->probe(input->paths[0]);
    int result = opened.source->open(opened.state, input, pool, &opened.contents, &err);
    if (result == 0)
        result =
            labelling_complete(opened.source, opened.state, pool, &opened.contents, NULL, &err);
    ordeal_note(result < 0 ? &err : NULL);
    if (result == 0) {
        expect_contents(&opened);
        do
            take_window(&opened);
        while (advance(&opened));
    }
    failures_drop(&opened.contents);
    opened.source->close(opened.state);
    arena_close(&opened.arena);
    free(opened.state);
}

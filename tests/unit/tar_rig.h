/* Rig for the source of tar archives: archives made in memory, opened as a file or as a stream, and
 * what can be told of their samples. */
#ifndef MIXSMITH_TEST_TAR_RIG_H
#define MIXSMITH_TEST_TAR_RIG_H

#include "base/memory.h"
#include "formats/npy.h"
#include "formats/picture.h"
#include "formats/tar.h"
#include "sources/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "support.h"

extern const struct source source_tar;

enum { CLASSES = 12 };
enum way { AS_FILE, AS_STREAM };

static struct err err;
static struct pool *pool;
static struct arena arena;
static char class_file[64]; // names of CLASSES classes

/* --- an input that is opened --- */

struct opened {
    char path[64];
    char *paths[1];
    int fd;
    struct input input;
    struct contents contents;
    void *state;
};

/* A file in memory. path: how it is called. */
static inline int memory_file(const void *bytes, size_t n, char path[64]) {
    int fd = memfd_create("archive", MFD_CLOEXEC);
    assert_true(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
    snprintf(path, 64, "/proc/self/fd/%d", fd);
    return fd;
}

/* Archives of the tests are smaller than a pipe's buffer. */
static inline void feed_standard_input(const void *bytes, size_t n) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_true(fcntl(ends[1], F_SETPIPE_SZ, 1 << 18) >= (int)n);
    assert_true(write(ends[1], bytes, n) == (ssize_t)n);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
}

static inline int open_input(struct opened *opened, enum way way, const void *bytes, size_t n) {
    opened->fd = -1;
    if (way == AS_STREAM) {
        feed_standard_input(bytes, n);
        strcpy(opened->path, "-");
    } else {
        opened->fd = memory_file(bytes, n, opened->path);
    }
    opened->paths[0] = opened->path;
    opened->input.paths = opened->paths;
    opened->input.n_paths = 1;
    opened->input.max_pixels = 10000;
    opened->input.channels = 1;
    if (opened->input.window == 0)
        opened->input.window = 100;
    opened->state = must_calloc(1, source_tar.state_size);
    return source_tar.open(opened->state, &opened->input, pool, &opened->contents, &err);
}

static inline void close_input(struct opened *opened) {
    failures_drop(&opened->contents);
    source_tar.close(opened->state);
    free(opened->state);
    if (opened->fd >= 0)
        close(opened->fd);
}

/* --- what can be told of a sample --- */

struct told {
    char path[256];
    int label;
    float row[CLASSES];
    uint8_t pixels[6];
};

/* Reads everything of a sample; false: its picture or soft label could not be read. */
static inline bool tell(const struct opened *opened, uint32_t sample, struct told *told) {
    const struct contents *contents = &opened->contents;
    struct raw raw;
    struct text path = {0};
    memset(told, 0, sizeof *told);
    source_tar.origin(opened->state, sample, &path);
    const char *name = text_terminate(&path), *base = strstr(name, "/");
    snprintf(told->path, sizeof told->path, "%s", contents->stream ? name : base + 1);
    text_close(&path);
    told->label = contents->label[sample];
    assert_true(told->label >= 0 && told->label < contents->n_classes);
    arena_reset(&arena);
    bool done = source_tar.read(opened->state, sample, &arena, &raw, &err) == 0 &&
                source_tar.decode(opened->state, sample, &raw, &arena, told->pixels, &err) == 0;
    if (contents->soft && contents->n_classes <= CLASSES)
        done &= source_tar.soft_label(opened->state, sample, &arena, told->row, &err) == 0;
    return done;
}

/* Rows that a training job can rely on: of one class or several. */
static inline void check_row(const struct opened *opened, const struct told *told) {
    double sum = 0;
    if (!opened->contents.soft || opened->contents.n_classes > CLASSES)
        return;
    for (int k = 0; k < opened->contents.n_classes; k++) {
        assert_true(told->row[k] >= 0 && told->row[k] <= 1);
        assert_true(told->row[k] <= told->row[told->label]);
        sum += (double)told->row[k];
    }
    assert_true(sum > 1 - 1e-5);
}

static inline uint8_t *read_archive(const char *name, size_t *size) {
    char path[64];
    snprintf(path, sizeof path, "tests/data/good-tar-%s.tar", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint8_t *bytes = must_calloc(1, 1 << 16);
    *size = fread(bytes, 1, 1 << 16, file);
    fclose(file);
    return bytes;
}

/* As tests/data/make.py made them, whatever the archive's form. */
/* --- archives made here --- */

static inline void add_member(struct text *archive, const char *name, const void *bytes, size_t n) {
    uint8_t block[TAR_BLOCK];
    assert_int_equal(tar_header(block, name, strlen(name), n, &err), 0);
    text_bytes(archive, block, sizeof block);
    text_bytes(archive, bytes, n);
    memset(text_room(archive, tar_padding(n)), 0, tar_padding(n));
    archive->used += tar_padding(n);
}

static inline void add_end(struct text *archive) {
    memset(text_room(archive, TAR_END), 0, TAR_END);
    archive->used += TAR_END;
}

static inline void add_picture(struct text *archive, const char *name, uint8_t grey) {
    uint8_t pixels[6], *bytes;
    struct arena scratch = {0};
    size_t size;
    memset(pixels, grey, sizeof pixels);
    struct picture picture = {3, 2, 1, pixels};
    assert_int_equal(picture_encode_png(&picture, 1, &scratch, &bytes, &size, &err), 0);
    add_member(archive, name, bytes, size);
    arena_close(&scratch);
}

static inline void add_npy(struct text *archive, const char *name, const float *row, int n) {
    uint8_t bytes[NPY_HEADER + CLASSES * sizeof(float)];
    struct shape none = {0, {0}};
    npy_header(bytes, DTYPE_FLOAT32, (uint64_t)n, &none);
    memcpy(bytes + NPY_HEADER, row, (size_t)n * sizeof *row);
    add_member(archive, name, bytes, NPY_HEADER + (size_t)n * sizeof *row);
}

/* "a.png a.cls=1 b.png b.label.npy=~0.5,0.5": the members of an archive. After = stands what they
 * hold, after =~ the first shares of CLASSES, after =^ all shares; without it a picture. */
static inline void add_members(struct text *archive, const char *members) {
    char copy[1024], *rest;
    snprintf(copy, sizeof copy, "%s", members);
    for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
        char *equals = strchr(name, '='), *number = equals ? equals + 2 : NULL;
        if (!equals) {
            add_picture(archive, name, 7);
            continue;
        }
        *equals = 0;
        if (equals[1] != '~' && equals[1] != '^') {
            add_member(archive, name, equals + 1, strlen(equals + 1));
            continue;
        }
        float row[CLASSES] = {0};
        int n = 0;
        for (char *end = number; *number && n < CLASSES; number = end + (*end == ','))
            row[n++] = strtof(number, &end);
        add_npy(archive, name, row, equals[1] == '~' ? CLASSES : n);
    }
    add_end(archive);
}

static inline int open_all(void **state) {
    (void)state;
    struct text names = {0};
    for (int k = 0; k < CLASSES; k++)
        text_format(&names, "class %d\n", k);
    memory_file(names.bytes, names.used, class_file);
    text_close(&names);
    pool = pool_open(2, &err);
    return pool ? 0 : -1;
}

static inline int close_all(void **state) {
    (void)state;
    pool_close(pool);
    arena_close(&arena);
    return 0;
}

#endif

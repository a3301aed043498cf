/* Arrays as inputs, for tests of their sources: files in a folder of their own, what is opened of
 * them, and all their cuts. */
#ifndef MIXSMITH_TEST_TENSOR_RIG_H
#define MIXSMITH_TEST_TENSOR_RIG_H

#include "scratch.h"
#include "support.h"

enum { N = 6, K = 3 }; // samples of write_points, classes

static const float POINTS[N][2] = {{1, 2}, {3, 4}, {5, 6}, {-7, 8}, {0, 0}, {1e-30f, 1e30f}};

/* What is opened, or why it is not, from paths in one folder. */
struct trial {
    char *path, *labels;
    struct opened opened;
};

/* name, labels: in the folder; NULL: the folder itself, or none. */
static inline struct trial try_input(char *folder, const char *source, const char *name,
                                     const char *labels) {
    struct trial trial;
    trial.path = name ? path_join(folder, name) : must_strdup(folder);
    trial.labels = labels ? path_join(folder, labels) : NULL;
    struct input input = input_of(&trial.path, 1);
    input.labels = trial.labels;
    trial.opened = open_input(source, &input);
    return trial;
}

static inline void end_trial(struct trial *trial) {
    close_input(&trial->opened);
    free(trial->path);
    free(trial->labels);
}

static inline void assert_opened(const struct trial *trial) {
    if (trial->opened.result < 0)
        fail_msg("%s", trial->opened.err.text);
}

static inline void check_refused(char *folder, const char *source, const char *name,
                                 const char *labels, const char *why) {
    struct trial trial = try_input(folder, source, name, labels);
    assert_int_equal(trial.opened.result, -1);
    assert_contains(trial.opened.err.text, why);
    end_trial(&trial);
}

/* The sample as it is handed over; out has room for it. */
static inline int take_sample(const struct opened *opened, uint32_t sample, void *out,
                              struct err *err) {
    struct arena arena = {0};
    struct raw raw;
    int result = opened->source->read(opened->state, sample, &arena, &raw, err);
    if (result == 0)
        result = opened->source->decode(opened->state, sample, &raw, &arena, out, err);
    arena_close(&arena);
    return result;
}

static inline int take_row(const struct opened *opened, uint32_t sample, float *row,
                           struct err *err) {
    struct arena arena = {0};
    int result = opened->source->soft_label(opened->state, sample, &arena, row, err);
    arena_close(&arena);
    return result;
}

static inline void write_points(const char *folder) {
    scratch_npy(folder, "x.npy", "<f4", "(6, 2)", POINTS, sizeof POINTS);
}

/* --- files cut short --- */

/* Opens and, where it opens, takes every sample and label. */
static inline int try_all(char *folder, const char *source, const char *name, const char *labels) {
    struct trial trial = try_input(folder, source, name, labels);
    const struct contents *contents = &trial.opened.contents;
    struct err err;
    int result = trial.opened.result;
    if (result == 0) {
        uint8_t *out = must_calloc(shape_values(&contents->shape) * dtype_size(contents->dtype), 1);
        float *row = must_calloc((size_t)contents->n_classes, sizeof *row);
        for (uint32_t i = 0; i < contents->n; i++) {
            assert_in_range(contents->label[i], 0, contents->n_classes - 1);
            take_sample(&trial.opened, i, out, &err);
            if (contents->soft)
                assert_int_equal(take_row(&trial.opened, i, row, &err), 0);
        }
        free(row);
        free(out);
    }
    end_trial(&trial);
    return result;
}

/* Every cut of a file is refused. */
static inline void check_cuts(char *folder, const char *name, const uint8_t *bytes, size_t size,
                              const char *source, const char *images, const char *labels) {
    for (size_t cut = 0; cut < size; cut++) {
        scratch_write(folder, name, bytes, cut);
        assert_int_equal(try_all(folder, source, images, labels), -1);
    }
    scratch_write(folder, name, bytes, size);
    assert_int_equal(try_all(folder, source, images, labels), 0);
}

#endif

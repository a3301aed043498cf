/* Scratch for lists: two folders of four pictures each, and lists of their labels. */
#ifndef MIXSMITH_TEST_LIST_SCRATCH_H
#define MIXSMITH_TEST_LIST_SCRATCH_H

#include "picture_scratch.h"

static char *pictures[] = {"p", NULL}, *two[] = {"p", "q", NULL};

static inline struct input listed(const char *labels) {
    return (struct input){.paths = pictures, .n_paths = 1, .labels = labels};
}

static inline struct input folder(char **paths) {
    struct input input = {.paths = paths};
    while (input.paths[input.n_paths])
        input.n_paths++;
    return input;
}

static inline int set_up(void **state) {
    (void)state;
    scratch_enter();
    for (int i = 1; i <= 4; i++) {
        char path[32];
        snprintf(path, sizeof path, "p/%d.png", i);
        scratch_picture(path, (uint8_t)(40 * i));
        path[0] = 'q';
        scratch_picture(path, (uint8_t)(50 * i));
    }
    return 0;
}

static inline int tear_down(void **state) {
    (void)state;
    scratch_leave();
    return 0;
}

/* "[0.5 0 0.5] …" */
static inline void assert_soft(const struct opened *opened, const char *expected) {
    struct text text = {0};
    struct err err;
    float row[16];
    assert_true(opened->contents.soft && opened->contents.n_classes <= 16);
    for (uint32_t i = 0; i < opened->contents.n; i++) {
        opened->source->soft_label(opened->state, i, NULL, row, &err);
        for (int k = 0; k < opened->contents.n_classes; k++)
            text_format(&text, "%s%.9g", k > 0 ? " " : i > 0 ? "] [" : "[", (double)row[k]);
    }
    text_string(&text, "]");
    assert_string_equal(text_terminate(&text), expected);
    text_close(&text);
}

/* soft: NULL for hard labels */
static inline void check(struct input input, const char *classes, const char *samples,
                         const char *soft) {
    struct opened opened = source_opened("list", input);
    assert_classes(&opened, classes);
    assert_samples(&opened, samples);
    if (soft)
        assert_soft(&opened, soft);
    else
        assert_false(opened.contents.soft);
    close_input(&opened);
}

static inline void check_list(const char *name, const char *text, const char *classes,
                              const char *samples, const char *soft) {
    scratch_text(name, text);
    check(listed(name), classes, samples, soft);
}

#define CSV(...)   check_list("l.csv", __VA_ARGS__)
#define JSONL(...) check_list("l.jsonl", __VA_ARGS__)

#endif

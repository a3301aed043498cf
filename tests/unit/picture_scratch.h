/* Scratch for pictures: a folder of a test's own that it works in, pictures and texts put into it,
 * and a source opened on it. */
#ifndef MIXSMITH_TEST_PICTURE_SCRATCH_H
#define MIXSMITH_TEST_PICTURE_SCRATCH_H

#include "formats/picture.h"

#include "scratch.h"
#include "support.h"

/* The folder is entered: every path of a test is relative. */
static inline void scratch_enter(void) {
    char *folder = scratch_open();
    assert_int_equal(chdir(folder), 0);
    free(folder);
}

static inline void scratch_leave(void) {
    char *folder = getcwd(NULL, 0);
    assert_non_null(folder);
    assert_int_equal(chdir("/"), 0);
    scratch_close(folder);
}

/* The same, for a group of tests. */
static inline int enter_scratch(void **state) {
    (void)state;
    scratch_enter();
    return 0;
}

static inline int leave_scratch(void **state) {
    (void)state;
    scratch_leave();
    return 0;
}

static inline void scratch_text(const char *path, const char *text) {
    scratch_write(".", path, text, strlen(text));
}

/* A grey picture of 2 x 2. */
static inline void scratch_picture(const char *path, uint8_t value) {
    uint8_t pixels[] = {value, value, value, value}, *bytes;
    size_t size;
    struct picture picture = {2, 2, 1, pixels};
    struct arena arena = {0};
    struct err err;
    assert_int_equal(picture_encode_png(&picture, 1, &arena, &bytes, &size, &err), 0);
    scratch_write(".", path, bytes, size);
    arena_close(&arena);
}

static inline struct opened source_opened(const char *name, struct input input) {
    input.max_pixels = 1 << 20;
    return open_input(name, &input);
}

static inline void assert_refused(const char *name, struct input input, const char *message) {
    struct opened opened = source_opened(name, input);
    if (opened.result == 0)
        fail_msg("not refused; expected '%s'", message);
    assert_string_equal(opened.err.text, message);
    close_input(&opened);
}

/* "cat dog": the names of the classes. */
static inline void assert_classes(const struct opened *opened, const char *expected) {
    struct text names = {0};
    if (opened->result < 0)
        fail_msg("%s", opened->err.text);
    for (int k = 0; k < opened->contents.n_classes; k++)
        text_format(&names, k ? " %s" : "%s", opened->contents.class_names[k]);
    assert_string_equal(text_terminate(&names), expected);
    text_close(&names);
}

/* "cat/1.png=0 dog/1.png=1": the samples with their labels. */
static inline void assert_samples(const struct opened *opened, const char *expected) {
    struct text samples = {0};
    if (opened->result < 0)
        fail_msg("%s", opened->err.text);
    for (uint32_t i = 0; i < opened->contents.n; i++) {
        text_string(&samples, i ? " " : "");
        opened->source->origin(opened->state, i, &samples);
        text_format(&samples, "=%d", opened->contents.label[i]);
    }
    assert_string_equal(text_terminate(&samples), expected);
    text_close(&samples);
}

#endif

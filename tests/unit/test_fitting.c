/* Fitting: what is settled by headers, and what not. */
#include "sources/pictures/fitting.h"

#include "support.h"

static void name_file(const void *data, uint32_t file, struct text *name) {
    text_format(name, "%s/%u.png", (const char *)data, file);
}

static const struct headers NOTHING = {.first = UINT32_MAX, .odd = UINT32_MAX};

static struct headers headers_of(uint32_t first, int w, int h, bool colour) {
    return (struct headers){.first = first, .odd = UINT32_MAX, .w = w, .h = h, .colour = colour};
}

/* Of a stream, whose windows come one after the other. */
static int settle(struct fitting *fitting, struct headers found, struct err *err) {
    return fitting_settle(fitting, &found, "shard", name_file, err);
}

static void assert_shape(const struct fitting *fitting, int h, int w, int channels) {
    struct shape expected = {3, {h, w, channels}}, shape = fitting_shape(fitting);
    assert_memory_equal(&shape, &expected, sizeof shape);
}

static void what_was_asked_for_stays(void **state) {
    (void)state;
    struct input input = {.w = 8, .h = 4, .channels = 1};
    struct headers found = headers_of(2, 30, 20, true);
    struct fitting fitting;
    struct err err;
    found.odd = 3;
    fitting_open(&fitting, &input);
    assert_int_equal(settle(&fitting, found, &err), 0);
    assert_shape(&fitting, 4, 8, 1);
    fitting_close(&fitting);
}

static void the_first_picture_settles_the_rest(void **state) {
    (void)state;
    struct fitting grey, colour;
    struct err err;
    fitting_open(&grey, &(struct input){0});
    fitting_open(&colour, &(struct input){0});
    assert_int_equal(settle(&grey, NOTHING, &err), 0);
    assert_shape(&grey, 0, 0, 0);
    assert_int_equal(settle(&grey, headers_of(2, 30, 20, false), &err), 0);
    assert_int_equal(settle(&grey, headers_of(0, 30, 20, true), &err), 0);
    assert_shape(&grey, 20, 30, 1);
    assert_int_equal(settle(&colour, headers_of(2, 30, 20, true), &err), 0);
    assert_shape(&colour, 20, 30, 3);
    fitting_close(&grey);
    fitting_close(&colour);
}

static void another_size_is_refused(void **state) {
    (void)state;
    static const char advice[] = "; give --size WxH (and --fit crop|pad|squash)";
    struct headers found = headers_of(2, 30, 20, true);
    struct fitting fitting;
    struct text expected = {0};
    struct err err;
    fitting_open(&fitting, &(struct input){0});
    found.odd = 5, found.odd_w = 20, found.odd_h = 30;
    assert_int_equal(settle(&fitting, found, &err), -1);
    text_format(&expected,
                "pictures differ in size: shard/2.png is 30 x 20, "
                "shard/5.png is 20 x 30%s",
                advice);
    assert_string_equal(err.text, text_terminate(&expected));
    assert_int_equal(settle(&fitting, headers_of(7, 30, 21, true), &err), -1);
    expected.used = 0;
    text_format(&expected,
                "pictures differ in size: shard/2.png is 30 x 20, "
                "shard/7.png is 30 x 21%s",
                advice);
    assert_string_equal(err.text, text_terminate(&expected));
    text_close(&expected);
    fitting_close(&fitting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_asked_for_stays),
        cmocka_unit_test(the_first_picture_settles_the_rest),
        cmocka_unit_test(another_size_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Surveys of folders made for the purpose: what is counted is what was put there. */
#include "survey_rig.h"

static char root[4096]; // of the repository

/* A file of tests/data, put at path. */
static void scratch_data(const char *path, const char *name) {
    static uint8_t bytes[1 << 20];
    char from[8192];
    snprintf(from, sizeof from, "%s/tests/data/%s", root, name);
    FILE *file = fopen(from, "rb");
    assert_non_null(file);
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    scratch_write(".", path, bytes, n);
}

static void assert_name(uint64_t sample, const char *expected) {
    struct text name = {0};
    survey_name(&survey, sample, &name);
    assert_string_equal(text_terminate(&name), expected);
    text_close(&name);
}

/* "a/1 b/2, c/3 c/4": the groups in their order; `across` stands behind those of several labels. */
static void assert_groups(const char *expected) {
    struct text text = {0};
    for (size_t g = 0; g < survey.duplicates.n_groups; g++) {
        const struct group *group = &survey.duplicates.groups[g];
        for (size_t i = 0; i < group->n; i++) {
            text_string(&text, i ? " " : g ? ", " : "");
            survey_name(&survey, survey.duplicates.prints[group->first + i].sample, &text);
        }
        text_string(&text, group->across ? " across" : "");
    }
    assert_string_equal(text_terminate(&text), expected);
    text_close(&text);
}

static void formats_depths_and_channels_are_counted(void **state) {
    (void)state;
    scratch_data("kinds/a/deep.png", "good-png-rgb16.png");
    scratch_data("kinds/a/turned.jpg", "good-jpg-exif6.jpg");
    scratch_data("kinds/a/alpha.png", "good-png-grey-alpha8.png");
    scratch_data("kinds/a/trns.png", "good-png-palette-trns.png");
    scratch_data("kinds/a/bits.bmp", "good-bmp-24.bmp");
    scratch_data("kinds/b/grey16.png", "good-png-grey16.png");
    for (int threads = 1; threads <= 3; threads++) {
        open_survey("kinds", NULL, threads);
        assert_int_equal(survey.n, 6);
        assert_int_equal(survey.deep.n, 2);
        assert_int_equal(survey.turned.n, 1);
        assert_int_equal(survey.alpha.n, 2);
        assert_int_equal(survey.of_format[PICTURE_PNG], 4);
        assert_int_equal(survey.of_format[PICTURE_JPEG], 1);
        assert_int_equal(survey.of_format[PICTURE_BMP], 1);
        assert_int_equal(survey.of_channels[1], 2);
        assert_int_equal(survey.of_channels[3], 4);
        assert_int_equal(survey.of_class[0], 5);
        assert_int_equal(survey.of_class[1], 1);
        assert_int_equal(survey.n_defects, 0);
        assert_false(survey.soft);
        close_survey();
    }
}

/* Sizes differ, which needs no --size; the turned picture is upright. */
static void sizes_are_those_of_upright_pictures(void **state) {
    (void)state;
    open_survey("kinds/../kinds", NULL, 2);
    uint64_t n = 0;
    struct tally_entry *sizes = survey_sizes(&survey);
    for (size_t i = 0; i < survey.sizes.n; i++) {
        assert_true(i == 0 || sizes[i].n <= sizes[i - 1].n);
        n += sizes[i].n;
    }
    free(sizes);
    assert_int_equal(n, 6);
    assert_true(survey.sizes.n > 1);
    struct side_range widths = survey_widths(&survey), heights = survey_heights(&survey);
    assert_true(widths.least <= widths.median && widths.median <= widths.most);
    assert_true(heights.least < heights.most);
    close_survey();
}

static void equal_samples_are_grouped(void **state) {
    (void)state;
    scratch_picture("same/cat/1.png", 10);
    scratch_picture("same/cat/2.png", 20);
    scratch_picture("same/cat/3.png", 20);
    scratch_picture("same/dog/1.png", 10);
    scratch_picture("same/dog/2.png", 30);
    scratch_picture("more/dog/9.png", 30);
    open_survey("same", NULL, 2);
    assert_groups("cat/1.png dog/1.png across, cat/2.png cat/3.png");
    assert_int_equal(survey.duplicates.n_across, 1);
    assert_int_equal(survey.duplicates.n_copies, 2);
    assert_int_equal(survey.flat.n, 5);
    close_survey();
    open_survey("same", "more", 2);
    assert_groups("same/cat/1.png same/dog/1.png across, same/cat/2.png same/cat/3.png, "
                  "same/dog/2.png more/dog/9.png");
    close_survey();
}

static void scratch_png(const char *path, const struct picture *picture) {
    struct arena arena = {0};
    uint8_t *bytes;
    size_t size;
    assert_int_equal(picture_encode_png(picture, 1, &arena, &bytes, &size, &err), 0);
    scratch_write(".", path, bytes, size);
    arena_close(&arena);
}

/* Turned by EXIF, or stored as it is seen: equal, because both are mixed alike. */
static void pictures_are_compared_upright(void **state) {
    (void)state;
    struct arena arena = {0};
    uint8_t *bytes;
    size_t size;
    struct picture upright;
    scratch_data("turned/a/1.png", "good-png-exif6.png");
    assert_int_equal(file_read("turned/a/1.png", 1 << 20, &arena, &bytes, &size, &err), 0);
    assert_int_equal(picture_decode(bytes, size, 1 << 20, 3, true, &arena, &upright, &err), 0);
    scratch_png("turned/a/2.png", &upright);
    open_survey("turned", NULL, 1);
    assert_groups("a/1.png a/2.png");
    close_survey();
    arena_close(&arena);
}

/* The size is part of what is compared. */
static void pictures_of_other_sides_differ(void **state) {
    (void)state;
    uint8_t pixels[6] = {0};
    scratch_png("sides/a/1.png", &(struct picture){2, 3, 1, pixels});
    scratch_png("sides/a/2.png", &(struct picture){3, 2, 1, pixels});
    scratch_png("sides/a/3.png", &(struct picture){1, 2, 3, pixels});
    open_survey("sides", NULL, 1);
    assert_groups("");
    close_survey();
}

static void what_cannot_be_read_is_named(void **state) {
    (void)state;
    scratch_data("bad/a/crc.png", "bad-png-crc.png");
    scratch_data("bad/a/good.png", "good-png-rgb8.png");
    scratch_data("bad/b/cut.jpg", "bad-jpg-cut.jpg");
    scratch_text("bad/b/notes.txt", "no picture");
    mkdir("bad/none", 0777);
    open_survey("bad", NULL, 2);
    assert_int_equal(survey.n, 1);
    assert_int_equal(survey.n_defects, 3);
    assert_string_equal(survey.defects[0].name, "a/crc.png");
    assert_contains(survey.defects[0].reason, "bad/a/crc.png: PNG broken: the chunk at byte");
    assert_string_equal(survey.defects[1].name, "b/cut.jpg");
    assert_int_equal(survey.defects[1].label, 1);
    assert_int_equal(survey.defects[1].sample, 2);
    assert_contains(survey.defects[2].reason, "bad/b/notes.txt: neither PNG, JPEG nor BMP");
    assert_int_equal(survey_classes(&survey).n_empty, 2);
    assert_int_equal(survey_classes(&survey).least, 1);
    assert_name(3, "b/notes.txt");
    close_survey();
}

/* Only empty classes, and only broken files: still a survey, not an error. */
static void nothing_to_read_is_no_error(void **state) {
    (void)state;
    mkdir("nothing", 0777);
    mkdir("nothing/a", 0777);
    open_survey("nothing", NULL, 2);
    assert_int_equal(survey.n, 0);
    assert_int_equal(survey.n_classes, 1);
    assert_int_equal(survey_classes(&survey).least, 0);
    assert_int_equal(survey_widths(&survey).most, 0);
    close_survey();
    scratch_text("nothing/a/1.png", "");
    open_survey("nothing", NULL, 2);
    assert_int_equal(survey.n_defects, 1);
    close_survey();
}

static int enter(void **state) {
    (void)state;
    assert_non_null(getcwd(root, sizeof root));
    scratch_enter();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_depths_and_channels_are_counted),
        cmocka_unit_test(sizes_are_those_of_upright_pictures),
        cmocka_unit_test(equal_samples_are_grouped),
        cmocka_unit_test(pictures_are_compared_upright),
        cmocka_unit_test(pictures_of_other_sides_differ),
        cmocka_unit_test(what_cannot_be_read_is_named),
        cmocka_unit_test(nothing_to_read_is_no_error),
    };
    return cmocka_run_group_tests(tests, enter, leave_scratch);
}

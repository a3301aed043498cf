/* Surveys of folders made for the purpose: what is counted is what was put there. */
#include "survey/survey.h"

#include "picture_scratch.h"

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

static void no_tell(void *data, uint64_t done, uint64_t total) {
    (void)data, (void)done, (void)total;
}

static struct err err;
static struct job job;
static struct survey survey;

/* The survey of one or two inputs. */
static void open_survey(char *first, char *second, int threads) {
    char number[16];
    snprintf(number, sizeof number, "-j%d", threads);
    char *argv[] = {"scan", number, first, second, NULL};
    const struct watch watch = {no_tell, NULL};
    assert_int_equal(job_parse(&job, JOB_SCAN, second ? 4 : 3, argv, &err), 0);
    if (survey_open(&survey, &job, &err) < 0 || survey_run(&survey, &watch, &err) < 0)
        fail_msg("%s", err.text);
}

static void close_survey(void) {
    survey_close(&survey);
    job_close(&job);
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

static void test_kinds(void **state) {
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
static void test_sizes(void **state) {
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

static void test_duplicates(void **state) {
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
static void test_compared_upright(void **state) {
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
static void test_sides_compared(void **state) {
    (void)state;
    uint8_t pixels[6] = {0};
    scratch_png("sides/a/1.png", &(struct picture){2, 3, 1, pixels});
    scratch_png("sides/a/2.png", &(struct picture){3, 2, 1, pixels});
    scratch_png("sides/a/3.png", &(struct picture){1, 2, 3, pixels});
    open_survey("sides", NULL, 1);
    assert_groups("");
    close_survey();
}

static void test_defects(void **state) {
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
static void test_nothing(void **state) {
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

/* --- outputs of this program --- */

/* Two samples of three sources of two classes, and what may be wrong with lines. */
static void write_set(const char *manifest) {
    scratch_text("set/dataset.json", "{\"mixsmith\":\"0\",\"classes\":[\"a\",\"b\",\"c\"],"
                                     "\"manifest\":\"train/metadata.jsonl\"}");
    scratch_text("set/classes.txt", "a\nb\nc\n");
    scratch_text("set/sources.jsonl", "{\"id\":0,\"path\":\"a/1\",\"label\":0}\n"
                                      "{\"id\":1,\"path\":\"a/2\",\"label\":0}\n"
                                      "{\"id\":2,\"path\":\"b/1\",\"label\":1}\n");
    scratch_picture("set/train/a/0.png", 10);
    scratch_picture("set/train/a/1.png", 20);
    scratch_text("set/train/metadata.jsonl", manifest);
}

#define ROW(file, label, mixer, sources)                                                           \
    "{\"file_name\":\"a/" file "\",\"label\":0," label ",\"mixer\":\"" mixer                       \
    "\",\"source_ids\":[" sources "],\"source_shares\":[1.0]}\n"

static void test_mixed_set(void **state) {
    (void)state;
    write_set(ROW("0.png", "\"soft_label\":[0.5,0.5,0.0]", "mixup", "0,2")
                  ROW("1.png", "\"soft_label\":[1.0,0.0,0.0]", "cutmix", "0,1"));
    char *paths[] = {"set", "set/train", "set/"};
    for (int i = 0; i < 3; i++) {
        open_survey(paths[i], NULL, 1);
        assert_true(survey.soft && survey.mixed);
        assert_int_equal(survey.n, 2);
        assert_int_equal(survey.n_classes, 3);
        assert_int_equal(survey_classes(&survey).n_empty, 2);
        assert_int_equal(survey.labels.n, 2);
        assert_near("mass", survey.labels.mass[0], 1.5, 0);
        assert_int_equal(survey.mixture.n_bad, 0);
        assert_int_equal(survey.mixture.across, 1);
        assert_int_equal(survey.mixture.within, 1);
        assert_int_equal(survey.mixture.copies, 0);
        assert_int_equal(survey.mixture.n_mixers, 2);
        close_survey();
    }
}

/* Every line that makes no sense is counted and passed over. */
static void test_bad_lines(void **state) {
    (void)state;
    static const char *const lines[] = {
        "",
        "{",
        "[]\n",
        "{}\n",
        "null\n",
        "{\"soft_label\":[1,0,0]} {}\n",
        ROW("0.png", "\"soft_label\":[0.5,0.5]", "mixup", "0"),
        ROW("0.png", "\"soft_label\":[0.5,0.5,0.0,0.0]", "mixup", "0"),
        ROW("0.png", "\"soft_label\":[0.5,\"0.5\",0.0]", "mixup", "0"),
        ROW("0.png", "\"soft_label\":[0.5,1.5,0.0]", "mixup", "0"),
        ROW("0.png", "\"soft_label\":[0.5,-0.5,0.0]", "mixup", "0"),
        ROW("0.png", "\"soft_label\":[0.5,1e999,0.0]", "mixup", "0"),
        ROW("0.png", "\"Soft_Label\":[0.5,0.5,0.0]", "mixup", "0"),
        ROW("0.png", "\"label_ids\":[0]", "mixup", "0"),
        ROW("0.png", "\"label_ids\":[0,3],\"label_shares\":[0.5,0.5]", "mixup", "0"),
        ROW("0.png", "\"label_ids\":[1,0],\"label_shares\":[0.5,0.5]", "mixup", "0"),
        ROW("0.png", "\"label_ids\":[0.5],\"label_shares\":[0.5]", "mixup", "0"),
        ROW("0.png", "\"label_ids\":[0,1],\"label_shares\":[1.0]", "mixup", "0"),
        ROW("0.png", "\"soft_label\":[0.5,0.5,0.0]", "mixup", ""),
        ROW("0.png", "\"soft_label\":[0.5,0.5,0.0]", "mixup", "3"),
        ROW("0.png", "\"soft_label\":[0.5,0.5,0.0]", "mixup", "-1"),
        ROW("0.png", "\"soft_label\":[0.5,0.5,0.0]", "mixup", "1e300"),
    };
    struct mixed_set set = {"set", "set/train/metadata.jsonl", "set/sources.jsonl", NULL, 3};
    const int class_of[] = {0, 1, 2};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct label_statistics statistics;
        struct mixture mixture = {0};
        struct text text = {0};
        text_string(&text, ROW("1.png", "\"label_ids\":[2],\"label_shares\":[1.0]", "none", "1"));
        text_string(&text, lines[i]);
        write_set(text_terminate(&text));
        label_statistics_open(&statistics, 3);
        mixture_add(&mixture, &set, class_of, &statistics);
        assert_int_equal(mixture.n_bad, i > 0);
        assert_int_equal(mixture.n, 1);
        assert_int_equal(mixture.copies, 1);
        assert_near("mass", statistics.mass[0] + statistics.mass[2], 1, 0);
        if (i > 0)
            assert_contains(mixture.first_bad.text, "set/train/metadata.jsonl: line 2: ");
        label_statistics_close(&statistics);
        mixture_close(&mixture);
        text_close(&text);
    }
}

static void test_no_sets(void **state) {
    (void)state;
    struct mixed_set set;
    static const char *const records[] = {
        "",
        "{\"mixsmith\":\"0\",\"classes\":[\"a\"],\"manifest\":\"../set/train/metadata.jsonl\"}",
        "{\"mixsmith\":\"0\",\"classes\":[\"a\"],\"manifest\":\"manifest.jsonl\"}",
        "{\"mixsmith\":\"0\",\"classes\":[],\"manifest\":\"train/metadata.jsonl\"}",
        "{\"mixsmith\":\"0\",\"classes\":[\"a\",1],\"manifest\":\"train/metadata.jsonl\"}",
        "{\"classes\":[\"a\"],\"manifest\":\"train/metadata.jsonl\"}",
        "[[[[",
    };
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        scratch_text("set/dataset.json", records[i]);
        assert_false(mixed_set_find("set", &set));
        assert_false(mixed_set_find("set/train", &set));
    }
    assert_false(mixed_set_find("nowhere", &set));
    assert_false(mixed_set_find("set/classes.txt", &set));
}

static int enter(void **state) {
    (void)state;
    assert_non_null(getcwd(root, sizeof root));
    scratch_enter();
    return 0;
}

static int leave(void **state) {
    (void)state;
    scratch_leave();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),          cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_duplicates),     cmocka_unit_test(test_compared_upright),
        cmocka_unit_test(test_sides_compared), cmocka_unit_test(test_defects),
        cmocka_unit_test(test_nothing),        cmocka_unit_test(test_mixed_set),
        cmocka_unit_test(test_bad_lines),      cmocka_unit_test(test_no_sets),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}

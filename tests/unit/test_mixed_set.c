/* Surveys of outputs of mix: what was mixed comes from the manifest, and lines that make no sense
 * are passed over. */
#include "survey_rig.h"

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

static void a_mixed_set_tells_what_was_mixed(void **state) {
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
static void lines_without_sense_are_counted(void **state) {
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

static void what_is_no_set_is_not_taken_for_one(void **state) {
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mixed_set_tells_what_was_mixed),
        cmocka_unit_test(lines_without_sense_are_counted),
        cmocka_unit_test(what_is_no_set_is_not_taken_for_one),
    };
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}

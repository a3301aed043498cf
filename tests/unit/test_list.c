/* Lists: every form of label means what it says. What is refused: test_list_refused.c. */
#include "list_scratch.h"

/* --- forms of labels --- */

static void csv_names_and_numbers(void **state) {
    (void)state;
    CSV("file_name,label\n2.png,dog\n1.png,cat\n", "cat dog", "2.png=1 1.png=0", NULL);
    CSV("file_name,label\n2.png,2\n1.png,0\n", "0 1 2", "2.png=2 1.png=0", NULL);
    CSV("file_name,label\n2.png,2\n1.png,x\n", "2 x", "2.png=0 1.png=1", NULL);
    CSV("id;Category ;Image\r\n9;dog;2.png\r\n8; cat ;1.png\r\n", "cat dog", "2.png=1 1.png=0",
        NULL);
    CSV("class_name\tlabel\tpath\ndog\t1\t2.png\ncat\t0\t./1.png\n", "0 1", "2.png=1 1.png=0",
        NULL);
    CSV("2.png,dog\n1.png,cat\n", "cat dog", "2.png=1 1.png=0", NULL);
    CSV("2.png;1\n1.png;0\n", "0 1", "2.png=1 1.png=0", NULL);
    CSV("name,label\n\"2.png\",\"a, \"\"b\"\"\"\n1.png,a/b\n", "a%2Fb a, \"b\"", "2.png=1 1.png=0",
        NULL);
}

static void csv_columns_of_classes(void **state) {
    (void)state;
    CSV("file,dog,cat\n1.png,0.25,0.75\n2.png,1,0\n", "dog cat", "1.png=1 2.png=0",
        "[0.25 0.75] [1 0]");
    CSV("dog,file,cat\n1,1.png,1\n0,2.png,1\n", "dog cat", "1.png=0 2.png=1", "[1 1] [0 1]");
    CSV("file,dog,cat\n1.png,0,1\n2.png,1.0,0\n", "dog cat", "1.png=1 2.png=0", NULL);
    CSV("file,dog,cat\n1.png,1,0\n2.png,0,1\n3.png,0.5,0.5\n4.png,0.25,0.75\n", "dog cat",
        "1.png=0 2.png=1 3.png=0 4.png=1", "[1 0] [0 1] [0.5 0.5] [0.25 0.75]");
    CSV("1.png,0.5,0.5,0\n2.png,0,0.25,0.75\n3.png,0,1,1\n4.png,1,1,0\n", "0 1 2",
        "1.png=0 2.png=2 3.png=1 4.png=0", "[0.5 0.5 0] [0 0.25 0.75] [0 1 1] [1 1 0]");
    CSV("1.png,0.5,0.5,0\n2.png,0,0,1\n", "0 1 2", "1.png=0 2.png=2", "[0.5 0.5 0] [0 0 1]");
}

static void json_labels(void **state) {
    (void)state;
    JSONL("{\"file_name\":\"2.png\",\"label\":2}\n{\"file_name\":\"1.png\",\"label\":0}\n", "0 1 2",
          "2.png=2 1.png=0", NULL);
    JSONL("{\"label\":\"dog\",\"file_name\":\"2.png\"}\r\n\r\n{\"file_name\":\"1.png\",\"label\":"
          "\"cat\"}",
          "cat dog", "2.png=1 1.png=0", NULL);
    JSONL("{\"file_name\":\"2.png\",\"label\":\"7\"}\n{\"file_name\":\"1.png\",\"label\":10}\n",
          "10 7", "2.png=1 1.png=0", NULL);
    JSONL(
        "{\"file_name\":\"1.png\",\"label\":[0,1,1]}\n{\"file_name\":\"2.png\",\"label\":[1,0,0]}",
        "0 1 2", "1.png=1 2.png=0", "[0 1 1] [1 0 0]");
    JSONL("{\"file_name\":\"2.png\",\"label\":-0}\n"
          "{\"file_name\":\"1.png\",\"label\":1000000000000000}\n"
          "{\"file_name\":\"3.png\",\"label\":\"x\"}\n",
          "-0 1000000000000000 x", "2.png=0 1.png=1 3.png=2", NULL);
    JSONL("\xef\xbb\xbf{\"file_name\":\"1.png\",\"soft_label\":[0.25,0.75],\"label\":0}", "0 1",
          "1.png=1", "[0.25 0.75]");
    JSONL("{\"file_name\":\"1.png\",\"label\":0,\"label_ids\":[3,1],\"label_shares\":[0.5,0.5]}\n"
          "{\"file_name\":\"2.png\",\"label_ids\":[0],\"label_shares\":[1.0]}",
          "0 1 2 3", "1.png=1 2.png=0", "[0 0.5 0 0.5] [1 0 0 0]");
    JSONL("{\"file_name\":\"1.png\",\"soft_label\":[0.0,1.0]}", "0 1", "1.png=1", NULL);
}

static void many_classes_are_numbered_in_order(void **state) {
    (void)state;
    CSV("file,label\n1.png,11\n", "00 01 02 03 04 05 06 07 08 09 10 11", "1.png=11", NULL);
}

/* --- shares --- */

/* Floats that sum to 1 as closely as floats can are not touched. */
static void shares_stay_or_are_divided(void **state) {
    (void)state;
    JSONL("{\"file_name\":\"1.png\",\"soft_label\":[0.65440536,0.0,0.3455946]}", "0 1 2", "1.png=0",
          "[0.654405355 0 0.345594615]");
    JSONL("{\"file_name\":\"1.png\",\"soft_label\":[0.3333,0.3333,0.3333]}", "0 1 2", "1.png=0",
          "[0.333333343 0.333333343 0.333333343]");
}

static void random_shares_sum_to_one(void **state) {
    (void)state;
    enum { K = 12 };
    struct rng rng = rng_for(1, 0, 0);
    for (int i = 0; i < 300; i++) {
        double share[K], sum = 0, carelessness = 1 + (rng_unit(&rng) - 0.5) / 600;
        for (int k = 0; k < K; k++)
            sum += share[k] = rng_below(&rng, 3) ? rng_unit(&rng) : 0;
        if (sum == 0)
            continue;
        struct text text = {0};
        for (int k = 0; k < K; k++)
            text_format(&text, "%s%.9f", k ? "," : "{\"file_name\":\"1.png\",\"label\":[",
                        share[k] / sum * carelessness);
        text_string(&text, "]}\n");
        scratch_write(".", "l.jsonl", text.bytes, text.used);
        text_close(&text);
        struct opened opened = source_opened("list", listed("l.jsonl"));
        if (opened.result < 0)
            fail_msg("%s", opened.err.text);
        float row[K];
        double total = 0;
        opened.source->soft_label(opened.state, 0, NULL, row, &opened.err);
        for (int k = 0; k < K; k++) {
            assert_near("share", (double)row[k], share[k] / sum, 1e-6);
            total += (double)row[k];
        }
        assert_near("sum", total, 1, 12e-6);
        close_input(&opened);
    }
}

/* --- names of classes --- */

static void a_file_orders_the_classes(void **state) {
    (void)state;
    struct input input = listed("l.csv");
    input.classes = "names";
    scratch_text("names", "dog\nbird\ncat\n");
    scratch_text("l.csv", "file,label\n1.png,cat\n2.png,dog\n");
    check(input, "dog bird cat", "1.png=2 2.png=0", NULL);
    scratch_text("l.csv", "file,label\n1.png,1\n2.png,0\n");
    check(input, "dog bird cat", "1.png=1 2.png=0", NULL);
    scratch_text("l.csv", "file,cat,dog\n1.png,1,0\n2.png,0.5,0.5\n3.png,0.75,0.25\n");
    check(input, "dog bird cat", "1.png=2 2.png=0 3.png=2", "[0 0 1] [0.5 0 0.5] [0.25 0 0.75]");
    scratch_text("l.csv", "1.png,1,0,0\n2.png,0,0,1\n");
    check(input, "dog bird cat", "1.png=0 2.png=2", NULL);
}

static void classes_that_the_file_does_not_name(void **state) {
    (void)state;
    struct input input = listed("l.csv");
    input.classes = "names";
    scratch_text("names", "dog\nbird\ncat\n");
    scratch_text("l.csv", "file,label\n1.png,cat\n2.png,birds\n");
    assert_refused("list", input,
                   "l.csv: line 3: 'birds' is none of the 3 classes in names (nearest: 'bird')");
    scratch_text("l.csv", "file,label\n1.png,0\n2.png,3\n");
    assert_refused("list", input, "l.csv: line 3: 3 is no class: they are 0..2, as named in names");
    scratch_text("l.csv", "file,catt,cat\n1.png,0,1\n");
    assert_refused("list", input,
                   "l.csv: line 1: 'catt' is none of the 3 classes in names (nearest: "
                   "'cat')");
    scratch_text("l.csv", "1.png,0,1\n");
    assert_refused("list", input, "l.csv: its labels tell of 2 classes, but names names 3");
    input.labels = "l.jsonl";
    scratch_text("l.jsonl", "{\"file_name\":\"1.png\",\"label_ids\":[3],\"label_shares\":[1.0]}\n");
    assert_refused("list", input, "l.jsonl: its labels tell of 4 classes, but names names 3");
}

static void a_broken_file_of_classes(void **state) {
    (void)state;
    struct input input = listed("l.csv");
    input.classes = "names";
    scratch_text("names", "dog\ncat\ndog\n");
    scratch_text("l.csv", "file,label\n1.png,cat\n2.png,dog\n");
    assert_refused("list", input, "names: lines 1 and 3 are both 'dog', where class names differ");
}

static void classes_txt_beside_the_list(void **state) {
    (void)state;
    scratch_text("beside/classes.txt", "dog\ncat\n");
    scratch_text("beside/l.csv", "file,label\n1.png,cat\n2.png,dog\n");
    check(listed("beside/l.csv"), "dog cat", "1.png=1 2.png=0", NULL);
}

/* --- where lists lie --- */

static void metadata_in_the_folder(void **state) {
    (void)state;
    char *paths[] = {"meta", NULL};
    scratch_picture("meta/sub/1.png", 1);
    assert_false(source_called("list")->probe("meta"));
    scratch_text("meta/metadata.csv", "file_name,label\nsub/1.png,x\n");
    assert_true(source_called("list")->probe("meta"));
    check(folder(paths), "x", "sub/1.png=0", NULL);
    scratch_text("meta/metadata.jsonl", "{\"file_name\":\"sub//./1.png\",\"label\":\"y\"}\n");
    assert_refused("list", folder(paths),
                   "meta: holds metadata.jsonl and metadata.csv: say which with --labels");
    remove("meta/metadata.csv");
    check(folder(paths), "y", "sub/1.png=0", NULL);
}

static void metadata_in_splits(void **state) {
    (void)state;
    struct input input = folder((char *[]){"hf", NULL});
    scratch_picture("hf/train/1.png", 1);
    scratch_picture("hf/test/1.png", 1);
    scratch_text("hf/train/metadata.csv", "file_name,label\n1.png,0\n");
    scratch_text("hf/test/metadata.csv", "file_name,label\n1.png,1\n");
    assert_true(source_called("list")->probe("hf"));
    struct opened opened = source_opened("list", input);
    assert_samples(&opened, "train/1.png=0");
    assert_string_equal(opened.contents.note, "reading the split train of hf (also there: test; "
                                              "--split names another)");
    close_input(&opened);
    input.split = "test";
    check(input, "0 1", "test/1.png=1", NULL);
    input.split = "val";
    assert_refused("list", input, "hf: no split 'val'; there: test, train");
    scratch_text("hf/test/metadata.csv", "file_name,label\n1.png,1\n./1.png,1\n");
    input.split = "test";
    assert_refused("list", input,
                   "hf/test/metadata.csv: line 3: '1.png' was named before, in line 2");
}

static void outputs_are_inputs(void **state) {
    (void)state;
    struct input input = folder((char *[]){"out", NULL});
    scratch_picture("out/train/dog/000000000.png", 1);
    scratch_picture("out/extra/1.png", 1);
    scratch_text("out/dataset.json", "{\n\t\"mixsmith\":\t\"0.1.0\"\n}\n");
    scratch_text("out/classes.txt", "ant\ndog\n");
    scratch_text("out/train/metadata.jsonl",
                 "{\"file_name\":\"dog/000000000.png\",\"label\":1,\"soft_label\":[0.29,0.71],"
                 "\"id\":0,\"mixer\":\"cutmix\",\"source_ids\":[1,0]}\n");
    assert_true(source_called("list")->probe("out"));
    check(input, "ant dog", "train/dog/000000000.png=1", "[0.289999992 0.709999979]");
    input.split = "train";
    check(input, "ant dog", "train/dog/000000000.png=1", "[0.289999992 0.709999979]");
}

static void detection(void **state) {
    (void)state;
    struct err err;
    assert_string_equal(source_detect("p", "l.csv", &err)->name, "list");
    assert_string_equal(source_detect("p", "l.jsonl", &err)->name, "list");
    assert_string_equal(source_detect("p", "l.npy", &err)->name, "folder");
    assert_string_equal(source_detect("p", NULL, &err)->name, "folder");
}

static void several_lists_are_united_by_name(void **state) {
    (void)state;
    scratch_text("p/metadata.csv", "file_name,label\n1.png,cat\n2.png,dog\n");
    scratch_text("q/metadata.csv", "file_name,label\n1.png,dog\n2.png,bird\n");
    check(folder(two), "bird cat dog", "1.png=1 2.png=2 1.png=2 2.png=0", NULL);
    scratch_text("q/metadata.csv", "file_name,zebra,cat\n1.png,0.5,0.5\n");
    check(folder(two), "zebra cat dog", "1.png=1 2.png=2 1.png=0", "[0 1 0] [0 0 1] [0.5 0.5 0]");
    scratch_text("q/metadata.csv", "file_name,label\n1.png,4\n");
    assert_refused("list", folder(two),
                   "q/metadata.csv: its classes are numbers, while those of p/metadata.csv are "
                   "names; name them with --classes");
    scratch_text("p/metadata.csv", "1.png,0,1,0\n");
    assert_refused("list", folder(two),
                   "p/metadata.csv: its labels are rows of 3 numbers, but "
                   "other labels have 5");
    scratch_text("q/metadata.csv", "file_name,label\n1.png,2\n");
    check(folder(two), "0 1 2", "1.png=1 1.png=2", NULL);
    remove("p/metadata.csv");
    remove("q/metadata.csv");
}

/* --- long lists --- */

enum { MANY = 60000 };

/* A list of some pieces: head, rows, and what comes last. */
static void write_many(const char *name, const char *head, const char *format, const char *last) {
    struct text text = {0};
    text_string(&text, head);
    for (int i = 0; i < MANY; i++)
        text_format(&text, format, i, i % 7);
    text_string(&text, last);
    scratch_write(".", name, text.bytes, text.used);
    text_close(&text);
}

/* name: of files, as format has it. */
static void check_many(const char *list, const char *head, const char *format, const char *name) {
    struct input input = listed(list);
    struct text path = {0};
    char expected[64];
    write_many(list, head, format, "");
    input.as_stored = true;
    struct opened opened = source_opened("list", input);
    if (opened.result < 0)
        fail_msg("%s", opened.err.text);
    assert_int_equal(opened.contents.n, MANY);
    for (int i = 0; i < MANY; i++) {
        snprintf(expected, sizeof expected, name, i);
        path.used = 0;
        opened.source->origin(opened.state, (uint32_t)i, &path);
        assert_string_equal(text_terminate(&path), expected);
        assert_int_equal(opened.contents.label[i], i % 7);
    }
    text_close(&path);
    close_input(&opened);
}

static void lists_of_many_rows(void **state) {
    (void)state;
    check_many("l.csv", "file,label,x\r\n", "\"a\n%d.png\",%d,x\r\n", "a\n%d.png");
    check_many("l.csv", "file;label\n", "%d.png;%d\n\n", "%d.png");
    check_many("l.jsonl", "", "{\"file_name\":\"%d.png\",\"label\":%d}\n", "%d.png");
    check_many("unnamed", "", "{\"file_name\":\"%d.png\",\"label\":%d}\r\n\n", "%d.png");
}

static void late_rows_are_refused_with_their_lines(void **state) {
    (void)state;
    write_many("l.csv", "file,label\n", "%d.png,%d\n\n", "7.png,0\n");
    assert_refused("list", listed("l.csv"),
                   "l.csv: line 120002: '7.png' was named before, in line 16");
    write_many("l.csv", "file,label\n", "%d.png,%d\n", "\"\n\n");
    assert_refused("list", listed("l.csv"),
                   "l.csv: line 60002: field 1 begins with a quote, and none ends it");
    write_many("l.jsonl", "", "{\"file_name\":\"%d.png\",\"label\":%d}\n", "{}");
    assert_refused("list", listed("l.jsonl"), "l.jsonl: line 60001: no file_name");
    write_many("l.jsonl", "", "{\"file_name\":\"%d.png\",\"label\":%d}\n", "\n\n[");
    assert_refused("list", listed("l.jsonl"),
                   "l.jsonl: line 60003: not JSON; one object a line is expected");
}

static void pictures_are_read(void **state) {
    (void)state;
    struct arena arena = {0};
    struct raw raw;
    uint8_t pixels[4];
    scratch_text("l.csv", "file,label\n3.png,x\n1.png,y\n");
    struct opened opened = source_opened("list", listed("l.csv"));
    for (uint32_t i = 0; i < 2; i++) {
        const struct source *source = opened.source;
        assert_int_equal(source->read(opened.state, i, &arena, &raw, &opened.err), 0);
        assert_int_equal(source->decode(opened.state, i, &raw, &arena, pixels, &opened.err), 0);
        assert_int_equal(pixels[3], i == 0 ? 120 : 40);
    }
    arena_close(&arena);
    close_input(&opened);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_names_and_numbers),
        cmocka_unit_test(csv_columns_of_classes),
        cmocka_unit_test(json_labels),
        cmocka_unit_test(many_classes_are_numbered_in_order),
        cmocka_unit_test(shares_stay_or_are_divided),
        cmocka_unit_test(random_shares_sum_to_one),
        cmocka_unit_test(a_file_orders_the_classes),
        cmocka_unit_test(classes_that_the_file_does_not_name),
        cmocka_unit_test(a_broken_file_of_classes),
        cmocka_unit_test(classes_txt_beside_the_list),
        cmocka_unit_test(metadata_in_the_folder),
        cmocka_unit_test(metadata_in_splits),
        cmocka_unit_test(outputs_are_inputs),
        cmocka_unit_test(detection),
        cmocka_unit_test(several_lists_are_united_by_name),
        cmocka_unit_test(lists_of_many_rows),
        cmocka_unit_test(late_rows_are_refused_with_their_lines),
        cmocka_unit_test(pictures_are_read),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}

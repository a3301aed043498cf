/* Lists: every form of label means what it says, what is wrong is refused with its line, and no
 * bytes of a list do harm. */
#include "picture_scratch.h"

static char *pictures[] = {"p", NULL}, *two[] = {"p", "q", NULL};

static struct input listed(const char *labels) {
    return (struct input){.paths = pictures, .n_paths = 1, .labels = labels};
}

static struct input folder(char **paths) {
    struct input input = {.paths = paths};
    while (input.paths[input.n_paths])
        input.n_paths++;
    return input;
}

static int set_up(void **state) {
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

static int tear_down(void **state) {
    (void)state;
    scratch_leave();
    return 0;
}

/* "[0.5 0 0.5] …" */
static void assert_soft(const struct opened *opened, const char *expected) {
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
static void check(struct input input, const char *classes, const char *samples, const char *soft) {
    struct opened opened = source_opened("list", input);
    assert_classes(&opened, classes);
    assert_samples(&opened, samples);
    if (soft)
        assert_soft(&opened, soft);
    else
        assert_false(opened.contents.soft);
    close_input(&opened);
}

static void check_list(const char *name, const char *text, const char *classes, const char *samples,
                       const char *soft) {
    scratch_text(name, text);
    check(listed(name), classes, samples, soft);
}

#define CSV(...)   check_list("l.csv", __VA_ARGS__)
#define JSONL(...) check_list("l.jsonl", __VA_ARGS__)

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
    scratch_text("l.csv", "file,cat,dog\n1.png,1,0\n2.png,0.5,0.5\n");
    check(input, "dog bird cat", "1.png=2 2.png=0", "[0 0 1] [0.5 0 0.5]");
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
    scratch_text("l.csv", "file,ant,cat\n1.png,0,1\n");
    assert_refused("list", input,
                   "l.csv: line 1: 'ant' is none of the 3 classes in names (nearest: "
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

/* --- what is refused --- */

static void refused(const char *name, const char *text, const char *message) {
    char whole[1024];
    scratch_text(name, text);
    snprintf(whole, sizeof whole, "%s: %s", name, message);
    assert_refused("list", listed(name), whole);
}

static void broken_csv(void **state) {
    (void)state;
    const char *l = "l.csv";
    refused(l, "", "names no pictures");
    refused(l, "file_name,label\n", "names no pictures");
    refused(l, "file_name\n1.png\n", "line 1: one column only: file names and labels are expected");
    refused(l, "picture,label\n1.png,0\n",
            "line 1: no column is called file_name; nor is 'picture' a file in p, as it would be "
            "without headings");
    refused(l, "file,label\n1.png,0\n2.png\n", "line 3 has 1 fields, while line 1 has 2");
    refused(l, "file,label\n1.png,\n", "line 2: '1.png' has no label");
    refused(l, "file,label\n1.png,-1\n", "line 2: -1 is no class: they are 0..1048575");
    refused(l, "file,label\n1.png,99999999999999999999999\n",
            "line 2: 99999999999999999999999 is no class: they are 0..1048575");
    refused(l, "file,label\n1.png,0\n./1.png,1\n", "line 3: '1.png' was named before, in line 2");
    refused(l, "file,label\n/1.png,0\n",
            "line 2: file name '/1.png' is absolute; file names are relative to the folder of the "
            "pictures");
    refused(l, "file,label\na/../1.png,0\n",
            "line 2: file name 'a/../1.png' holds '..'; pictures must lie in the folder of the "
            "input");
    refused(l, "file,label\n./,0\n", "line 2: file name './' is empty");
    refused(l, "file,a,a\n1.png,0,1\n", "line 1: two columns are called 'a'");
    refused(l, "file,,a\n1.png,0,1\n",
            "line 1: column 2 has no heading; where no column is called label, each is a class");
    refused(l, "file,a,b\n1.png,0,x\n", "line 2: 'x' in column 3 is no number");
    refused(l, "file,a,b\n1.png,0,nan\n", "line 2: 'nan' in column 3 is no number");
    refused(l, "file,a,b\n1.png,0,1e999\n", "line 2: '1e999' in column 3 is no number");
    refused(l, "file,a,b\n1.png,0,1e99\n",
            "line 2: the label sums to 1e+99, where a soft label sums to 1 or, with several "
            "classes, has entries of up to 1 that sum to more");
    refused(l, "file,a,b\n1.png,-0.5,1.5\n",
            "line 2: the label has -0.5 in column 0, where a soft label has numbers from 0 to 1");
    refused(l, "file,a,b\n1.png,0,0\n", "line 2: the label is all zeros, which is no label");
    refused(l, "file,a,b\n\n1.png,0.2,0.7\n",
            "line 3: the label sums to 0.9, where a soft label sums to 1 or, with several classes, "
            "has entries of up to 1 that sum to more");
    refused(l, "file,label\n1.png,\"a\n", "line 2: field 2 begins with a quote, and none ends it");
}

#define ROW(label) "{\"file_name\":\"1.png\"," label "}\n"

static void broken_json(void **state) {
    (void)state;
    const char *l = "l.jsonl";
    refused(l, "\n\n", "names no pictures");
    refused(l, "\n[1]\n", "line 2: not a JSON object; one a line is expected");
    refused(
        l, ROW("\"label\":0") "{\"file_name\":", "line 2: not JSON; one object a line is expected");
    refused(l, "{\"file_name\":\"1.png\",\"label\":0} {}\n",
            "line 1: not JSON; one object a line is expected");
    refused(l, "{\"File_name\":\"1.png\",\"label\":0}", "line 1: no file_name");
    refused(l, "{\"file_name\":1,\"label\":0}", "line 1: no file_name");
    refused(l, ROW("\"labels\":0"), "line 1: no label");
    refused(l, ROW("\"label\":null"), "line 1: label is neither a number, a name nor a list");
    refused(l, ROW("\"label\":true"), "line 1: label is neither a number, a name nor a list");
    refused(l, ROW("\"label\":1.5"), "line 1: label 1.5 is no whole number");
    refused(l, ROW("\"label\":1e400"), "line 1: label inf is no whole number");
    refused(l, ROW("\"label\":-1"), "line 1: -1 is no class: they are 0..1048575");
    refused(l, ROW("\"label\":\"\""), "line 1: '1.png' has no label");
    refused(l, ROW("\"label\":[]"), "line 1: the label is all zeros, which is no label");
    refused(l, ROW("\"label\":[0,\"x\"]"), "line 1: entry 1 of label is no finite number");
    refused(l, ROW("\"label\":[0,1e400]"), "line 1: entry 1 of label is no finite number");
    refused(l, ROW("\"soft_label\":null,\"label\":0"), "line 1: soft_label is no list of numbers");
    refused(l, ROW("\"label_ids\":[0,1],\"label_shares\":[1.0]"),
            "line 1: label_ids and label_shares are not two lists of one length");
    refused(l, ROW("\"label_ids\":[1,1],\"label_shares\":[0.5,0.5]"),
            "line 1: class 1 is named twice");
    refused(l, ROW("\"label_ids\":[1048576],\"label_shares\":[1.0]"),
            "line 1: 1048576 is no class: classes are 0..1048575");
    refused(l, ROW("\"label_ids\":[0.5],\"label_shares\":[1.0]"),
            "line 1: 0.5 is no class: classes are 0..1048575");
    refused(l, ROW("\"label\":0") ROW("\"label\":0"),
            "line 2: '1.png' was named before, in line 1");
    refused(l, ROW("\"label\":[1,0]") "{\"file_name\":\"2.png\",\"label\":[1,0,0]}",
            "line 2: the label has 3 numbers, while in line 1 it has 2");
    refused(l, ROW("\"label\":[1,0]") "{\"file_name\":\"2.png\",\"label\":1}",
            "line 2: the label is a name or a number, while in line 1 it is a row of numbers");
    refused(l, ROW("\"label\":\"a\\u0000b\""),
            "line 1: a zero byte; JSON lines are expected as UTF-8 text");
    refused(l, "{\"file_name\":\"../1.png\",\"label\":0}",
            "line 1: file name '../1.png' holds '..'; pictures must lie in the folder of the "
            "input");
    JSONL(ROW("\"label\":\"a\\\\u0000b\""), "a\\u0000b", "1.png=0", NULL);
}

static void inputs_without_a_list(void **state) {
    (void)state;
    struct input input = listed("l.csv");
    assert_refused("list", folder((char *[]){"p", NULL}),
                   "p: no list of labels there: give --labels FILE, or put a metadata.jsonl or "
                   "metadata.csv into the folder");
    assert_refused("list", folder((char *[]){"p/1.png", NULL}),
                   "p/1.png: not a folder: give that of the pictures, and the list with --labels");
    assert_refused("list", listed("nowhere"), "nowhere: No such file or directory");
    assert_refused("list", listed("p"), "p: not a regular file");
    scratch_text("vast", "");
    assert_int_equal(truncate("vast", (off_t)1 << 40), 0);
    assert_refused("list", listed("vast"),
                   "vast: 1099511627776 bytes: lists are read up to 17179869184");
    input.split = "train";
    assert_refused("list", input,
                   "--split train: the list l.csv says which pictures are read; "
                   "leave out --split");
    input = (struct input){.paths = two, .n_paths = 2, .labels = "l.csv"};
    assert_refused("list", input,
                   "--labels l.csv: a list of its own for each of 2 inputs is not possible; put "
                   "each into its folder as metadata.csv or metadata.jsonl");
}

/* Files that are not there are failures, as pictures that cannot be decoded are. */
static void missing_pictures_are_left_out(void **state) {
    (void)state;
    scratch_text("p/not.png", "not");
    scratch_text("l.csv", "file,label\nnowhere.png,x\n1.png,y\nnot.png,z\n");
    struct opened opened = source_opened("list", listed("l.csv"));
    assert_classes(&opened, "x y z");
    assert_int_equal(opened.contents.n, 3);
    assert_int_equal(opened.contents.n_failures, 2);
    assert_memory_equal(opened.contents.unusable, "\1\0\1", 3);
    assert_string_equal(opened.contents.failures[0].reason,
                        "p/nowhere.png: No such file or directory");
    assert_string_equal(opened.contents.failures[1].reason,
                        "p/not.png: neither PNG, JPEG nor BMP (3 bytes)");
    close_input(&opened);
    scratch_text("l.csv", "file,label\nnowhere.png,x\n");
    assert_refused("list", listed("l.csv"),
                   "p: none of 1 files is a picture that can be read; the first: p/nowhere.png: No "
                   "such file or directory");
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

/* --- hostile bytes --- */

/* Whatever was opened keeps the promises of source.h; what was not says where. */
static bool is_sound(const char *name, const char *bytes, size_t n) {
    scratch_write(".", name, bytes, n);
    struct opened opened = source_opened("list", listed(name));
    const struct contents *contents = &opened.contents;
    if (opened.result < 0 && strncmp(opened.err.text, name, strlen(name)) != 0)
        assert_contains(opened.err.text, "is a picture that can be read");
    float *row = must_calloc((size_t)contents->n_classes, sizeof *row);
    for (uint32_t i = 0; opened.result == 0 && i < contents->n; i++) {
        double sum = 0;
        bool ones = true;
        int argmax = 0;
        assert_in_range(contents->label[i], 0, contents->n_classes - 1);
        opened.source->soft_label(opened.state, i, NULL, row, &opened.err);
        for (int k = 0; k < contents->n_classes; k++) {
            assert_true(row[k] >= 0 && row[k] <= 1);
            sum += (double)row[k];
            ones &= row[k] == 0 || row[k] == 1;
            argmax = row[k] > row[argmax] ? k : argmax;
        }
        assert_true(sum > 1 - 1e-5);
        assert_int_equal(contents->label[i], argmax);
        assert_true(contents->soft || (ones && sum == 1));
    }
    bool ok = opened.result == 0;
    free(row);
    close_input(&opened);
    return ok;
}

static const char *const LISTS[][2] = {
    {"l.csv", "file_name,label\n1.png,cat\n\"2.png\",\"d\"\"og\"\n3.png,3\n"},
    {"l.csv", "1.png;0\r\n2.png;1\r\n3.png;12\r\n"},
    {"l.csv", "file,a,b\n1.png,0.25,0.75\n2.png,1,1\n3.png,0,1\n"},
    {"l.jsonl", ROW("\"label\":3") "{\"file_name\":\"2.png\",\"label\":\"x\"}\n"},
    {"l.jsonl",
     ROW("\"soft_label\":[0.25,0.75]") "{\"file_name\":\"2.png\",\"label\":[1,1],\"id\":7}\n"},
    {"l.jsonl", ROW("\"label_ids\":[0,2],\"label_shares\":[0.5,0.5]") //
     "{\"file_name\":\"2.png\",\"label_ids\":[1],\"label_shares\":[1.0]}\n"},
};
enum { N_LISTS = sizeof LISTS / sizeof *LISTS };

static void lists_cut_short(void **state) {
    (void)state;
    for (int i = 0; i < N_LISTS; i++) {
        const char *text = LISTS[i][1];
        for (size_t n = 0; n <= strlen(text); n++) {
            bool ok = is_sound(LISTS[i][0], text, n), json = strchr(text, '{') != NULL;
            bool whole = n > 0 && (text[n] == 0 || text[n] == '\n' || text[n - 1] == '\n');
            if (json)
                assert_int_equal(ok, whole);
        }
        assert_true(is_sound(LISTS[i][0], text, strlen(text)));
    }
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
        cmocka_unit_test(broken_csv),
        cmocka_unit_test(broken_json),
        cmocka_unit_test(inputs_without_a_list),
        cmocka_unit_test(missing_pictures_are_left_out),
        cmocka_unit_test(pictures_are_read),
        cmocka_unit_test(lists_cut_short),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}

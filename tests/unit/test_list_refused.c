/* Lists: what is wrong is refused with its line, and no bytes of a list do harm. */
#include "list_scratch.h"

#define ROW(label) "{\"file_name\":\"1.png\"," label "}\n"

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
    refused(l, "file,label\n1.png,0\n2.png\n", "line 3 has 1 field, while line 1 has 2");
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
                   "p: none of 1 file is a picture that can be read; the first: p/nowhere.png: No "
                   "such file or directory");
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
        cmocka_unit_test(broken_csv),
        cmocka_unit_test(broken_json),
        cmocka_unit_test(inputs_without_a_list),
        cmocka_unit_test(missing_pictures_are_left_out),
        cmocka_unit_test(lists_cut_short),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}

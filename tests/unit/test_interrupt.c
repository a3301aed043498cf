/* Whatever goes through an input ends at the next look once a signal has come. */
#include "base/interrupt.h"
#include "engine/order.h"
#include "formats/json_file.h"
#include "sources/archives/tar_walk.h"
#include "sources/labelling.h"
#include "sources/lists/list_csv.h"
#include "sources/lists/list_jsonl.h"
#include "sources/pictures/class_tree.h"
#include "sources/pictures/headers.h"

#include <signal.h>

#include "scratch.h"
#include "support.h"

static char *folder; // of one array with its labels

/* The signal is there from now on. */
static int interrupt(void **state) {
    (void)state;
    struct err err;
    folder = scratch_open();
    scratch_npy(folder, "images.npy", "|u1", "(2, 3)", "abcdef", 6);
    scratch_npy(folder, "labels.npy", "|u1", "(2,)", "\0\1", 2);
    signal(SIGINT, SIG_DFL); // a shell may have its background ignore it
    interrupt_catch();
    assert_int_equal(interrupt_check(&err), 0);
    raise(SIGINT);
    assert_int_equal(interrupted(), SIGINT);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    scratch_remove(folder, "images.npy");
    scratch_remove(folder, "labels.npy");
    rmdir(folder);
    free(folder);
    return 0;
}

/* --- listings, each -1 and "interrupted" --- */

static int list_folder(struct err *err) {
    char **names;
    size_t n;
    return folder_names(folder, &names, &n, err);
}

/* A list of one row. */
static int read_list(const char *name, const char *text, bool jsonl, struct err *err) {
    char *path = path_join(folder, name);
    struct path_list files = {0};
    struct list_rows rows;
    struct pieces list;
    struct pool *pool = pool_open(2, err);
    scratch_write(folder, name, text, strlen(text));
    assert_int_equal(pieces_open(&list, path, err), 0);
    list_rows_open(&rows, name, &files, 0, NULL);
    int result =
        jsonl ? list_jsonl_read(&rows, &list, pool, err) : list_csv_read(&rows, &list, folder, err);
    list_rows_close(&rows);
    pieces_close(&list);
    pool_close(pool);
    path_list_close(&files);
    scratch_remove(folder, name);
    free(path);
    return result;
}

static int list_csv(struct err *err) {
    return read_list("l.csv", "file_name,label\na.png,cat\n", false, err);
}

static int list_jsonl(struct err *err) {
    return read_list("l.jsonl", "{\"file_name\":\"a.png\",\"label\":1}\n", true, err);
}

static int take_nothing(void *data, const cJSON *row, struct err *err) {
    (void)data, (void)row, (void)err;
    fail_msg("a row is taken");
    return 0;
}

static int read_json_rows(struct err *err) {
    return json_file_rows("tests/data/README", take_nothing, NULL, NULL, err); // some lines
}

static int walk_tar(struct err *err) {
    uint64_t size;
    int fd = file_open("tests/data/good-tar-ustar.tar", &size, err);
    struct tar_bytes bytes;
    struct tar_walk walk;
    tar_bytes_file(&bytes, "good-tar-ustar.tar", fd, size);
    tar_walk_open(&walk, &bytes);
    int result = tar_walk_next(&walk, err);
    tar_walk_close(&walk);
    close(fd);
    return result;
}

static int list_classes(struct err *err) {
    char *roots[] = {"sample_data/pictures"};
    struct path_list files = {.roots = roots, .n_roots = 1};
    struct input input = input_of(roots, 1);
    struct class_tree tree = {0};
    struct text note = {0};
    int result = class_tree_open(&tree, &input, &files, &note, err);
    class_tree_close(&tree);
    path_list_close(&files);
    text_close(&note);
    return result;
}

static int read_nothing(const void *data, uint32_t file, size_t most, struct arena *arena,
                        uint8_t **bytes, size_t *size, struct err *err) {
    (void)data, (void)file, (void)most, (void)arena, (void)bytes, (void)size, (void)err;
    fail_msg("a file is read");
    return -1;
}

static int look_at_headers(struct err *err) {
    struct header_files files = {.n = 1000, .read = read_nothing};
    struct header_rules rules = {1 << 20, true};
    struct headers found;
    uint8_t unusable[1000] = {0};
    struct pool *pool = pool_open(2, err);
    int result = headers_scan(&files, &rules, pool, unusable, &found, err);
    pool_close(pool);
    assert_int_equal(found.n_failures, 0);
    return result;
}

static int check_labels(struct err *err) {
    struct input input = input_of(&folder, 1);
    struct opened opened = open_input("npy", &input);
    *err = opened.err;
    int result = opened.result;
    close_input(&opened);
    return result;
}

static int read_no_record(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                          struct err *err) {
    (void)state, (void)sample, (void)arena, (void)raw, (void)err;
    fail_msg("a record is read");
    return -1;
}

static int label_nothing(const void *state, uint32_t sample, const struct raw *raw, int *label,
                         struct err *err) {
    (void)state, (void)sample, (void)raw, (void)label, (void)err;
    return -1;
}

static int complete_labels(struct err *err) {
    struct source source = {.read = read_no_record, .label = label_nothing};
    int label[1000];
    for (int i = 0; i < 1000; i++)
        label[i] = LABEL_IN_RECORD;
    struct contents contents = {.n = 1000, .label = label};
    struct pool *pool = pool_open(2, err);
    int result = labelling_complete(&source, NULL, pool, &contents, NULL, err);
    pool_close(pool);
    return result;
}

static int shuffle_pass(struct err *err) {
    struct order order = {.batch = 1, .passes = 1, .limit = ENDLESS};
    struct place place;
    uint32_t source;
    int n;
    order_window(&order, NULL, 2);
    int result = order_next(&order, &place, &source, &n, NULL, err);
    order_close(&order);
    return result;
}

static void every_listing_ends(void **state) {
    (void)state;
    int (*const listings[])(struct err *) = {
        list_folder,  list_csv,        list_jsonl,   read_json_rows,  walk_tar,
        list_classes, look_at_headers, check_labels, complete_labels, shuffle_pass};
    for (size_t i = 0; i < sizeof listings / sizeof *listings; i++) {
        struct err err = {.text = "nothing"};
        assert_int_equal(listings[i](&err), -1);
        assert_string_equal(err.text, "interrupted");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_listing_ends),
    };
    return cmocka_run_group_tests(tests, interrupt, remove_folder);
}

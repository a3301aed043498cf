/* Class folders: which are classes, which are splits, and in what order classes stand. */
#include "picture_scratch.h"

static struct input of(char **paths) {
    struct input input = {.paths = paths};
    while (input.paths[input.n_paths])
        input.n_paths++;
    return input;
}

static struct input one(char **paths, const char *split, const char *classes) {
    struct input input = of(paths);
    input.split = split;
    input.classes = classes;
    return input;
}

static char *photos[] = {"photos", NULL}, *splits[] = {"splits", NULL}, *named[] = {"named", NULL},
            *other[] = {"other", NULL}, *both[] = {"photos", "splits", NULL};

static int set_up(void **state) {
    (void)state;
    scratch_enter();
    scratch_picture("photos/dog/1.png", 1);
    scratch_picture("photos/cat/a/2.png", 2);
    scratch_picture("photos/cat-2/3.png", 3);
    scratch_picture("splits/train/dog/1.png", 1);
    scratch_picture("splits/train/cat/1.png", 2);
    scratch_picture("splits/Test/dog/1.png", 3);
    scratch_picture("splits/val/cat/1.png", 4);
    scratch_text("splits/README", "");
    scratch_picture("named/train/1.png", 1); // classes that are called as splits are
    scratch_picture("named/test/1.png", 2);
    scratch_picture("other/validation/dog/1.png", 1);
    scratch_picture("other/test/dog/1.png", 1);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    scratch_leave();
    return 0;
}

static void check(struct input input, const char *classes, const char *samples, const char *note) {
    struct opened opened = source_opened("folder", input);
    assert_classes(&opened, classes);
    assert_samples(&opened, samples);
    assert_string_equal(opened.contents.note ? opened.contents.note : "", note);
    assert_false(opened.contents.soft);
    close_input(&opened);
}

static void folders_are_classes(void **state) {
    (void)state;
    check(of(photos), "cat cat-2 dog", "cat-2/3.png=1 cat/a/2.png=0 dog/1.png=2", "");
    check(of(named), "test train", "test/1.png=0 train/1.png=1", "");
}

static void train_is_read_unless_another_split_is_named(void **state) {
    (void)state;
    check(of(splits), "cat dog", "train/cat/1.png=0 train/dog/1.png=1",
          "reading the split train of splits (also there: Test, val; --split names another)");
    check(one(splits, "train", NULL), "cat dog", "train/cat/1.png=0 train/dog/1.png=1", "");
    check(one(splits, "training", NULL), "cat dog", "train/cat/1.png=0 train/dog/1.png=1", "");
    check(one(splits, "test", NULL), "dog", "Test/dog/1.png=0", "");
    check(one(splits, "validation", NULL), "cat", "val/cat/1.png=0", "");
}

static void several_inputs_are_one_data_set(void **state) {
    (void)state;
    check(of(both), "cat cat-2 dog",
          "cat-2/3.png=1 cat/a/2.png=0 dog/1.png=2 train/cat/1.png=0 train/dog/1.png=2",
          "reading the split train of splits (also there: Test, val; --split names another)");
}

static void splits_that_are_not_there_are_refused(void **state) {
    (void)state;
    assert_refused("folder", one(splits, "eval", NULL),
                   "splits: no split 'eval'; there: Test, train, val");
    assert_refused("folder", one(splits, "xyz", NULL),
                   "splits: no split 'xyz'; there: Test, train, val");
    assert_refused("folder", of(other),
                   "other: no split train; name the one to read with --split (there: test, "
                   "validation)");
    assert_refused("folder", one(photos, "train", NULL),
                   "photos: no split 'train', as there are no splits (folders called train, val, "
                   "test); leave out --split");
    assert_refused("folder", one(named, "train", NULL),
                   "named: no split 'train', as there are no splits (folders called train, val, "
                   "test); leave out --split");
}

static void a_file_orders_the_classes(void **state) {
    (void)state;
    scratch_text("names", "dog\nbird\ncat-2\ncat\n");
    check(one(photos, NULL, "names"), "dog bird cat-2 cat",
          "cat-2/3.png=2 cat/a/2.png=3 dog/1.png=0", "");
    scratch_text("names", "dogs\ncat\ncat-2\n");
    assert_refused("folder", one(photos, NULL, "names"),
                   "names: does not name the class folder 'dog' (nearest: 'dogs')");
    scratch_text("names", "dog\ncat\ndog\n");
    assert_refused("folder", one(photos, NULL, "names"),
                   "names: lines 1 and 3 are both 'dog', where class names differ");
    assert_refused("folder", one(photos, NULL, "nowhere"), "nowhere: No such file or directory");
}

static void empty_classes_need_a_name(void **state) {
    (void)state;
    scratch_picture("empty/cat/1.png", 1);
    mkdir("empty/dog", 0777);
    assert_refused("folder", of((char *[]){"empty", NULL}),
                   "empty/dog: class 'dog' has no pictures; put some there or remove the folder");
    scratch_text("names", "dog\ncat\n");
    check(one((char *[]){"empty", NULL}, NULL, "names"), "dog cat", "cat/1.png=1", "");
}

static void labels_belong_to_lists(void **state) {
    (void)state;
    struct input input = of(photos);
    input.labels = "x.npy";
    assert_refused("folder", input,
                   "--labels x.npy: the labels of photos are the names of its folders; for a list "
                   "of labels give --from list");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folders_are_classes),
        cmocka_unit_test(train_is_read_unless_another_split_is_named),
        cmocka_unit_test(several_inputs_are_one_data_set),
        cmocka_unit_test(splits_that_are_not_there_are_refused),
        cmocka_unit_test(a_file_orders_the_classes),
        cmocka_unit_test(empty_classes_need_a_name),
        cmocka_unit_test(labels_belong_to_lists),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}

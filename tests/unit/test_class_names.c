/* Class names: lines of every ending, what is refused, and numbers in their stead. */
#include "sources/labels/class_names.h"

#include "scratch.h"
#include "support.h"

/* The names joined by '|', or what is wrong; owned by the caller. */
static char *read_text(const char *text, size_t size) {
    char *folder = scratch_open(), *path = path_join(folder, "names"), **names;
    struct text all = {0};
    struct err err;
    int n;
    scratch_write(folder, "names", text, size);
    if (class_names_read(path, &names, &n, &err) < 0) {
        text_string(&all, err.text);
    } else {
        for (int k = 0; k < n; k++)
            text_format(&all, k ? "|%s" : "%s", names[k]);
        strings_free(names, (size_t)n);
    }
    text_terminate(&all);
    free(path);
    scratch_close(folder);
    return all.bytes;
}

static void check_names(const char *text, const char *expected) {
    char *names = read_text(text, strlen(text));
    assert_string_equal(names, expected);
    free(names);
}

static void check_refused(const char *text, size_t size, const char *why) {
    char *names = read_text(text, size);
    assert_contains(names, why);
    free(names);
}

static void lines_are_names(void **state) {
    (void)state;
    check_names("cat\ndog\n", "cat|dog");
    check_names("cat\ndog", "cat|dog");
    check_names("cat\r\ndog\r\n", "cat|dog");
    check_names("cat\ndog\n\n\r\n\n", "cat|dog");
    check_names("\xEF\xBB\xBF"
                "cat\n",
                "cat");
    check_names(" a b \n.c\nd/e\nf%20\n\xff\n", " a b |%2Ec|d%2Fe|f%2520|%FF");
}

static void what_is_no_name_is_refused_by_its_line(void **state) {
    (void)state;
    check_refused("", 0, "line 1 is empty");
    check_refused("\n\n", 2, "line 1 is empty");
    check_refused("cat\n\ndog\n", 9, "line 2 is empty");
    check_refused("cat\ndog\ncat\n", 12, "lines 1 and 3 are both 'cat'");
    check_refused("cat\ndo\0g\n", 9, "zero bytes");
}

static void numbers_have_as_many_digits_as_the_last(void **state) {
    (void)state;
    static const struct {
        int n;
        const char *first, *last;
    } rows[] = {
        {1, "0", "0"}, {10, "0", "9"}, {11, "00", "10"}, {100, "00", "99"}, {101, "000", "100"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct class_names classes = {0};
        class_names_number(&classes, rows[i].n);
        assert_int_equal(classes.n, rows[i].n);
        assert_string_equal(classes.names[0], rows[i].first);
        assert_string_equal(classes.names[rows[i].n - 1], rows[i].last);
        class_names_close(&classes);
    }
}

/* The given file, else the one beside the data, else none. */
static void names_are_looked_for(void **state) {
    (void)state;
    char *folder = scratch_open(), *given = path_join(folder, "given");
    char *data = path_join(folder, "data.npy");
    struct class_names classes;
    struct err err;
    assert_int_equal(class_names_open(&classes, NULL, data, "classes.txt", &err), 0);
    assert_int_equal(classes.n, 0);
    class_names_close(&classes);
    assert_int_equal(class_names_open(&classes, given, data, "classes.txt", &err), -1);
    assert_contains(err.text, "given: No such file");
    class_names_close(&classes);
    scratch_write(folder, "classes.txt", "a\nb\n", 4);
    scratch_write(folder, "given", "c\n", 2);
    assert_int_equal(class_names_open(&classes, NULL, data, "classes.txt", &err), 0);
    assert_int_equal(classes.n, 2);
    assert_int_equal(class_names_compare(&classes, data, "classes.txt", &err), 0);
    assert_int_equal(class_names_compare(&classes, data, "given", &err), -1);
    assert_contains(err.text, "other classes than");
    class_names_close(&classes);
    assert_int_equal(class_names_open(&classes, given, data, "classes.txt", &err), 0);
    assert_string_equal(classes.names[0], "c");
    class_names_close(&classes);
    free(data);
    free(given);
    scratch_close(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_names),
        cmocka_unit_test(what_is_no_name_is_refused_by_its_line),
        cmocka_unit_test(numbers_have_as_many_digits_as_the_last),
        cmocka_unit_test(names_are_looked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

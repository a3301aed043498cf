/* Paths: their parts, however many slashes stand between and behind them. */
#include "base/files.h"

#include "support.h"

static void check(char *part, const char *expected) {
    assert_string_equal(part, expected);
    free(part);
}

static void paths_have_parts(void **state) {
    (void)state;
    const struct {
        const char *path, *trimmed, *parent, *base;
    } rows[] = {
        {"", "", ".", ""},
        {"a", "a", ".", "a"},
        {"a/", "a", ".", "a"},
        {"a/b", "a/b", "a", "b"},
        {"a//b//", "a//b", "a", "b"},
        {"a/b/c", "a/b/c", "a/b", "c"},
        {"/", "/", "/", ""},
        {"//", "/", "/", ""},
        {"/a", "/a", "/", "a"},
        {"//a/", "//a", "/", "a"},
        {"/a/b", "/a/b", "/a", "b"},
        {"./a", "./a", ".", "a"},
        {"..", "..", ".", ".."},
        {"../a.b", "../a.b", "..", "a.b"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check(path_trimmed(rows[i].path), rows[i].trimmed);
        check(path_parent(rows[i].path), rows[i].parent);
        check(path_base(rows[i].path), rows[i].base);
    }
}

static void paths_are_made_of_parts(void **state) {
    (void)state;
    check(path_join("a", "b.c"), "a/b.c");
    check(path_partial("a/b.tar"), "a/b.tar.partial");
    assert_true(ends_with("a.jsonl", ".jsonl") && ends_with("a", "a") && ends_with("a", ""));
    assert_false(ends_with("jsonl", ".jsonl") || ends_with("a.jsonl", ".json"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_have_parts),
        cmocka_unit_test(paths_are_made_of_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

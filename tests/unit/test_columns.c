/* Columns: how wide names are, and how they are shortened. */
#include "base/columns.h"

#include "support.h"

static void widths(void **state) {
    (void)state;
    assert_int_equal(columns_of(""), 0);
    assert_int_equal(columns_of("cat"), 3);
    assert_int_equal(columns_of("кошка"), 5);
    assert_int_equal(columns_of("熊猫"), 4);
    assert_int_equal(columns_of("e\u0301"), 1);
}

static void ends(void **state) {
    (void)state;
    assert_string_equal(columns_ending("abcdef", 2), "ef");
    assert_string_equal(columns_ending("abc", 3), "abc");
    assert_string_equal(columns_ending("abc", 0), "");
    assert_string_equal(columns_ending("熊猫x", 2), "x");
    assert_string_equal(columns_ending("ae\u0301b", 1), "b");
}

static void check_short(const char *string, int columns, const char *expected) {
    struct text text = {0};
    text_in_columns(&text, string, columns);
    assert_string_equal(text_terminate(&text), expected);
    assert_true(columns_of(text.bytes) <= columns);
    text_close(&text);
}

static void the_middle_is_left_out(void **state) {
    (void)state;
    check_short("abcdefghi", 9, "abcdefghi");
    check_short("abcdefghij", 9, "abcde…hij");
    check_short("熊猫熊猫熊猫", 9, "熊猫…猫");
    check_short("abc", 1, "…");
    check_short("", 1, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths),
        cmocka_unit_test(ends),
        cmocka_unit_test(the_middle_is_left_out),
    };
    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}

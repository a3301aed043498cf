/* Braces in names: what bash makes of them. */
#include "base/braces.h"
#include "base/files.h"
#include "base/text.h"

#include "support.h"

static void check(const char *pattern, const char *expected) {
    struct err err;
    struct text got = {0};
    char **names;
    size_t n;
    assert_int_equal(braces_expand(pattern, &names, &n, &err), 0);
    for (size_t i = 0; i < n; i++) {
        text_string(&got, i ? " " : "");
        text_string(&got, names[i]);
    }
    assert_string_equal(text_terminate(&got), expected);
    text_close(&got);
    strings_free(names, n);
}

static void ranges_count(void **state) {
    (void)state;
    check("t-{000..003}.tar", "t-000.tar t-001.tar t-002.tar t-003.tar");
    check("{8..11}", "8 9 10 11");
    check("{08..11}", "08 09 10 11");
    check("{8..011}", "008 009 010 011");
    check("{7..7}", "7");
    check("{0..2}", "0 1 2");
}

static void lists_are_taken_in_order(void **state) {
    (void)state;
    check("x/{train,test}-0.tar", "x/train-0.tar x/test-0.tar");
    check("{b,,a}c", "bc c ac");
    check("{a,b}{0..1}", "a0 a1 b0 b1");
    check("{a..b,c}", "a..b c");
}

static void other_braces_stand_for_themselves(void **state) {
    (void)state;
    check("plain.tar", "plain.tar");
    check("", "");
    check("{}", "{}");
    check("{a}", "{a}");
    check("{3..1}", "{3..1}");
    check("{1..}", "{1..}");
    check("{a..c}", "{a..c}");
    check("a{b", "a{b");
    check("}a{0..1}", "}a0 }a1");
    check("{x{0..1}", "{x0 {x1");
    check("{a}{0..1}", "{a}0 {a}1");
    check("{99999999999999999999..99999999999999999999}",
          "{99999999999999999999..99999999999999999999}");
}

static void too_many_names_are_refused(void **state) {
    (void)state;
    struct err err;
    char **names;
    size_t n;
    assert_int_equal(braces_expand("{0..9999999}", &names, &n, &err), -1);
    assert_contains(err.text, "more than 1048576 names");
    strings_free(names, n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_count),
        cmocka_unit_test(lists_are_taken_in_order),
        cmocka_unit_test(other_braces_stand_for_themselves),
        cmocka_unit_test(too_many_names_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

/* Progress: numbers, rates and times in few figures. */
#include "base/progress.h"

#include "support.h"

static void check_rate(double n, double seconds, const char *expected) {
    char rate[24];
    short_rate(rate, sizeof rate, n, seconds);
    assert_string_equal(rate, expected);
}

static void rates_have_figures(void **state) {
    (void)state;
    check_rate(812345, 1, "812 k/s");
    check_rate(812, 0.5, "1.62 k/s");
    check_rate(20, 2, "10/s");
    check_rate(1999, 200, "10/s");
    check_rate(7, 2, "3.5/s");
    check_rate(1, 19, "0.0526/s");
    check_rate(0, 1, "0/s");
    check_rate(1, 0, "0/s");
}

static void check_number(double number, const char *expected) {
    char text[24];
    short_number(text, sizeof text, number);
    assert_string_equal(text, expected);
}

static void numbers_have_three_figures(void **state) {
    (void)state;
    check_number(3, "3");
    check_number(999.4, "999");
    check_number(999.6, "1.00 k");
    check_number(12345, "12.3 k");
    check_number(6.02e9, "6.02 G");
}

static void check_time(double seconds, const char *expected) {
    char text[24];
    short_time(text, sizeof text, seconds);
    assert_string_equal(text, expected);
}

static void times_have_two_units(void **state) {
    (void)state;
    check_time(1.5, "1.50 s");
    check_time(59.4, "59 s");
    check_time(60, "1 min 00 s");
    check_time(3725, "1 h 02 min");
}

static void check_line(struct progress progress, const char *expected) {
    char line[200];
    progress_line(line, sizeof line, &progress, 2);
    assert_string_equal(line, expected);
}

static void lines_tell_how_far_and_how_fast(void **state) {
    (void)state;
    check_line((struct progress){"", "", 50, 100},
               "[============>           ]  50 %  50 of 100  25/s  2.00 s left");
    check_line((struct progress){"", "", 1, 2},
               "[============>           ]  50 %  1 of 2  0.5/s  2.00 s left");
    check_line((struct progress){"", "", 1200000, UINT64_MAX}, "1.20 M  600 k/s");
}

static void stages_have_names_and_units(void **state) {
    (void)state;
    check_line(
        (struct progress){"reading", "B", 120000000, 240000000},
        "reading [============>           ]  50 %  120 MB of 240 MB  60.0 MB/s  2.00 s left");
    check_line((struct progress){"reading", "B", 0, 777},
               "reading [>                       ]   0 %  0 B of 777 B  0 B/s  ? left");
    check_line((struct progress){"reading", "", 3, UINT64_MAX}, "reading 3  1.5/s");
}

static void nothing_is_told_to_nobody(void **state) {
    (void)state;
    watch_tell(NULL, (struct progress){"", "", 1, 2});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_have_figures),
        cmocka_unit_test(numbers_have_three_figures),
        cmocka_unit_test(times_have_two_units),
        cmocka_unit_test(lines_tell_how_far_and_how_fast),
        cmocka_unit_test(stages_have_names_and_units),
        cmocka_unit_test(nothing_is_told_to_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

/* Decimal numbers: the same bits as strtod's, whatever the form, and nothing else is a number. */
#include "base/decimal.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>

#include "support.h"

static void check(const char *text) {
    double number, expected = strtod(text, NULL);
    assert_int_equal(parse_number(text, &number), 0);
    if (memcmp(&number, &expected, sizeof number) != 0)
        fail_msg("%s: %a, where strtod has %a", text, number, expected);
}

static void forms(void **state) {
    (void)state;
    static const char *const numbers[] = {"0",  "-0",  "0.0", "1",    "-1.5",   "+2",    ".5",
                                          "5.", "007", "1e3", "1E-3", "2.5e+2", "1e-400"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        check(numbers[i]);
    static const char *const others[] = {"",   "-",   "+",  ".",     "-.",    "1.2.3", "--1",
                                         "1-", "1e",  "e1", "0x1",   "nan",   "inf",   " 1",
                                         "1 ", "1,5", "1f", "1e400", "-1e400"};
    double ignored;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(parse_number(others[i], &ignored), -1);
}

/* Digits on both sides of what a double holds, with a point at each place. */
static void limits(void **state) {
    (void)state;
    static const char *const digits[] = {"9007199254740991",     "9007199254740992",
                                         "9007199254740993",     "9999999999999999999",
                                         "18446744073709551615", "18446744073709551616",
                                         "00000000000000000001", "0000000000000000001"};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        for (size_t point = 0; point <= strlen(digits[i]); point++) {
            char text[32];
            snprintf(text, sizeof text, "%.*s.%s", (int)point, digits[i], digits[i] + point);
            check(text);
        }
}

static void random_numbers(void **state) {
    (void)state;
    static const char *const formats[] = {"%.*f", "%.*g", "%.*e"};
    struct rng rng = rng_for(1, 0, 0);
    char text[64];
    for (int i = 0; i < 300000; i++) {
        double number = (rng_unit(&rng) - 0.5) * pow(10, between(&rng, -6, 6));
        snprintf(text, sizeof text, formats[rng_below(&rng, 3)], between(&rng, 0, 18), number);
        check(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),
        cmocka_unit_test(limits),
        cmocka_unit_test(random_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

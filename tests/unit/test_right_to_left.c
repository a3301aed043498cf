/* Right to left: what is drawn of names in Hebrew and Arabic. */
#include "drawing/right_to_left.h"

#include "base/utf8.h"

#include "support.h"

enum { MOST = 64 };

static int decode(const char *text, uint32_t *characters) {
    int n = 0;
    while (*text)
        text += utf8_next(text, &characters[n++]);
    return n;
}

/* Both as they stand in memory. */
static void check(const char *read, const char *drawn) {
    uint32_t got[MOST], wanted[MOST];
    int n = order_for_drawing(got, decode(read, got));
    assert_int_equal(n, decode(drawn, wanted));
    for (int i = 0; i < n; i++)
        assert_int_equal(got[i], wanted[i]);
}

static void other_letters_stay(void **state) {
    (void)state;
    check("", "");
    check("a cat (12)", "a cat (12)");
    check("кошка 熊猫", "кошка 熊猫");
}

static void runs_are_turned_round(void **state) {
    (void)state;
    check("\u05d0\u05d1\u05d2", "\u05d2\u05d1\u05d0");
    check("a \u05d0\u05d1 b \u05d2\u05d3!", "a \u05d1\u05d0 b \u05d3\u05d2!");
    check("\u05d0 \u05d1", "\u05d1 \u05d0");
}

static void numbers_are_not(void **state) {
    (void)state;
    check("\u05d0 12 \u05d1", "\u05d1 12 \u05d0");
    check("\u05d0\u05d1 12", "12 \u05d1\u05d0");
    check("12 \u05d0\u05d1", "12 \u05d1\u05d0");
}

static void marks_stay_upon_their_letters(void **state) {
    (void)state;
    check("\u05d0\u05b0\u05d1", "\u05d1\u05d0\u05b0");
}

static void arabic_letters_join(void **state) {
    (void)state;
    check("\u0642\u0637\u0629", "\ufe94\ufec4\ufed7");             // cat
    check("\u0643\u0644\u0628", "\ufe90\ufee0\ufedb");             // dog
    check("\u062f\u0628", "\ufe8f\ufea9");                         // bear: dal joins none after it
    check("\u0633\u0644\u0627\u0645", "\ufee1\ufefc\ufeb3");       // lam and alef are one
    check("\u067e\u0644\u0646\u06af", "\ufb93\ufee8\ufee0\ufb58"); // Persian
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_letters_stay),  cmocka_unit_test(runs_are_turned_round),
        cmocka_unit_test(numbers_are_not),     cmocka_unit_test(marks_stay_upon_their_letters),
        cmocka_unit_test(arabic_letters_join),
    };
    return cmocka_run_group_tests_name("right_to_left", tests, NULL, NULL);
}

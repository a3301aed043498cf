/* String index: equal strings have one number, numbers follow the first appearance. */
#include "base/string_index.h"

#include <stdio.h>

#include "support.h"

static void nothing_is_found_in_an_empty_index(void **state) {
    (void)state;
    struct string_index index = {0};
    assert_int_equal(string_index_find(&index, ""), STRING_NONE);
    string_index_close(&index);
}

/* Random words, many of them twice, beside a plain list of what came first. */
static void numbers_follow_the_first_appearance(void **state) {
    (void)state;
    enum { WORDS = 100000 };
    static int number[WORDS];
    struct rng rng = rng_for(1, 0, 0);
    struct string_index index = {0};
    char word[16];
    int n = 0;
    memset(number, -1, sizeof number);
    for (int i = 0; i < 2 * WORDS; i++) {
        int value = (int)rng_below(&rng, WORDS);
        snprintf(word, sizeof word, "%x", value);
        assert_int_equal(string_index_find(&index, word), number[value]);
        if (number[value] < 0)
            number[value] = n++;
        assert_int_equal(string_index_add(&index, word), number[value]);
        assert_int_equal(index.n, n);
        assert_string_equal(string_index_at(&index, number[value]), word);
    }
    string_index_close(&index);
}

/* FNV-1a folded to 32 bits makes 00f3fa35 of both. */
static void strings_of_one_hash_differ(void **state) {
    (void)state;
    struct string_index index = {0};
    assert_int_equal(string_index_add(&index, "2de1"), 0);
    assert_int_equal(string_index_find(&index, "938c9"), STRING_NONE);
    assert_int_equal(string_index_add(&index, "938c9"), 1);
    assert_int_equal(string_index_find(&index, "2de1"), 0);
    string_index_close(&index);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_found_in_an_empty_index),
        cmocka_unit_test(numbers_follow_the_first_appearance),
        cmocka_unit_test(strings_of_one_hash_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

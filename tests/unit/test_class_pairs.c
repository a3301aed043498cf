/* Which classes are kept apart, and what the rows of the pairs add up to. */
#include "statistics/class_pairs.h"

#include "support.h"

static void few_classes_stand_in_their_order(void **state) {
    (void)state;
    struct folding folding;
    folding_open(&folding, (uint64_t[]){5, 0, 9}, 3);
    assert_int_equal(folding.n, 3);
    for (int k = 0; k < 3; k++) {
        assert_int_equal(folding.class_at[k], k);
        assert_int_equal(folding.place[k], k);
    }
    folding_close(&folding);
}

/* 150 classes, the later the larger: the first 50 are one. */
static void of_many_the_largest_stand_apart(void **state) {
    (void)state;
    enum { N = 150, FOLDED = N - CLASSES_APART };
    uint64_t count[N];
    struct folding folding;
    for (int k = 0; k < N; k++)
        count[k] = (uint64_t)k;
    folding_open(&folding, count, N);
    assert_int_equal(folding.n, CLASSES_APART + 1);
    assert_int_equal(folding.class_at[0], FOLDED);
    assert_int_equal(folding.class_at[CLASSES_APART], -1);
    for (int k = 0; k < N; k++)
        assert_int_equal(folding.place[k], k < FOLDED ? CLASSES_APART : k - FOLDED);
    folding_close(&folding);
}

static void rows_add_up_to_one(void **state) {
    (void)state;
    struct folding folding;
    struct class_pairs pairs;
    folding_open(&folding, (uint64_t[]){1, 1}, 2);
    class_pairs_open(&pairs, &folding);
    class_pairs_add(&pairs, 0, 0, 0.75);
    class_pairs_add(&pairs, 0, 1, 0.25);
    class_pairs_add(&pairs, 0, 0, 1);
    assert_near("own", class_pairs_part(&pairs, 0, 0), 0.875, 0);
    assert_near("other", class_pairs_part(&pairs, 0, 1), 0.125, 0);
    assert_near("an empty row", class_pairs_part(&pairs, 1, 0), 0, 0);
    class_pairs_close(&pairs);
    folding_close(&folding);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_classes_stand_in_their_order),
        cmocka_unit_test(of_many_the_largest_stand_apart),
        cmocka_unit_test(rows_add_up_to_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

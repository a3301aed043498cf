/* Histograms of soft labels: every label in one bin, at its place. */
#include "statistics/histogram.h"

#include "support.h"

static void add(struct label_statistics *statistics, double first, double second) {
    struct class_share shares[] = {{0, first}, {1, second}};
    label_statistics_add(statistics, shares, 2);
}

static void hard_and_halved_labels(void **state) {
    (void)state;
    struct label_statistics statistics;
    label_statistics_open(&statistics, 10);
    add(&statistics, 1, 0);
    add(&statistics, 0, 1);
    add(&statistics, 0.5, 0.5);
    struct histogram top = top_histogram(&statistics), entropy = entropy_histogram(&statistics);
    assert_int_equal(top.all, 3);
    assert_int_equal(top.count[top.bins - 1], 2);
    assert_int_equal(top.count[top.bins / 2], 1);
    assert_near("mean top share", top.mean, 2.5 / 3, 1e-12);
    assert_near("end of the entropies", entropy.high, 1, 0);
    assert_int_equal(entropy.count[0], 2);
    assert_int_equal(entropy.count[BINS_MAX - 1], 1);
    assert_near("mean entropy", entropy.mean, 1.0 / 3, 1e-12);
    label_statistics_close(&statistics);
}

static void the_end_is_a_round_number(void **state) {
    (void)state;
    struct label_statistics statistics;
    struct class_share thirds[] = {{0, 1.0 / 3}, {1, 1.0 / 3}, {2, 1.0 / 3}};
    label_statistics_open(&statistics, 3);
    add(&statistics, 1, 0);
    assert_near("hard labels only", entropy_histogram(&statistics).high, 0.5, 0);
    label_statistics_add(&statistics, thirds, 3); // 1.585 bits
    struct histogram entropy = entropy_histogram(&statistics);
    assert_near("thirds", entropy.high, 2, 0);
    assert_int_equal(entropy.count[15], 1);
    assert_int_equal(entropy.all, 2);
    label_statistics_close(&statistics);
}

static void no_labels(void **state) {
    (void)state;
    struct label_statistics statistics;
    label_statistics_open(&statistics, 1);
    struct histogram entropy = entropy_histogram(&statistics);
    assert_int_equal(entropy.all, 0);
    assert_int_equal(entropy.most, 0);
    assert_near("mean", top_histogram(&statistics).mean, 0, 0);
    label_statistics_close(&statistics);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hard_and_halved_labels),
        cmocka_unit_test(the_end_is_a_round_number),
        cmocka_unit_test(no_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

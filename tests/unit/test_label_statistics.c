/* Label statistics: labels whose entropy, mass and shares are known beforehand. */
#include "statistics/label_statistics.h"

#include "support.h"

static struct label_statistics statistics;

static void add(int n, const double *shares) {
    struct class_share list[8];
    for (int k = 0; k < n; k++)
        list[k] = (struct class_share){k, shares[k]};
    label_statistics_add(&statistics, list, (size_t)n);
}

/* 2^h equal classes have h bits. */
static void equal_classes_have_the_bits_of_their_number(void **state) {
    (void)state;
    label_statistics_open(&statistics, 8);
    for (int n = 1; n <= 8; n *= 2) {
        double shares[8];
        for (int k = 0; k < n; k++)
            shares[k] = 1.0 / n;
        add(n, shares);
    }
    assert_int_equal(statistics.n, 4);
    assert_near("mean", entropy_mean(&statistics), 1.5, 1e-12);
    assert_near("least", entropy_quantile(&statistics, 0), 0, 0);
    assert_near("median", entropy_quantile(&statistics, 0.5), 1, 0);
    assert_near("q 0.51", entropy_quantile(&statistics, 0.51), 2, 0);
    assert_near("most", entropy_quantile(&statistics, 1), 3, 0);
    assert_near("effective", effective_classes(3), 8, 1e-12);
    for (int n = 1; n <= 8; n *= 2)
        assert_int_equal(statistics.of_classes[n], 1);
    assert_int_equal(statistics.of_top[1], 1); // 1/8
    assert_int_equal(statistics.of_top[2], 1); // 1/4
    assert_int_equal(statistics.of_top[5], 1); // 1/2
    assert_int_equal(statistics.of_top[9], 1); // 1
    assert_near("mass of 0", statistics.mass[0], 1.875, 1e-12);
    assert_near("mass of 7", statistics.mass[7], 0.125, 1e-12);
    label_statistics_close(&statistics);
}

/* Rounded sums are left as they are; what is a sample of several classes is scaled. */
static void sums_beyond_rounding_are_scaled(void **state) {
    (void)state;
    label_statistics_open(&statistics, 3);
    add(2, (double[]){0.5, 0.5000001});
    add(2, (double[]){1, 1});
    add(3, (double[]){0.99, 0.01, 0.0000001}); // just 1 % is not above it
    assert_int_equal(statistics.of_top[5], 2);
    assert_int_equal(statistics.of_classes[1], 1);
    assert_int_equal(statistics.of_classes[2], 2);
    assert_near("median", entropy_quantile(&statistics, 0.5), 1, 0);
    assert_near("mass", statistics.mass[0] + statistics.mass[1], 4, 1e-6);
    label_statistics_close(&statistics);
}

/* The least numbers there are. */
static void the_least_shares_are_scaled_too(void **state) {
    (void)state;
    label_statistics_open(&statistics, 2);
    add(2, (double[]){0, 1e-310});
    add(2, (double[]){5e-324, 5e-324});
    assert_int_equal(statistics.n, 2);
    assert_int_equal(statistics.of_top[9], 1);
    assert_int_equal(statistics.of_top[5], 1);
    assert_near("entropy", entropy_mean(&statistics), 0.5, 1e-12);
    label_statistics_close(&statistics);
}

static void empty_labels_count_nowhere(void **state) {
    (void)state;
    label_statistics_open(&statistics, 1);
    assert_near("mean of none", entropy_mean(&statistics), 0, 0);
    assert_near("quantile of none", entropy_quantile(&statistics, 0.5), 0, 0);
    add(0, NULL);
    add(1, (double[]){0});
    assert_int_equal(statistics.n, 0);
    assert_int_equal(statistics.n_empty, 2);
    add(1, (double[]){1});
    assert_near("most", entropy_quantile(&statistics, 1), 0, 0);
    label_statistics_close(&statistics);
}

/* Entropies go up to log2 of the classes, and no further. */
static void entropies_reach_the_logarithm_of_the_classes(void **state) {
    (void)state;
    for (int n = 1; n <= 300; n++) {
        struct class_share shares[300];
        label_statistics_open(&statistics, n);
        for (int k = 0; k < n; k++)
            shares[k] = (struct class_share){k, (float)(1.0 / n)};
        label_statistics_add(&statistics, shares, (size_t)n);
        assert_near("entropy", entropy_quantile(&statistics, 0.5), log2(n), 0.0005001);
        assert_int_equal(statistics.of_classes[n < 100 ? n : 0], 1);
        label_statistics_close(&statistics);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_classes_have_the_bits_of_their_number),
        cmocka_unit_test(sums_beyond_rounding_are_scaled),
        cmocka_unit_test(the_least_shares_are_scaled_too),
        cmocka_unit_test(empty_labels_count_nowhere),
        cmocka_unit_test(entropies_reach_the_logarithm_of_the_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

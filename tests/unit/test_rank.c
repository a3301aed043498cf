/* Ranks against a plain sort of the exact values, with many ties and with values that are off by up
 * to a doubt. */
#include "mixers/rank.h"

#include "support.h"

enum { MOST = 200 };

struct values {
    double exact[MOST];
    float near[MOST]; // the same, but for a doubt
    size_t asked;     // the next index that may be asked for
};

static double exact_at(void *of, size_t i) {
    struct values *values = of;
    assert_true(i >= values->asked); // by rising index
    values->asked = i + 1;
    return values->exact[i];
}

static int by_rank(const void *a, const void *b) {
    const double *x = *(const double *const *)a, *y = *(const double *const *)b;
    return *x != *y ? (*x < *y) - (*x > *y) : (x > y) - (x < y);
}

/* Pointers to the values by rank: they fall, equal ones keep the order of their indices. */
static void sort_values(const double *value, int n, const double **sorted) {
    for (int i = 0; i < n; i++)
        sorted[i] = &value[i];
    qsort(sorted, (size_t)n, sizeof *sorted, by_rank);
}

static void check_order(const double *value, int n) {
    struct arena arena = {0};
    const double *sorted[MOST];
    uint32_t order[MOST];
    sort_values(value, n, sorted);
    rank_order(value, (size_t)n, order, &arena);
    for (int i = 0; i < n; i++)
        assert_int_equal(order[i], sorted[i] - value);
    arena_close(&arena);
}

static void check_threshold(const struct ranked *field, struct values *values, int count) {
    struct arena arena = {0};
    int n = (int)field->n;
    const double *sorted[MOST];
    uint16_t mask[MOST];
    sort_values(values->exact, n, sorted);
    values->asked = 0;
    rank_threshold(field, (size_t)count, 7, mask, &arena);
    for (int i = 0; i < n; i++)
        assert_int_equal(mask[sorted[i] - values->exact], i < count ? 7 : 0);
    arena_close(&arena);
}

/* None, all, and something between. */
static void check_thresholds(const struct ranked *field, struct values *values, struct rng *rng) {
    int n = (int)field->n;
    check_threshold(field, values, 0);
    check_threshold(field, values, n);
    check_threshold(field, values, between(rng, 0, n));
}

static void ranks_are_those_of_a_sort(void **state) {
    (void)state;
    struct values values;
    struct rng rng = rng_for(1, 0, 0);
    for (int round = 0; round < 500; round++) {
        int n = between(&rng, 1, MOST);
        for (int i = 0; i < n; i++) {
            int size = round % 2 ? between(&rng, -40, 30) : 10; // from denormal to huge, too
            values.near[i] = (float)(between(&rng, -5, 5) * pow(10, size));
            values.exact[i] = values.near[i];
        }
        check_order(values.exact, n);
        check_thresholds(&(struct ranked){.value = values.near, .n = (size_t)n}, &values, &rng);
    }
}

/* Most are one float, some even one double; and zeros of both signs are equal. */
static void doubles_are_told_apart_where_floats_are_not(void **state) {
    (void)state;
    double value[MOST];
    struct rng rng = rng_for(3, 0, 0);
    for (int round = 0; round < 500; round++) {
        int n = between(&rng, 1, MOST);
        double centre = between(&rng, -1, 1);
        for (int i = 0; i < n; i++)
            value[i] = centre + between(&rng, -60, 60) * 0x1p-30;
        for (int i = 0; i < n; i++)
            if (value[i] == 0 && between(&rng, 0, 1))
                value[i] = -0.0;
        check_order(value, n);
    }
}

/* From doubts that hardly matter to such that leave everything open, with errors that are often as
 * large as they can be. */
static void ranks_are_those_of_exact_values(void **state) {
    (void)state;
    struct values values;
    struct rng rng = rng_for(2, 0, 0);
    for (int round = 0; round < 5000; round++) {
        int n = between(&rng, 1, MOST);
        double doubt = pow(10, between(&rng, -4, 2));
        for (int i = 0; i < n; i++) {
            double fine = round % 3 ? rng_unit(&rng) : 0; // or ties
            double error = round % 2 ? 2 * rng_unit(&rng) - 1 : between(&rng, 0, 1) ? 1 : -1;
            values.exact[i] = between(&rng, -20, 20) + fine;
            values.near[i] = (float)(values.exact[i] + 0.9 * doubt * error);
        }
        check_thresholds(&(struct ranked){values.near, (size_t)n, doubt, exact_at, &values},
                         &values, &rng);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_those_of_a_sort),
        cmocka_unit_test(doubles_are_told_apart_where_floats_are_not),
        cmocka_unit_test(ranks_are_those_of_exact_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

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

/* Values fall, equal ones keep the order of their indices. Ranks first..last-1 are looked at one by
 * one, those before them as a set. */
static void check_ranks(const struct ranked *field, struct values *values, struct rng *rng) {
    static struct arena arena;
    int n = (int)field->n, count = between(rng, 0, n);
    int first = between(rng, 0, n - 1), last = between(rng, first + 1, n);
    const double *sorted[MOST];
    uint32_t order[MOST];
    uint16_t mask[MOST];
    for (int i = 0; i < n; i++)
        sorted[i] = &values->exact[i];
    qsort(sorted, (size_t)n, sizeof *sorted, by_rank);
    values->asked = 0;
    rank_order(field, (size_t)first, (size_t)last, order, &arena);
    values->asked = 0;
    rank_threshold(field, (size_t)count, 7, mask, &arena);
    for (int i = 0; i < n; i++) {
        if (i >= first && i < last)
            assert_int_equal(order[i], sorted[i] - values->exact);
        if (i < first)
            assert_true(by_rank(&(const double *){&values->exact[order[i]]}, &sorted[first]) < 0);
        assert_int_equal(mask[sorted[i] - values->exact], i < count ? 7 : 0);
    }
    arena_close(&arena);
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
        check_ranks(&(struct ranked){.value = values.near, .n = (size_t)n}, &values, &rng);
    }
}

/* From doubts that hardly matter to such that leave nearly everything open. */
static void ranks_are_those_of_exact_values(void **state) {
    (void)state;
    struct values values;
    struct rng rng = rng_for(2, 0, 0);
    for (int round = 0; round < 2000; round++) {
        int n = between(&rng, 1, MOST);
        double doubt = pow(10, between(&rng, -4, 0));
        for (int i = 0; i < n; i++) {
            double fine = round % 3 ? rng_unit(&rng) : 0; // or ties
            values.exact[i] = between(&rng, -20, 20) + fine;
            values.near[i] = (float)(values.exact[i] + 0.9 * doubt * (2 * rng_unit(&rng) - 1));
        }
        check_ranks(&(struct ranked){values.near, (size_t)n, doubt, exact_at, &values}, &values,
                    &rng);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_those_of_a_sort),
        cmocka_unit_test(ranks_are_those_of_exact_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

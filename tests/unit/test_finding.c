/* Findings: flat or not against the two-pass formula, on both sides of the limit; duplicates
 * against comparing all pairs; tallies against counting. */
#include "statistics/tally.h"
#include "survey/duplicates.h"
#include "survey/finding.h"

#include "support.h"

static double deviation(const uint8_t *values, size_t n, int channels) {
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++)
        mean += values[i * (size_t)channels] / (double)n;
    for (size_t i = 0; i < n; i++)
        square += pow(values[i * (size_t)channels] - mean, 2) / (double)n;
    return sqrt(square);
}

/* Noise of rising strength, whose channels differ; a few outliers count as well. */
static void flat_bytes_deviate_by_less_than_two(void **state) {
    (void)state;
    static uint8_t values[5000 * 3];
    struct rng rng = rng_for(3, 0, 99);
    int flat = 0;
    for (int trial = 0; trial < 400; trial++) {
        size_t n = (size_t)between(&rng, 1, 5000);
        int channels = trial % 2 ? 3 : 1, strength = between(&rng, 0, 9);
        for (size_t i = 0; i < n * (size_t)channels; i++)
            values[i] = (uint8_t)(100 + 40 * ((int)i % channels) + between(&rng, 0, strength));
        if (trial % 5 == 0)
            values[(n - 1) * (size_t)channels] = (uint8_t)between(&rng, 0, 255);
        bool expected = true;
        for (int c = 0; c < channels; c++)
            expected &= deviation(values + c, n, channels) < FLAT_DEVIATION;
        assert_int_equal(bytes_are_flat(values, n, channels), expected);
        flat += expected;
    }
    assert_in_range(flat, 100, 300);
}

/* Half 0, half 4: the deviation is 2, which is not below 2. */
static void a_deviation_of_two_is_not_flat(void **state) {
    (void)state;
    uint8_t values[4096];
    for (int i = 0; i < 4096; i++)
        values[i] = i < 2048 ? 0 : 4;
    assert_false(bytes_are_flat(values, 4096, 1));
    values[4095] = 3;
    assert_true(bytes_are_flat(values, 4096, 1));
}

static void flat_floats_are_all_the_same(void **state) {
    (void)state;
    float values[] = {1, -2, 1, -2, 1, -2};
    assert_true(floats_are_flat(values, 3, 2));
    assert_false(floats_are_flat(values, 6, 1));
    values[5] = nextafterf(-2, 0);
    assert_false(floats_are_flat(values, 3, 2));
    values[5] = NAN;
    assert_false(floats_are_flat(values, 3, 2));
}

enum { PRINTS = 500 };

/* The digests of few values, so that groups of all sizes come up. */
static void equal_digests_are_grouped(void **state) {
    (void)state;
    struct rng rng = rng_for(4, 0, 99);
    struct duplicates duplicates = {0};
    struct fingerprint prints[PRINTS];
    int copies = 0;
    for (uint32_t i = 0; i < PRINTS; i++) {
        int value = between(&rng, 0, 400);
        prints[i] = (struct fingerprint){digest128_of(&value, sizeof value, 0), i,
                                         value % 7 == 0 ? (int)i % 2 : 1};
        duplicates_add(&duplicates, &prints[i]);
        for (uint32_t k = 0; k < i; k++)
            if (memcmp(&prints[i].digest, &prints[k].digest, sizeof prints[i].digest) == 0) {
                copies++;
                break;
            }
    }
    duplicates_find(&duplicates);
    assert_int_equal(duplicates.n_copies, copies);
    uint32_t last = 0;
    for (size_t g = 0; g < duplicates.n_groups; g++) {
        const struct group *group = &duplicates.groups[g];
        const struct fingerprint *first = &duplicates.prints[group->first];
        bool across = false;
        assert_true(group->n > 1);
        assert_true(g == 0 || g == duplicates.n_across || first->sample > last);
        last = first->sample;
        for (size_t i = 1; i < group->n; i++) {
            assert_memory_equal(&first[i].digest, &first->digest, sizeof first->digest);
            assert_true(first[i].sample > first[i - 1].sample);
            across |= first[i].label != first->label;
        }
        assert_int_equal(group->across, across);
        assert_int_equal(group->across, g < duplicates.n_across);
    }
    assert_true(duplicates.n_across > 0 && duplicates.n_across < duplicates.n_groups);
    duplicates_close(&duplicates);
}

static int by_key(const void *a, const void *b) {
    const struct tally_entry *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static void a_tally_counts_every_key(void **state) {
    (void)state;
    struct rng rng = rng_for(5, 0, 99);
    struct tally tally = {0};
    uint64_t count[2000] = {0}, seen = 0;
    for (int i = 0; i < 20000; i++) {
        int key = between(&rng, 0, 1999) & between(&rng, 0, 1999);
        count[key]++;
        tally_add(&tally, (uint64_t)key << 32 | (uint64_t)key);
    }
    struct tally_entry *sorted = tally_sorted(&tally, by_key);
    for (size_t i = 0; i < tally.n; i++) {
        assert_int_equal(sorted[i].n, count[(uint32_t)sorted[i].key]);
        seen += sorted[i].n;
    }
    assert_int_equal(seen, 20000);
    free(sorted);
    tally_close(&tally);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flat_bytes_deviate_by_less_than_two),
        cmocka_unit_test(a_deviation_of_two_is_not_flat),
        cmocka_unit_test(flat_floats_are_all_the_same),
        cmocka_unit_test(equal_digests_are_grouped),
        cmocka_unit_test(a_tally_counts_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

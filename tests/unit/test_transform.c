/* Transforms against the definition in long double: of lengths with small prime factors, with large
 * ones, and prime ones; every line by itself. */
#include "mixers/transform.h"

#include "support.h"

static const long double TURN = 6.283185307179586476925286766559L;

static void fill(struct places *line, size_t n, struct rng *rng) {
    for (size_t k = 0; k < n; k++)
        for (int l = 0; l < LINES; l++) {
            line[k].re[l] = 2 * rng_unit(rng) - 1;
            line[k].im[l] = 2 * rng_unit(rng) - 1;
        }
}

static void check_place(const struct places *before, size_t n, size_t x, int l,
                        const struct places *after) {
    long double re = 0, im = 0;
    for (size_t k = 0; k < n; k++) {
        long double angle = TURN * (long double)(k * x % n) / (long double)n;
        re += before[k].re[l] * cosl(angle) - before[k].im[l] * sinl(angle);
        im += before[k].re[l] * sinl(angle) + before[k].im[l] * cosl(angle);
    }
    double tolerance = 1e-15 * sqrt((double)n) * (1 + log2((double)n));
    assert_near("real part", after[x].re[l], (double)re, tolerance);
    assert_near("imaginary part", after[x].im[l], (double)im, tolerance);
}

/* All places of short lines, some of long ones. */
static void check_length(size_t n, struct rng *rng) {
    struct transform transform;
    transform_open(&transform, (int)n);
    size_t room = transform_room(&transform);
    struct places *before = calloc(n, sizeof *before);
    struct places *line = calloc(room, sizeof *line), *scratch = calloc(room, sizeof *scratch);
    fill(before, n, rng);
    fill(line, room, rng); // what lies from n up does not matter
    memcpy(line, before, n * sizeof *line);
    transform_lines(&transform, line, scratch);
    for (int l = 0; l < LINES; l++)
        for (size_t x = 0; x < n; x += 1 + n / 20)
            check_place(before, n, x, l, line);
    free(before);
    free(line);
    free(scratch);
    transform_close(&transform);
}

static void transforms_are_sums_of_turns(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    for (size_t n = 1; n <= 70; n++)
        check_length(n, &rng);
    static const size_t LONGER[] = {169, 224, 331, 1000, 1021, 2 * 509, 1024, 3003, 4093, 8192};
    for (size_t i = 0; i < sizeof LONGER / sizeof *LONGER; i++)
        check_length(LONGER[i], &rng);
}

static void factors_are_small_up_to_13(void **state) {
    (void)state;
    for (size_t n = 1; n <= 16; n++)
        assert_true(has_small_factors(n));
    assert_true(has_small_factors(13 * 13 * 11 * 7) && has_small_factors((size_t)1 << 20));
    assert_false(has_small_factors(17) || has_small_factors(64 * 17) || has_small_factors(17 * 19));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(transforms_are_sums_of_turns),
        cmocka_unit_test(factors_are_small_up_to_13),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

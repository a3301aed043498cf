/* Our own elementary functions against the C library's in long double, and the moments of what is
 * drawn with them. */
#include "base/distributions.h"
#include "base/exact_math.h"

#include "support.h"

#include <float.h>
#include <limits.h>

static double relative_error(double value, long double expected) {
    if (expected == 0)
        return fabs(value);
    return (double)fabsl((value - expected) / expected);
}

static void log_is_near(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    double worst = 0;
    for (int i = 0; i < 300000; i++) {
        double x = i % 3 == 0   ? rng_unit(&rng)
                   : i % 3 == 1 ? 1 + (rng_unit(&rng) - 0.5) * 0x1p-8
                                : ldexp(0.5 + rng_unit(&rng), between(&rng, -1020, 1020));
        worst = fmax(worst, relative_error(exact_log(x), logl(x)));
    }
    assert_near("error of log", worst, 0, 4e-16);
    assert_true(exact_log(1) == 0);
    assert_near("log of the least normal number", exact_log(DBL_MIN), (double)logl(DBL_MIN), 1e-12);
}

static void exp_is_near(void **state) {
    (void)state;
    struct rng rng = rng_for(2, 0, 0);
    double worst = 0;
    for (int i = 0; i < 200000; i++) {
        double x = i % 2 ? 1400 * (rng_unit(&rng) - 0.5) : rng_unit(&rng) - 0.5;
        worst = fmax(worst, relative_error(exact_exp(x), expl(x)));
    }
    assert_near("error of exp", worst, 0, 4e-16);
    assert_true(exact_exp(0) == 1);
    assert_true(exact_exp(-709) == 0 && exact_exp(-1e300) == 0);
    assert_true(exact_exp(-708) > 0 && isfinite(exact_exp(709)));
}

/* The error of the logarithm grows with the exponent: |y log x| times 4e-16. */
static void pow_is_near(void **state) {
    (void)state;
    struct rng rng = rng_for(3, 0, 0);
    for (int i = 0; i < 100000; i++) {
        double x = i % 2 ? rng_unit(&rng) : between(&rng, 1, 70000);
        double y = 20 * (rng_unit(&rng) - 0.5);
        double bound = 8e-16 * (1 + fabs(y * log(x)));
        assert_near("error of pow", relative_error(exact_pow(x, y), powl(x, y)), 0, bound);
    }
    assert_true(exact_pow(7, 0) == 1 && exact_pow(1, -2.8) == 1);
}

static void check_root(int k, int n) {
    long double angle = 6.283185307179586476925286766559L * k / n;
    double re, im;
    exact_root(k, n, &re, &im);
    assert_near("real part", re, (double)cosl(angle), 2.3e-16);
    assert_near("imaginary part", im, (double)sinl(angle), 2.3e-16);
}

static void roots_of_one_are_near(void **state) {
    (void)state;
    for (int n = 1; n < 400; n++)
        for (int k = 0; k < n; k++)
            check_root(k, n);
    struct rng rng = rng_for(5, 0, 0);
    for (int i = 0; i < 100000; i++) {
        int n = between(&rng, 1, INT_MAX - 1);
        check_root(between(&rng, 0, n - 1), n);
    }
    double re, im;
    exact_root(3, 4, &re, &im);
    assert_true(re == 0 && im == -1);
}

static int by_value(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static double normal_below(double x) {
    return 0.5 * erfc(-x / sqrt(2));
}

/* Greatest distance of the sorted values' distribution from the normal one (Kolmogorov). */
static double distance_from_normal(const float *sorted, size_t n) {
    double worst = 0;
    for (size_t i = 0; i < n; i++) {
        double expected = normal_below(sorted[i]);
        worst = fmax(worst, fmax(fabs((double)i / (double)n - expected),
                                 fabs((double)(i + 1) / (double)n - expected)));
    }
    return worst;
}

static void normals_are_normal(void **state) {
    (void)state;
    enum { N = 1 << 19 };
    static uint32_t words[N];
    static float normals[N], again[N];
    struct rng rng = rng_for(4, 0, 0);
    rng_fill(&rng, words, N);
    exact_normals(words, normals, N);
    exact_normals(words, again, N);
    assert_memory_equal(normals, again, sizeof normals);
    double moment[5] = {0}, product = 0;
    for (int i = 0; i < N; i++)
        for (int p = 1; p <= 4; p++)
            moment[p] += pow(normals[i], p) / N;
    for (int i = 0; i < N / 2; i++)
        product += (double)normals[i] * normals[N / 2 + i] / (N / 2);
    assert_near("mean", moment[1], 0, 4 / sqrt(N));
    assert_near("variance", moment[2], 1, 4 * sqrt(2.0 / N));
    assert_near("third moment", moment[3], 0, 4 * sqrt(15.0 / N));
    assert_near("fourth moment", moment[4], 3, 4 * sqrt(96.0 / N));
    assert_near("correlation of the two of a pair", product, 0, 4 / sqrt(N / 2));
    qsort(normals, N, sizeof *normals, by_value);
    assert_near("distance from the normal law", distance_from_normal(normals, N), 0, 2 / sqrt(N));
    assert_true(normals[0] < -4 && normals[N - 1] > 4);
}

/* The transform of Box and Muller by the C library, word by word. */
static void normals_follow_their_words(void **state) {
    (void)state;
    enum { PAIRS = 4096 };
    uint32_t words[2 * PAIRS];
    float normals[2 * PAIRS];
    struct rng rng = rng_for(5, 0, 0);
    rng_fill(&rng, words, 2 * PAIRS);
    for (int i = 0; i < 9; i++)
        words[PAIRS + i] = (uint32_t)i << 29; // the eighths of a turn
    words[0] = 0;
    words[1] = UINT32_MAX;
    exact_normals(words, normals, 2 * PAIRS);
    for (int i = 0; i < PAIRS; i++) {
        double radius = sqrt(-2 * log(((words[i] >> 1) + 0.5) * 0x1p-31));
        double angle = words[PAIRS + i] * 0x1p-32 * 2 * acos(-1);
        assert_near("cosine", normals[i], radius * cos(angle), 2e-6 + 4e-3 * (radius < 0.01));
        assert_near("sine", normals[PAIRS + i], radius * sin(angle), 2e-6 + 4e-3 * (radius < 0.01));
    }
}

static void check_beta(double alpha, double variance) {
    enum { DRAWS = 1000000 };
    struct rng rng = rng_for(6, (uint64_t)(alpha * 1000), 0);
    double sum = 0, squares = 0;
    for (int i = 0; i < DRAWS; i++) {
        double x = draw_beta(&rng, alpha, alpha);
        sum += x;
        squares += x * x;
    }
    double mean = sum / DRAWS;
    assert_near("mean of Beta", mean, 0.5, 0.005);
    assert_near("variance of Beta", squares / DRAWS - mean * mean, variance, 0.01 * variance);
}

/* 1/2 and 1/(4(2α + 1)) */
static void beta_has_its_moments(void **state) {
    (void)state;
    check_beta(1, 0.0833333);
    check_beta(0.2, 0.178571);
    check_beta(8, 0.0147059);
}

static void uneven_beta_has_its_mean(void **state) {
    (void)state;
    static const double alphas[] = {0.1, 0.5, 1, 3};
    struct rng rng = rng_for(7, 0, 0);
    for (int k = 0; k < 4; k++) {
        double sum = 0, a = alphas[k];
        for (int i = 0; i < 100000; i++)
            sum += draw_beta(&rng, a + 1, a);
        assert_near("mean of Beta(α + 1, α)", sum / 100000, (a + 1) / (2 * a + 1), 0.005);
    }
}

/* A ratio of gamma draws is 0/0 here; the mixer's range ends at no least α. */
static void small_alphas_choose_one_end(void **state) {
    (void)state;
    static const double alphas[] = {1e-3, 1e-6, 1e-100, DBL_MIN, DBL_TRUE_MIN};
    struct rng rng = rng_for(8, 0, 0);
    for (int k = 0; k < 5; k++) {
        double sum = 0, between_ends = 0;
        for (int i = 0; i < 20000; i++) {
            double x = draw_beta(&rng, alphas[k], alphas[k]);
            if (!(x >= 0 && x <= 1))
                fail_msg("alpha %g: %g", alphas[k], x);
            sum += x;
            between_ends += x > 0.01 && x < 0.99;
        }
        assert_near("mean for a small α", sum / 20000, 0.5, 0.02);
        assert_near("draws off the ends", between_ends / 20000, 0, 20 * alphas[k]);
    }
}

static void great_alphas_choose_the_middle(void **state) {
    (void)state;
    struct rng rng = rng_for(9, 0, 0);
    for (int i = 0; i < 20000; i++)
        assert_near("Beta(1e6, 1e6)", draw_beta(&rng, 1e6, 1e6), 0.5, 0.0025);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log_is_near),
        cmocka_unit_test(exp_is_near),
        cmocka_unit_test(pow_is_near),
        cmocka_unit_test(roots_of_one_are_near),
        cmocka_unit_test(normals_are_normal),
        cmocka_unit_test(normals_follow_their_words),
        cmocka_unit_test(beta_has_its_moments),
        cmocka_unit_test(uneven_beta_has_its_mean),
        cmocka_unit_test(small_alphas_choose_one_end),
        cmocka_unit_test(great_alphas_choose_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

/* What the unit tests share. Include it last: cmocka makes a macro of fail. */
#ifndef MIXSMITH_TEST_SUPPORT_H
#define MIXSMITH_TEST_SUPPORT_H

#include "base/fail.h"
#include "base/rng.h"
#include "model/batch.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static inline void assert_near(const char *what, double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%s: %.9g is not %.9g within %.3g", what, value, expected, tolerance);
}

static inline void assert_contains(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("'%s' does not hold '%s'", text, part);
}

/* Counts of n equally likely outcomes. The cube root of χ² over its degrees of freedom is nearly
 * normal (Wilson and Hilferty, 1931); 4.5 standard deviations happen once in 150000 tests. */
static inline void assert_uniform(const char *what, const uint32_t *count, int n) {
    if (n < 2)
        return;
    double all = 0, chi_square = 0, variance = 2.0 / 9 / (n - 1);
    for (int i = 0; i < n; i++)
        all += count[i];
    for (int i = 0; i < n; i++)
        chi_square += (count[i] - all / n) * (count[i] - all / n) / (all / n);
    assert_near(what, cbrt(chi_square / (n - 1)), 1 - variance, 4.5 * sqrt(variance));
}

static inline int between(struct rng *rng, int low, int high) {
    return low + (int)rng_below(rng, (uint32_t)(high - low + 1));
}

static inline struct shape random_shape(struct rng *rng, int rank, int longest) {
    struct shape shape = {.rank = rank};
    for (int i = 0; i < rank; i++)
        shape.dim[i] = between(rng, 1, longest);
    return shape;
}

/* Value i of a sample. */
static inline double value_at(const void *sample, enum dtype dtype, size_t i) {
    return dtype == DTYPE_UINT8 ? ((const uint8_t *)sample)[i] : (double)((const float *)sample)[i];
}

/* Bytes, or floats of either sign. */
static inline void fill_randomly(struct batch *batch, struct rng *rng) {
    size_t n = (size_t)batch->n * shape_values(&batch->shape);
    for (size_t i = 0; i < n; i++)
        if (batch->dtype == DTYPE_UINT8)
            ((uint8_t *)batch->data)[i] = (uint8_t)rng_u32(rng);
        else
            ((float *)batch->data)[i] = (float)(rng_unit(rng) - 0.5);
}

/* A full batch with random labels and values, ids from 100 up, grouped. */
static inline void open_random_batch(struct batch *batch, struct shape shape, enum dtype dtype,
                                     int n, int n_classes, struct rng *rng) {
    batch_open(batch, &shape, dtype, n, n_classes);
    batch->n = n;
    for (int i = 0; i < n; i++) {
        batch->id[i] = 100 + (uint64_t)i;
        batch->source[i] = (uint32_t)i;
        batch->label[i] = between(rng, 0, n_classes - 1);
    }
    fill_randomly(batch, rng);
    batch_group(batch);
}

#endif

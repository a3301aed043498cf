/* Blend: recipe × batch → one sample. The only place that computes pixels, and the one rounding.
 *
 * Bytes are mixed in exact integers: shares of a sum are multiples of 2^-24 and masks of 2^-15, so
 * the result is ⌊Σ share · source + ½⌋, whatever the order, the compiler or the CPU. Floats are
 * summed in double, where such shares make no error, and rounded to float once. */
#ifndef MIXSMITH_BLEND_H
#define MIXSMITH_BLEND_H

#include "base/arena.h"
#include "model/recipe.h"

/* One sample to make. */
struct blending {
    const struct recipe *recipe;
    const struct batch *batch;
    void *out; // of the batch's shape and dtype, owned by the caller
};

/* Makes n samples; those of bytes are all of one batch. Several at once are faster where they are
 * sums of many sources. */
void blend(const struct blending *blendings, int n, struct arena *arena);

/* For chains, whose middle stages are not rounded: bytes as floats and back, halves up. */
void blend_widen(const uint8_t *bytes, float *floats, size_t n);
void blend_round(const float *floats, uint8_t *bytes, size_t n);

#endif

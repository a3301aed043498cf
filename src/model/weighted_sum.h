/* Sums of many bytes arrays at once, in exact integers: the inner loop of ζ-mixup. */
#ifndef MIXSMITH_WEIGHTED_SUM_H
#define MIXSMITH_WEIGHTED_SUM_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/* out[i] = ⌊Σ weight[k] · source[k][i] / 2^24 + ½⌋ for i < length. */
struct weighted_sum {
    const uint8_t **source; // (n)
    const uint32_t *weight; // (n) adding up to 2^24; fastest where heavy ones come first
    int n;
    uint8_t *out; // (length)
};

/* All sums over one stretch of bytes, then over the next, so that the sources they share stay in
 * the nearest cache. Scratch comes from the arena. */
void weighted_sums(const struct weighted_sum *sums, int n_sums, size_t length, struct arena *arena);

#endif

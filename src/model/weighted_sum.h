/* Sums of many byte arrays at once, in exact integers: the inner loop of ζ-mixup. */
#ifndef MIXSMITH_WEIGHTED_SUM_H
#define MIXSMITH_WEIGHTED_SUM_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/* out[i] = ⌊Σ weight[k] · source[index[k]][i] / 2^24 + ½⌋ */
struct weighted_sum {
    int n;
    const int *index;       // (n) into the sources, none twice
    const uint32_t *weight; // (n) adding up to 2^24
    uint8_t *out;           // (length)
};

/* Sums over sources that they share. */
struct weighted_sums {
    const uint8_t **source; // (n_sources)
    int n_sources;
    struct weighted_sum *sum; // (n_sums)
    int n_sums;
    size_t length; // bytes of each source
};

/* All sums over one stretch of bytes, then over the next, so that the sources stay in the nearest
 * cache. Scratch comes from the arena. */
void weighted_sums(const struct weighted_sums *sums, struct arena *arena);

#endif

/* Threshold: where the `count` largest values of a field end. */
#ifndef MIXSMITH_THRESHOLD_H
#define MIXSMITH_THRESHOLD_H

#include <stddef.h>

/* `count` values or more are from low up, `count` or fewer from high: one of both exactly, or no
 * float lies between low and high. */
struct bracket {
    float low, high;
    size_t from_low, from_high; // values from there up
    double surplus, shortfall;  // by how much these miss the count, as the next guess takes it
};

/* count: 0..n; n ≥ 1 */
struct bracket threshold_find(const float *value, size_t n, size_t count);

#endif

#include "mixers/rank.h"

#include "base/simd.h"
#include "mixers/threshold.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Floats as integers in the same order. */
static inline uint32_t key_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits ^ (bits >> 31 ? 0xffffffffu : 0x80000000u);
}

SIMD_CLONES
static void mark_from(const float *value, size_t n, float low, uint16_t one, uint16_t *mask) {
    for (size_t i = 0; i < n; i++)
        mask[i] = value[i] >= low ? one : 0;
}

void rank_threshold(const float *value, size_t n, size_t count, uint16_t one, uint16_t *mask) {
    struct bracket bracket = threshold_find(value, n, count);
    bool exact = bracket.from_low == count;
    mark_from(value, n, exact ? bracket.low : bracket.high, one, mask);
    for (size_t i = 0; !exact && bracket.from_high < count; i++)
        if (value[i] == bracket.low) {
            mask[i] = one;
            bracket.from_high++;
        }
}

static int by_falling_key(const void *a, const void *b) {
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x < y) - (x > y);
}

/* Key above, and below it the index counted backwards, so that no two are equal. */
void rank_order(const float *value, size_t n, uint64_t *scratch, uint32_t *order) {
    for (size_t i = 0; i < n; i++)
        scratch[i] = (uint64_t)key_of(value[i]) << 32 | (UINT32_MAX - (uint32_t)i);
    qsort(scratch, n, sizeof *scratch, by_falling_key);
    for (size_t i = 0; i < n; i++)
        order[i] = UINT32_MAX - (uint32_t)scratch[i];
}

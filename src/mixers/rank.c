#include "mixers/rank.h"

#include "base/simd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Floats as integers in the same order. */
static inline uint32_t key_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits ^ (bits >> 31 ? 0xffffffffu : 0x80000000u);
}

SIMD_CLONES
static size_t count_from(const float *value, size_t n, float low) {
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += value[i] >= low;
    return count;
}

SIMD_CLONES
static void mark_from(const float *value, size_t n, float low, uint16_t one, uint16_t *mask) {
    for (size_t i = 0; i < n; i++)
        mask[i] = value[i] >= low ? one : 0;
}

/* low: the least value; high: the float after the greatest. Lanes side by side, because the
 * compiler may not reorder a single minimum. */
SIMD_CLONES
static void find_range(const float *value, size_t n, float *low, float *high) {
    enum { LANES = 32 };
    float least[LANES], greatest[LANES];
    for (size_t k = 0; k < LANES; k++)
        least[k] = greatest[k] = value[0];
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (size_t k = 0; k < LANES; k++) {
            least[k] = value[i + k] < least[k] ? value[i + k] : least[k];
            greatest[k] = value[i + k] > greatest[k] ? value[i + k] : greatest[k];
        }
    for (; i < n; i++) {
        least[0] = value[i] < least[0] ? value[i] : least[0];
        greatest[0] = value[i] > greatest[0] ? value[i] : greatest[0];
    }
    *low = least[0];
    *high = greatest[0];
    for (size_t k = 1; k < LANES; k++) {
        *low = least[k] < *low ? least[k] : *low;
        *high = greatest[k] > *high ? greatest[k] : *high;
    }
    *high = nextafterf(*high, INFINITY);
}

/* Halves the range until exactly count values lie above a threshold, or, where values are equal,
 * until the range is one of them. */
void rank_threshold(const float *value, size_t n, size_t count, uint16_t one, uint16_t *mask) {
    float low, high;
    find_range(value, n, &low, &high);
    size_t from_low = n, from_high = 0;
    while (from_low != count && from_high != count) {
        float middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        size_t from_middle = count_from(value, n, middle);
        if (from_middle >= count) {
            low = middle;
            from_low = from_middle;
        } else {
            high = middle;
            from_high = from_middle;
        }
    }
    mark_from(value, n, from_low == count ? low : high, one, mask);
    if (from_low == count)
        return;
    for (size_t i = 0; from_high < count; i++)
        if (value[i] == low) {
            mask[i] = one;
            from_high++;
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

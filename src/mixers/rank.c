#include "mixers/rank.h"

#include "base/simd.h"

#include <stdlib.h>
#include <string.h>

/* Floats as integers in the same order. */
static inline uint32_t key_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits ^ (bits >> 31 ? 0xffffffffu : 0x80000000u);
}

SIMD_CLONES
static void make_keys(const float *value, size_t n, uint32_t *key) {
    for (size_t i = 0; i < n; i++)
        key[i] = key_of(value[i]);
}

SIMD_CLONES
static size_t count_from(const uint32_t *key, size_t n, uint32_t low) {
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += key[i] >= low;
    return count;
}

/* The count-th largest key, by halving the interval that holds it. 1 ≤ count ≤ n. */
static uint32_t nth_largest(const uint32_t *key, size_t n, size_t count) {
    uint32_t low = 0, high = UINT32_MAX;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2 + 1;
        if (count_from(key, n, middle) >= count)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

SIMD_CLONES
static void mark_above(const uint32_t *key, size_t n, uint32_t threshold, uint16_t one,
                       uint16_t *mask) {
    for (size_t i = 0; i < n; i++)
        mask[i] = key[i] > threshold ? one : 0;
}

void rank_threshold(const float *value, size_t n, size_t count, uint16_t one, uint32_t *key,
                    uint16_t *mask) {
    memset(mask, 0, n * sizeof *mask);
    if (count == 0)
        return;
    make_keys(value, n, key);
    uint32_t threshold = nth_largest(key, n, count);
    mark_above(key, n, threshold, one, mask);
    size_t above = threshold == UINT32_MAX ? 0 : count_from(key, n, threshold + 1);
    for (size_t i = 0; above < count; i++)
        if (key[i] == threshold) {
            mask[i] = one;
            above++;
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

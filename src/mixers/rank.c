#include "mixers/rank.h"

#include "base/simd.h"
#include "mixers/threshold.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct valued {
    double value;
    uint32_t index;
};

static int by_falling_value(const void *a, const void *b) {
    const struct valued *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? 1 : -1;
    return (x->index > y->index) - (x->index < y->index);
}

/* --- the largest --- */

SIMD_CLONES
static void mark_from(const float *value, size_t n, float low, uint16_t one, uint16_t *mask) {
    for (size_t i = 0; i < n; i++)
        mask[i] = value[i] >= low ? one : 0;
}

SIMD_CLONES
static uint32_t count_between(const float *value, size_t n, float low, float high) {
    uint32_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += (value[i] >= low) & (value[i] <= high);
    return count;
}

/* Those of the n values that lie from low to high, by rising index. found: as many as there are */
static void find_between(const float *value, size_t n, float low, float high,
                         struct valued *found) {
    enum { STRETCH = 512 }; // most hold none
    for (size_t start = 0; start < n; start += STRETCH) {
        size_t end = start + STRETCH < n ? start + STRETCH : n;
        if (count_between(value + start, end - start, low, high) > 0)
            for (size_t i = start; i < end; i++)
                if (value[i] >= low && value[i] <= high)
                    *found++ = (struct valued){.index = (uint32_t)i};
    }
}

/* As the floats and the exact values differ by one doubt at most, so do their thresholds: further
 * than two doubts from the threshold, the mask is right. Those nearer keep the number of their
 * ones, which go to the largest of them. */
static void settle(const struct ranked *field, float threshold, uint16_t one, uint16_t *mask,
                   struct arena *arena) {
    float low = (float)(threshold - 2 * field->doubt), high = (float)(threshold + 2 * field->doubt);
    size_t n = count_between(field->value, field->n, low, high), ones = 0;
    if (n < 2)
        return;
    struct valued *near = arena_take(arena, n * sizeof *near);
    find_between(field->value, field->n, low, high, near);
    for (size_t k = 0; k < n; k++)
        ones += mask[near[k].index] != 0;
    if (ones == 0 || ones == n)
        return;
    for (size_t k = 0; k < n; k++)
        near[k].value = field->exact(field->of, near[k].index);
    qsort(near, n, sizeof *near, by_falling_value);
    for (size_t k = 0; k < n; k++)
        mask[near[k].index] = k < ones ? one : 0;
}

void rank_threshold(const struct ranked *field, size_t count, uint16_t one, uint16_t *mask,
                    struct arena *arena) {
    struct bracket bracket = threshold_find(field->value, field->n, count);
    bool from_low = bracket.from_low == count, from_high = bracket.from_high == count;
    mark_from(field->value, field->n, from_low ? bracket.low : bracket.high, one, mask);
    for (size_t i = 0; !from_low && bracket.from_high < count; i++)
        if (field->value[i] == bracket.low) {
            mask[i] = one;
            bracket.from_high++;
        }
    if (field->doubt > 0)
        settle(field, from_high && !from_low ? bracket.high : bracket.low, one, mask, arena);
}

/* --- the order of all --- */

enum { KEY_STEP = 11 }; // bits of a key that one pass sorts by

struct keyed {
    uint32_t key, index;
};

/* Values as integers in the opposite order, some equal that are not quite. */
static inline uint32_t key_of(double value) {
    float rounded = (float)value + 0.0f; // never -0
    uint32_t bits;
    memcpy(&bits, &rounded, sizeof bits);
    return bits ^ (bits >> 31 ? 0 : 0x7fffffffu);
}

/* One pass of a radix sort: by some bits of the key, those that agree in them as they came. */
static void sort_by_bits(const struct keyed *from, size_t n, int shift, struct keyed *to) {
    enum { MASK = (1 << KEY_STEP) - 1 };
    uint32_t start[MASK + 2] = {0};
    for (size_t i = 0; i < n; i++)
        start[(from[i].key >> shift & MASK) + 1]++;
    for (int k = 0; k < MASK; k++)
        start[k + 1] += start[k];
    for (size_t i = 0; i < n; i++)
        to[start[from[i].key >> shift & MASK]++] = from[i];
}

static const struct keyed *sort_by_key(const double *value, size_t n, struct arena *arena) {
    struct keyed *from = arena_take(arena, n * sizeof *from);
    struct keyed *to = arena_take(arena, n * sizeof *to);
    for (size_t i = 0; i < n; i++)
        from[i] = (struct keyed){key_of(value[i]), (uint32_t)i};
    for (int shift = 0; shift < 32; shift += KEY_STEP) {
        sort_by_bits(from, n, shift, to);
        struct keyed *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

/* Of the ranks first..last-1, whose keys are equal. */
static void order_run(const double *value, size_t first, size_t last, uint32_t *order,
                      struct arena *arena) {
    struct valued *run = arena_take(arena, (last - first) * sizeof *run);
    for (size_t k = first; k < last; k++)
        run[k - first] = (struct valued){value[order[k]], order[k]};
    qsort(run, last - first, sizeof *run, by_falling_value);
    for (size_t k = first; k < last; k++)
        order[k] = run[k - first].index;
}

void rank_order(const double *value, size_t n, uint32_t *order, struct arena *arena) {
    const struct keyed *sorted = sort_by_key(value, n, arena);
    for (size_t rank = 0; rank < n; rank++)
        order[rank] = sorted[rank].index;
    for (size_t first = 0, last; first < n; first = last) {
        last = first + 1;
        while (last < n && sorted[last].key == sorted[first].key)
            last++;
        if (last - first > 1)
            order_run(value, first, last, order, arena);
    }
}

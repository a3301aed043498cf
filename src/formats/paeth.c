#include "formats/paeth.h"

#include "base/simd.h"

#include <stdbool.h>

static inline uint8_t distance(uint8_t x, uint8_t y) {
    return (uint8_t)((x > y ? x : y) - (x > y ? y : x));
}

/* The neighbour nearest to left + above - corner, in bytes alone, of which a vector holds the most.
 * With both neighbours on one side of the corner, that is as far from it as from both together:
 * never nearest. With one on each side, it is as far as those two distances differ. */
static inline uint8_t predict(uint8_t left, uint8_t above, uint8_t corner) {
    uint8_t to_left = distance(above, corner), to_above = distance(left, corner);
    uint8_t to_corner = distance(to_left, to_above);
    uint8_t to_nearest = to_left <= to_above ? to_left : to_above;
    uint8_t nearest = to_left <= to_above ? left : above;
    bool is_between = (above > corner) != (left > corner);
    bool is_nearest = is_between & (to_corner < to_nearest);
    return is_nearest ? corner : nearest;
}

SIMD_CLONES
static void filter_inside(const uint8_t *restrict at, size_t n, size_t stride, size_t step,
                          uint8_t *restrict out) {
    const uint8_t *left = at - step, *above = at - stride, *corner = above - step;
    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)(at[i] - predict(left[i], above[i], corner[i]));
}

/* Where there is nothing above, the left neighbour is the nearest; where there is nothing to the
 * left, the one above. The rest goes in one run over all rows, so that it is long, and what that
 * does at their beginnings is put right. */
void paeth_filter(const uint8_t *rows, size_t n_rows, size_t row, size_t step, uint8_t *out) {
    size_t stride = 1 + row, inside = stride + 1 + step, size = n_rows * stride;
    for (size_t i = 1; i < stride; i++)
        out[i] = (uint8_t)(rows[i] - (i > step ? rows[i - step] : 0));
    if (size > inside)
        filter_inside(rows + inside, size - inside, stride, step, out + inside);
    for (size_t at = 0; at < size; at += stride) {
        out[at] = FILTER_PAETH;
        for (size_t i = at + 1; at > 0 && i <= at + step; i++)
            out[i] = (uint8_t)(rows[i] - rows[i - stride]);
    }
}

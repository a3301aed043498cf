#include "mixers/threshold.h"

#include "base/simd.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

enum { LANES = 32 }; // values that a loop looks at side by side

/* In lanes side by side, as below. */
SIMD_CLONES
static size_t count_from(const float *value, size_t n, float low) {
    uint32_t lane[LANES] = {0}, count = 0;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            lane[k] += value[i + k] >= low;
    for (; i < n; i++)
        count += value[i] >= low;
    for (size_t k = 0; k < LANES; k++)
        count += lane[k];
    return count;
}

/* low: the least value; high: the float after the greatest. Lanes side by side, because the
 * compiler may not reorder a single minimum. */
SIMD_CLONES
static void find_range(const float *value, size_t n, float *low, float *high) {
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
    for (size_t half = LANES / 2; half > 0; half /= 2)
        for (size_t k = 0; k < half; k++) {
            least[k] = least[k + half] < least[k] ? least[k + half] : least[k];
            greatest[k] = greatest[k + half] > greatest[k] ? greatest[k + half] : greatest[k];
        }
    *low = least[0];
    *high = greatest[0];
    *high = nextafterf(*high, INFINITY);
}

/* Between low and high as if values were spread evenly (regula falsi). */
static float guess(const struct bracket *bracket) {
    double part = bracket->surplus / (bracket->surplus + bracket->shortfall);
    float value = (float)(bracket->low + ((double)bracket->high - bracket->low) * part);
    bool inside = value > bracket->low && value < bracket->high;
    return inside ? value : bracket->low + (bracket->high - bracket->low) / 2;
}

/* The end that stays counts less from guess to guess, so that it is not approached in ever smaller
 * steps. */
static void narrow(struct bracket *bracket, float value, size_t from_value, size_t count) {
    static const double fade = 0.8;
    if (from_value >= count) {
        bracket->low = value;
        bracket->from_low = from_value;
        bracket->surplus = (double)(from_value - count);
        bracket->shortfall *= fade;
    } else {
        bracket->high = value;
        bracket->from_high = from_value;
        bracket->shortfall = (double)(count - from_value);
        bracket->surplus *= fade;
    }
}

/* Until exactly count values lie above a threshold, or, where values are equal, until the bracket
 * holds nothing but one of them. */
struct bracket threshold_find(const float *value, size_t n, size_t count) {
    struct bracket bracket = {
        .from_low = n, .surplus = (double)(n - count), .shortfall = (double)count};
    find_range(value, n, &bracket.low, &bracket.high);
    while (bracket.from_low != count && bracket.from_high != count) {
        float middle = guess(&bracket);
        if (middle <= bracket.low || middle >= bracket.high)
            break;
        narrow(&bracket, middle, count_from(value, n, middle), count);
    }
    return bracket;
}

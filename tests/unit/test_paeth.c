/* Paeth's filter beside its definition (W3C PNG, 2003, section 9.4), for all neighbours there are.
 */
#include "base/memory.h"
#include "formats/paeth.h"

#include "support.h"

#include <stdlib.h>

static uint8_t defined(int left, int above, int corner) {
    int guess = left + above - corner;
    int to_left = abs(guess - left), to_above = abs(guess - above), to_corner = abs(guess - corner);
    if (to_left <= to_above && to_left <= to_corner)
        return (uint8_t)left;
    return (uint8_t)(to_above <= to_corner ? above : corner);
}

/* Two rows for each corner: in the columns of a pair stand the corner and what is above, then what
 * is to the left and a byte to be filtered. */
static void every_neighbourhood_is_filtered_as_defined(void **state) {
    (void)state;
    enum { PAIRS = 256 * 256, ROW = 2 * PAIRS, FILTERED = 77 };
    uint8_t *rows = must_calloc(2, 1 + ROW), *out = must_calloc(2, 1 + ROW);
    uint8_t *first = rows + 1, *second = rows + 1 + ROW + 1, *made = out + 1 + ROW + 1;
    for (int corner = 0; corner < 256; corner++) {
        for (int i = 0; i < PAIRS; i++) {
            first[2 * i] = (uint8_t)corner;
            first[2 * i + 1] = (uint8_t)i;
            second[2 * i] = (uint8_t)(i >> 8);
            second[2 * i + 1] = FILTERED;
        }
        paeth_filter(rows, 2, ROW, 1, out);
        for (int i = 0; i < PAIRS; i++)
            if (made[2 * i + 1] != (uint8_t)(FILTERED - defined(i >> 8, i & 0xff, corner)))
                fail_msg("left %d, above %d, corner %d: %d", i >> 8, i & 0xff, corner,
                         made[2 * i + 1]);
    }
    free(rows);
    free(out);
}

/* Beyond the borders there are zeros. */
static void borders_are_filtered_as_defined(void **state) {
    (void)state;
    static const uint8_t rows[2][1 + 6] = {{0, 10, 20, 30, 15, 27, 39},
                                           {0, 11, 18, 30, 70, 80, 90}};
    static const uint8_t filtered[2][1 + 6] = {{FILTER_PAETH, 10, 20, 30, 5, 7, 9},
                                               {FILTER_PAETH, 1, 254, 0, 55, 53, 51}};
    uint8_t out[2][1 + 6];
    paeth_filter(rows[0], 2, 6, 3, out[0]);
    assert_memory_equal(out, filtered, sizeof out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_neighbourhood_is_filtered_as_defined),
        cmocka_unit_test(borders_are_filtered_as_defined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

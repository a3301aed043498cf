/* Byte pairs: two rows of bytes become one, b + (a − b) q / 2^15, rounded, halves up. q: what the
 * first byte weighs, 0..PART_ONE. */
#ifndef MIXSMITH_BYTE_PAIRS_H
#define MIXSMITH_BYTE_PAIRS_H

#include <stddef.h>
#include <stdint.h>

/* One weight for all. a, b, out: (n) */
void byte_pairs_mix(const uint8_t *a, const uint8_t *b, int q, size_t n, uint8_t *out);

/* A weight for each. q: (n) */
void byte_pairs_mask(const uint8_t *a, const uint8_t *b, const uint16_t *q, size_t n, uint8_t *out);

#endif

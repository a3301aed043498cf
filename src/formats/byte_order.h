/* Numbers as files hold them: the byte order of the format, whatever the machine's. */
#ifndef MIXSMITH_BYTE_ORDER_H
#define MIXSMITH_BYTE_ORDER_H

#include <stddef.h>
#include <stdint.h>

/* Arrays go to files and digests as they lie in memory; sizes of files are sizes in memory. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && sizeof(size_t) == 8,
               "mixsmith is made for 64-bit, little-endian processors");

/* n ≤ 4 bytes, the most significant first. */
static inline uint32_t read_big_endian(const uint8_t *at, int n) {
    uint32_t value = 0;
    for (int i = 0; i < n; i++)
        value = value << 8 | at[i];
    return value;
}

/* n ≤ 4 bytes, the least significant first. */
static inline uint32_t read_little_endian(const uint8_t *at, int n) {
    uint32_t value = 0;
    for (int i = n - 1; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

/* Four bytes, the most significant first; returns the place behind. */
static inline uint8_t *put_big_endian(uint8_t *at, uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        *at++ = (uint8_t)(value >> shift);
    return at;
}

#endif

/* Bits behind each other, the first of a byte lowest, as deflate packs them (RFC 1951, section
 * 3.1.1). */
#ifndef MIXSMITH_BITS_H
#define MIXSMITH_BITS_H

#include <stdint.h>
#include <string.h>

enum { BITS_WORD = 8 }; // bytes written at a time: so much room is behind the last

struct bits {
    uint8_t *at;
    uint64_t held; // not yet written
    int n;         // of them; below 8 after a flush
};

/* Behind at most 64 bits held; those of `value` above `length` are 0. */
static inline void bits_put(struct bits *bits, uint64_t value, int length) {
    bits->held |= value << bits->n;
    bits->n += length;
}

/* Writes whole bytes. */
static inline void bits_flush(struct bits *bits) {
    memcpy(bits->at, &bits->held, BITS_WORD);
    bits->at += bits->n >> 3;
    bits->held >>= bits->n & ~7;
    bits->n &= 7;
}

#endif

/* Huffman codes for deflate: lengths from counts, codes from lengths (RFC 1951, section 3.2.2). */
#ifndef MIXSMITH_HUFFMAN_H
#define MIXSMITH_HUFFMAN_H

#include <stdint.h>

enum { HUFFMAN_SYMBOLS_MAX = 288, HUFFMAN_LENGTH_MAX = 15 };

struct huffman {
    int n;                               // symbols
    uint8_t length[HUFFMAN_SYMBOLS_MAX]; // bits, 0: not used
    uint16_t code[HUFFMAN_SYMBOLS_MAX];  // first bit lowest, as deflate sends them
};

/* A code whose lengths are at most max_length bits; optimal but where that bound matters. count:
 * (n) how often each symbol occurs. Equal counts are told apart by symbol. A single used symbol
 * gets one bit. n ≤ HUFFMAN_SYMBOLS_MAX, max_length ≤ HUFFMAN_LENGTH_MAX with room for all used
 * symbols, counts that add up to less than 2^31. */
void huffman_build(struct huffman *huffman, const uint32_t *count, int n, int max_length);

#endif

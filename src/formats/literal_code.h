/* A code for literals, together with the header of the block that is written in it (RFC 1951,
 * section 3.2.7). */
#ifndef MIXSMITH_LITERAL_CODE_H
#define MIXSMITH_LITERAL_CODE_H

#include "formats/bits.h"
#include "formats/huffman.h"

#include <stdbool.h>

enum {
    LITERALS = 257, // the byte values and the end of the block
    LITERALS_END = 256,
    LITERAL_BITS_MAX = 14,    // of a code: four can be put at a time
    LITERAL_HEADER_MAX = 400, // bytes
};

struct literal_code {
    struct huffman huffman;
    uint8_t header[LITERAL_HEADER_MAX]; // all but its first bit, which says whether it is the last
    int header_bits;
};

/* count: (LITERALS), as huffman_build takes them. */
void literal_code_build(struct literal_code *code, const uint32_t *count);

/* Appends the header of a block, which may be the last of its stream. */
void literal_code_put_header(const struct literal_code *code, bool last, struct bits *bits);

#endif

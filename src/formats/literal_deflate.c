#include "formats/literal_deflate.h"

#include "formats/huffman.h"

#include <string.h>

enum {
    BLOCK = 1 << 15, // bytes that share one code
    LITERALS = 257,  // the byte values and the end of the block
    END = 256,
    DISTANCES = 1, // one, never sent, because some readers refuse none
    LENGTH_CODES = 19,
    LENGTH_CODE_BITS_MAX = 7,
    HEADER_MAX = 400, // bytes of a block besides its literals
    WORD = 8,         // bytes written at a time
};

/* --- bits, first bit lowest --- */

struct bits {
    uint8_t *at;
    uint64_t held; // not yet written
    int n;         // of them; below 8 after a flush
};

static inline void put(struct bits *bits, uint32_t code, int length) {
    bits->held |= (uint64_t)code << bits->n;
    bits->n += length;
}

/* Writes whole bytes; there is room for a word. */
static inline void flush(struct bits *bits) {
    memcpy(bits->at, &bits->held, WORD);
    bits->at += bits->n >> 3;
    bits->held >>= bits->n & ~7;
    bits->n &= 7;
}

/* --- the header of a block: code lengths, run-length coded --- */

/* A symbol of the code length alphabet: 0..15 lengths, 16 repeats the last 3–6 times, 17 and 18 are
 * 3–10 and 11–138 zeros. */
struct length_symbol {
    uint8_t symbol, extra, extra_bits;
};

static int run_of(const uint8_t *length, int n) {
    int run = 1;
    while (run < n && length[run] == length[0])
        run++;
    return run;
}

static int code_lengths(const uint8_t *length, int n, struct length_symbol *out) {
    int used = 0;
    for (int i = 0, run; i < n; i += run) {
        run = run_of(length + i, n - i);
        if (length[i] == 0 && run >= 11) {
            run = run > 138 ? 138 : run;
            out[used++] = (struct length_symbol){18, (uint8_t)(run - 11), 7};
        } else if (length[i] == 0 && run >= 3) {
            out[used++] = (struct length_symbol){17, (uint8_t)(run - 3), 3};
        } else if (i > 0 && length[i] == length[i - 1] && run >= 3) {
            run = run > 6 ? 6 : run;
            out[used++] = (struct length_symbol){16, (uint8_t)(run - 3), 2};
        } else {
            run = 1;
            out[used++] = (struct length_symbol){length[i], 0, 0};
        }
    }
    return used;
}

static void put_header(struct bits *bits, const struct huffman *literals, bool last) {
    static const uint8_t order[LENGTH_CODES] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                11, 4,  12, 3, 13, 2, 14, 1, 15};
    uint8_t length[LITERALS + DISTANCES];
    memcpy(length, literals->length, LITERALS);
    length[LITERALS] = 1;
    struct length_symbol symbols[LITERALS + DISTANCES];
    int n_symbols = code_lengths(length, LITERALS + DISTANCES, symbols);
    uint32_t count[LENGTH_CODES] = {0};
    for (int i = 0; i < n_symbols; i++)
        count[symbols[i].symbol]++;
    struct huffman lengths;
    huffman_build(&lengths, count, LENGTH_CODES, LENGTH_CODE_BITS_MAX);
    int n_codes = LENGTH_CODES;
    while (n_codes > 4 && lengths.length[order[n_codes - 1]] == 0)
        n_codes--;
    put(bits, last, 1);
    put(bits, 2, 2); // dynamic Huffman codes
    put(bits, LITERALS - 257, 5);
    put(bits, DISTANCES - 1, 5);
    put(bits, (uint32_t)n_codes - 4, 4);
    flush(bits);
    for (int i = 0; i < n_codes; i++) {
        put(bits, lengths.length[order[i]], 3);
        flush(bits);
    }
    for (int i = 0; i < n_symbols; i++) {
        put(bits, lengths.code[symbols[i].symbol], lengths.length[symbols[i].symbol]);
        put(bits, symbols[i].extra, symbols[i].extra_bits);
        flush(bits);
    }
}

/* --- the literals --- */

/* Four tables, so that equal bytes in a row do not wait for each other. */
static void count_bytes(const uint8_t *in, size_t n, uint32_t count[LITERALS]) {
    uint32_t part[4][256] = {0};
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++)
            part[k][in[i + k]]++;
    for (; i < n; i++)
        part[0][in[i]]++;
    for (int value = 0; value < 256; value++)
        count[value] = part[0][value] + part[1][value] + part[2][value] + part[3][value];
    count[END] = 1;
}

/* Three codes of at most 15 bits fit beside the 7 that a flush may leave. */
static void put_literals(struct bits *bits, const struct huffman *huffman, const uint8_t *in,
                         size_t n) {
    struct {
        uint16_t code, length;
    } table[256];
    for (int value = 0; value < 256; value++) {
        table[value].code = huffman->code[value];
        table[value].length = huffman->length[value];
    }
    struct bits local = *bits;
    size_t i = 0;
    for (; i + 3 <= n; i += 3) {
        put(&local, table[in[i]].code, table[in[i]].length);
        put(&local, table[in[i + 1]].code, table[in[i + 1]].length);
        put(&local, table[in[i + 2]].code, table[in[i + 2]].length);
        flush(&local);
    }
    for (; i < n; i++) {
        put(&local, table[in[i]].code, table[in[i]].length);
        flush(&local);
    }
    *bits = local;
}

static void put_block(struct bits *bits, const uint8_t *in, size_t n, bool last) {
    uint32_t count[LITERALS];
    struct huffman huffman;
    count_bytes(in, n, count);
    huffman_build(&huffman, count, LITERALS, HUFFMAN_LENGTH_MAX);
    put_header(bits, &huffman, last);
    put_literals(bits, &huffman, in, n);
    put(bits, huffman.code[END], huffman.length[END]);
    flush(bits);
}

size_t literal_deflate_bound(size_t n) {
    return n + n / 8 + (n / BLOCK + 1) * HEADER_MAX + WORD;
}

size_t literal_deflate(const uint8_t *in, size_t n, uint8_t *out) {
    struct bits bits = {.at = out};
    size_t at = 0;
    do {
        size_t block = n - at < BLOCK + BLOCK / 2 ? n - at : BLOCK;
        put_block(&bits, in + at, block, at + block == n);
        at += block;
    } while (at < n);
    put(&bits, 0, -bits.n & 7);
    flush(&bits);
    return (size_t)(bits.at - out);
}

/* Counts 4-byte words that stood before within 256 bytes, in a part of the bytes that is spread
 * over all of them. */
bool has_matches(const uint8_t *in, size_t n) {
    enum { STRETCH = 512, STRETCHES = 8, HASH_BITS = 8, WORDS_MATCHED_OF = 8 };
    size_t seen = 0, matched = 0;
    for (size_t s = 0; s < STRETCHES; s++) {
        uint32_t last[1 << HASH_BITS] = {0};
        size_t from = n / STRETCHES * s;
        for (size_t i = from; i + 4 <= n && i < from + STRETCH; i += 4) {
            uint32_t word;
            memcpy(&word, in + i, sizeof word);
            uint32_t *slot = &last[word * 0x9E3779B1u >> (32 - HASH_BITS)];
            matched += *slot == word;
            *slot = word;
            seen++;
        }
    }
    return matched * WORDS_MATCHED_OF > seen;
}

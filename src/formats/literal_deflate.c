#include "formats/literal_deflate.h"

#include "formats/literal_code.h"
#include "formats/ready_codes.h"

#include <string.h>

enum { BLOCK = 1 << 15 }; // bytes that share one code

/* Four tables, so that equal bytes in a row do not wait for each other. A fourth of a block does
 * not overflow them. */
static void count_bytes(const uint8_t *in, size_t n, uint32_t count[LITERALS]) {
    uint16_t part[4][256] = {0};
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++)
            part[k][in[i + k]]++;
    for (; i < n; i++)
        part[0][in[i]]++;
    for (int value = 0; value < 256; value++)
        count[value] =
            (uint32_t)(part[0][value] + part[1][value] + part[2][value] + part[3][value]);
    count[LITERALS_END] = 1;
}

/* A code, or several behind each other. */
struct word {
    uint64_t bits;
    int n;
};

static inline struct word word_of(const struct huffman *huffman, uint8_t byte) {
    return (struct word){huffman->code[byte], huffman->length[byte]};
}

static inline struct word join(struct word low, struct word high) {
    return (struct word){low.bits | high.bits << low.n, low.n + high.n};
}

/* Four codes of at most 14 bits fit beside the 7 that a flush may leave. They are joined in pairs,
 * so that few steps wait for each other. */
static void put_literals(struct bits *bits, const struct huffman *huffman, const uint8_t *in,
                         size_t n) {
    struct bits local = *bits;
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        struct word low = join(word_of(huffman, in[i]), word_of(huffman, in[i + 1]));
        struct word high = join(word_of(huffman, in[i + 2]), word_of(huffman, in[i + 3]));
        struct word all = join(low, high);
        bits_put(&local, all.bits, all.n);
        bits_flush(&local);
    }
    for (; i < n; i++) {
        bits_put(&local, huffman->code[in[i]], huffman->length[in[i]]);
        bits_flush(&local);
    }
    bits_put(&local, huffman->code[LITERALS_END], huffman->length[LITERALS_END]);
    bits_flush(&local);
    *bits = local;
}

static void put_block(struct bits *bits, const uint8_t *in, size_t n, bool last) {
    uint32_t count[LITERALS];
    struct literal_code own;
    count_bytes(in, n, count);
    const struct literal_code *code = ready_code(count, n);
    if (!code) {
        literal_code_build(&own, count);
        code = &own;
    }
    literal_code_put_header(code, last, bits);
    put_literals(bits, &code->huffman, in, n);
}

size_t literal_deflate_bound(size_t n) {
    return n + n / 8 + (n / BLOCK + 1) * LITERAL_HEADER_MAX + BITS_WORD;
}

size_t literal_deflate(const uint8_t *in, size_t n, uint8_t *out) {
    struct bits bits = {.at = out};
    size_t at = 0;
    do {
        size_t block = n - at < BLOCK + BLOCK / 2 ? n - at : BLOCK;
        put_block(&bits, in + at, block, at + block == n);
        at += block;
    } while (at < n);
    bits_put(&bits, 0, -bits.n & 7);
    bits_flush(&bits);
    return (size_t)(bits.at - out);
}

static size_t count_known(const uint8_t *in, size_t words, uint32_t *known, int hash_bits) {
    size_t n = 0;
    for (size_t i = 0; i < words; i++) {
        uint32_t word;
        memcpy(&word, in + i * sizeof word, sizeof word);
        uint32_t *slot = &known[word * 0x9E3779B1u >> (32 - hash_bits)];
        n += *slot == word;
        *slot = word;
    }
    return n;
}

/* Counts words of four bytes that are known from before, in half of the bytes or less, spread over
 * all of them. Where a quarter is known, a search gains a twentieth, in many times the time. */
bool has_matches(const uint8_t *in, size_t n) {
    enum { STRETCHES = 8, WORDS_MAX = 128, HASH_BITS = 8, KNOWN_OF = 4 };
    uint32_t known[1 << HASH_BITS] = {0};
    size_t apart = n / STRETCHES, words = apart / 2 / sizeof *known, matched = 0;
    words = words < WORDS_MAX ? words : WORDS_MAX;
    for (size_t i = 0; i < STRETCHES; i++)
        matched += count_known(in + i * apart, words, known, HASH_BITS);
    return matched * KNOWN_OF > words * STRETCHES;
}

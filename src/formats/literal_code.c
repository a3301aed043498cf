#include "formats/literal_code.h"

#include "formats/byte_order.h"

enum {
    DISTANCES = 1, // one, never sent, because some readers refuse none
    LENGTHS = LITERALS + DISTANCES,
    LENGTH_CODES = 19,
    LENGTH_CODE_BITS_MAX = 7,
};

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

/* Run-length codes the lengths. */
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

static void put_lengths(const struct length_symbol *symbols, int n, struct bits *bits) {
    static const uint8_t order[LENGTH_CODES] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                11, 4,  12, 3, 13, 2, 14, 1, 15};
    uint32_t count[LENGTH_CODES] = {0};
    for (int i = 0; i < n; i++)
        count[symbols[i].symbol]++;
    struct huffman lengths;
    huffman_build(&lengths, count, LENGTH_CODES, LENGTH_CODE_BITS_MAX);
    int n_codes = LENGTH_CODES;
    while (n_codes > 4 && lengths.length[order[n_codes - 1]] == 0)
        n_codes--;
    bits_put(bits, (uint32_t)n_codes - 4, 4);
    for (int i = 0; i < n_codes; i++) {
        bits_put(bits, lengths.length[order[i]], 3);
        bits_flush(bits);
    }
    for (int i = 0; i < n; i++) {
        bits_put(bits, lengths.code[symbols[i].symbol], lengths.length[symbols[i].symbol]);
        bits_put(bits, symbols[i].extra, symbols[i].extra_bits);
        bits_flush(bits);
    }
}

static void write_header(struct literal_code *code) {
    struct length_symbol symbols[LENGTHS];
    uint8_t length[LENGTHS];
    memcpy(length, code->huffman.length, LITERALS);
    length[LITERALS] = 1;
    int n = code_lengths(length, LENGTHS, symbols);
    struct bits bits = {.at = code->header};
    bits_put(&bits, 2, 2); // dynamic Huffman codes
    bits_put(&bits, LITERALS - 257, 5);
    bits_put(&bits, DISTANCES - 1, 5);
    put_lengths(symbols, n, &bits);
    code->header_bits = (int)(bits.at - code->header) * 8 + bits.n;
}

void literal_code_build(struct literal_code *code, const uint32_t *count) {
    huffman_build(&code->huffman, count, LITERALS, LITERAL_BITS_MAX);
    write_header(code);
}

void literal_code_put_header(const struct literal_code *code, bool last, struct bits *bits) {
    const uint8_t *at = code->header;
    int left = code->header_bits;
    bits_put(bits, last, 1);
    for (; left >= 32; left -= 32, at += 4) {
        bits_put(bits, read_little_endian(at, 4), 32);
        bits_flush(bits);
    }
    bits_put(bits, read_little_endian(at, (left + 7) / 8), left);
    bits_flush(bits);
}

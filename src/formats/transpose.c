/* A 16 × 16 block of bytes is transposed by four rounds of the perfect shuffle: interleaving row i
 * with row i + 8 rotates the bits of a byte's address (row, column) by one, and after four rounds
 * row and column have changed places. */
#include "formats/transpose.h"

#include <string.h>

enum { SIDE = TRANSPOSE_SIDE };

typedef uint8_t line __attribute__((vector_size(SIDE)));

static inline line low_halves(line a, line b) {
    return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

static inline line high_halves(line a, line b) {
    return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15,
                                   31);
}

static inline void shuffle(const line in[SIDE], line out[SIDE]) {
    for (int i = 0; i < SIDE / 2; i++) {
        out[2 * i] = low_halves(in[i], in[i + SIDE / 2]);
        out[2 * i + 1] = high_halves(in[i], in[i + SIDE / 2]);
    }
}

static void transpose_block(const uint8_t *in, ptrdiff_t in_stride, uint8_t *out,
                            ptrdiff_t out_stride) {
    line a[SIDE], b[SIDE];
    for (int i = 0; i < SIDE; i++)
        memcpy(&a[i], in + i * in_stride, SIDE);
    shuffle(a, b);
    shuffle(b, a);
    shuffle(a, b);
    shuffle(b, a);
    for (int i = 0; i < SIDE; i++)
        memcpy(out + i * out_stride, &a[i], SIDE);
}

/* The last block ends with the last byte and overlaps the one before it. */
static int block_at(int i, int n) {
    return i < n - SIDE ? i : n - SIDE;
}

void transpose_to_columns(const uint8_t *rows, ptrdiff_t stride, int n, uint8_t *columns) {
    for (int i = 0; i < n; i += SIDE) {
        int at = block_at(i, n);
        transpose_block(rows + at, stride, columns + (ptrdiff_t)at * SIDE, SIDE);
    }
}

void transpose_to_rows(const uint8_t *columns, int n, uint8_t *rows, ptrdiff_t stride) {
    for (int i = 0; i < n; i += SIDE) {
        int at = block_at(i, n);
        transpose_block(columns + (ptrdiff_t)at * SIDE, SIDE, rows + at, stride);
    }
}

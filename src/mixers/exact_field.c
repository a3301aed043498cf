/* A value of a random field summed from its spectrum, term by term in a fixed order and in double:
 * the same bits everywhere. For the few values whose ranks the fast transform leaves open. */
#include "base/simd.h"
#include "mixers/field.h"

#include <string.h>

/* sums: (2, n) the row times re, and times im */
SIMD_CLONES
static void add_row(const float *row, size_t n, double re, double im, double *sums) {
    double *real = sums, *imaginary = sums + n;
    for (size_t i = 0; i < n; i++) {
        real[i] += re * row[i];
        imaginary[i] += im * row[i];
    }
}

/* The transform over all axes but the last, at one place of those: the spectrum of a row. kx = 0
 * and kx = w/2 stand for themselves, the others for their mirror images, too. */
static void sum_columns(struct drawn_field *drawn, size_t z, size_t y) {
    const struct field *field = drawn->field;
    const size_t d = (size_t)field->grid.side[0], h = (size_t)field->grid.side[1];
    const size_t w = (size_t)field->grid.side[2], n = field->stride;
    const float *row = drawn->spectrum;
    double *real = drawn->sums, *imaginary = real + n;
    memset(drawn->sums, 0, 2 * n * sizeof *drawn->sums);
    for (size_t kz = 0; kz < d; kz++)
        for (size_t ky = 0; ky < h; ky++, row += n) {
            struct complex_number a = field->root[0][kz * z % d], b = field->root[1][ky * y % h];
            add_row(row, n, a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re, drawn->sums);
        }
    for (size_t kx = 0; kx <= w / 2; kx++) {
        double times = kx == 0 || 2 * kx == w ? 1 : 2;
        drawn->line[kx].re = times * (real[2 * kx] - imaginary[2 * kx + 1]);
        drawn->line[kx].im = times * (real[2 * kx + 1] + imaginary[2 * kx]);
    }
}

/* The real transform over the last axis, at one place. */
static double sum_row(const struct drawn_field *drawn, size_t x) {
    const struct complex_number *root = drawn->field->root[2], *line = drawn->line;
    size_t w = (size_t)drawn->field->grid.side[2], turn = 0; // kx · x, modulo w
    double sum = 0;
    for (size_t kx = 0; kx <= w / 2; kx++) {
        sum += line[kx].re * root[turn].re - line[kx].im * root[turn].im;
        turn = turn + x < w ? turn + x : turn + x - w;
    }
    return sum;
}

double field_exact(struct drawn_field *drawn, size_t position) {
    const int *side = drawn->field->shown.side;
    size_t row = position / (size_t)side[2];
    if (row != drawn->at_hand)
        sum_columns(drawn, row / (size_t)side[1], row % (size_t)side[1]);
    drawn->at_hand = row;
    return sum_row(drawn, position % (size_t)side[2]);
}

/* Discrete Fourier transforms in double, the same bits on every CPU; several lines side by side. */
#ifndef MIXSMITH_TRANSFORM_H
#define MIXSMITH_TRANSFORM_H

#include <stdbool.h>
#include <stddef.h>

enum { LINES = 8 };

struct complex_number {
    double re, im;
};

/* One place of each line. */
struct places {
    double re[LINES], im[LINES];
};

struct transform {
    size_t n;                        // places of a line
    struct complex_number *root;     // (n) e^(2πi k / n)
    struct convolution *convolution; // NULL where n has small prime factors only
};

/* n: 1..2^29 */
void transform_open(struct transform *transform, int n);

/* Places of a line that a transform needs: those from n up are overwritten. */
size_t transform_room(const struct transform *transform);

/* line[x] becomes the sum over k < n of line[k] e^(2πi kx/n). line, scratch: (room) */
void transform_lines(const struct transform *transform, struct places *line,
                     struct places *scratch);

void transform_close(struct transform *transform);

/* No prime factor is above 13, so that transforms take no detours. */
bool has_small_factors(size_t n);

#endif

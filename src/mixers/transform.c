/* Plain operations in a fixed order: parts of parts where all prime factors are small (Cooley and
 * Tukey, Math. Comp. 19, 1965). Other lengths become a convolution, which is done in a power of two
 * (Bluestein, IEEE Trans. Audio Electroacoust. 18, 1970), so that none is slow: for 2kx = k² + x² -
 * (x-k)², with the chirp q[k] = e^(πi k²/n)
 *     sum of c[k] e^(2πi kx/n)  =  q[x] · sum of c[k] q[k] · conj q[x-k]. */
#include "mixers/transform.h"

#include "base/exact_math.h"
#include "base/memory.h"
#include "base/simd.h"

#include <stdlib.h>
#include <string.h>

enum { FACTOR_MAX = 13 };

/* Of lines whose length n has a large prime factor. */
struct convolution {
    size_t padded;                 // a power of two
    struct complex_number *root;   // (padded) e^(2πi k / padded)
    struct complex_number *chirp;  // (n) q
    struct complex_number *kernel; // (padded) the transform of conj q, conjugated, over padded
};

static struct complex_number *roots_of_one(size_t n) {
    struct complex_number *root = must_calloc(n, sizeof *root);
    for (size_t k = 0; k < n; k++)
        exact_root((int)k, (int)n, &root[k].re, &root[k].im);
    return root;
}

/* From the transforms of the even and the odd places, n each, that of all. */
SIMD_CLONES
static void combine(struct places *even, struct places *odd, size_t n,
                    const struct complex_number *root, size_t step) {
    for (size_t k = 0; k < n; k++)
        for (size_t l = 0; l < LINES; l++) {
            double re = odd[k].re[l] * root[k * step].re - odd[k].im[l] * root[k * step].im;
            double im = odd[k].re[l] * root[k * step].im + odd[k].im[l] * root[k * step].re;
            odd[k].re[l] = even[k].re[l] - re;
            odd[k].im[l] = even[k].im[l] - im;
            even[k].re[l] += re;
            even[k].im[l] += im;
        }
}

/* The same of `factor` parts instead of two. */
SIMD_CLONES
static void combine_many(struct places *part, size_t factor, size_t n,
                         const struct complex_number *root, size_t step) {
    struct places sum[FACTOR_MAX];
    for (size_t k = 0; k < n; k++) {
        for (size_t j = 0; j < factor; j++) {
            sum[j] = part[k];
            for (size_t r = 1; r < factor; r++) {
                struct complex_number turn = root[r * (k + j * n) % (factor * n) * step];
                for (size_t l = 0; l < LINES; l++) {
                    double re = part[r * n + k].re[l], im = part[r * n + k].im[l];
                    sum[j].re[l] += re * turn.re - im * turn.im;
                    sum[j].im[l] += re * turn.im + im * turn.re;
                }
            }
        }
        for (size_t j = 0; j < factor; j++)
            part[j * n + k] = sum[j];
    }
}

static size_t least_factor(size_t n) {
    size_t factor = 2;
    while (factor <= FACTOR_MAX && n % factor > 0)
        factor++;
    return factor;
}

/* Of every step-th place, n of them, without a larger prime factor than FACTOR_MAX. */
static void transform_smooth(const struct complex_number *root, const struct places *from, size_t n,
                             size_t step, struct places *to) {
    if (n == 1) {
        *to = *from;
        return;
    }
    size_t factor = least_factor(n), part = n / factor;
    for (size_t r = 0; r < factor; r++)
        transform_smooth(root, from + r * step, part, factor * step, to + r * part);
    if (factor == 2)
        combine(to, to + part, part, root, step);
    else
        combine_many(to, factor, part, root, step);
}

/* to = factor · from, or its conjugate for sign = -1. They may be the same. */
SIMD_CLONES
static void multiply_places(const struct places *from, double sign,
                            const struct complex_number *factor, size_t n, struct places *to) {
    for (size_t k = 0; k < n; k++)
        for (size_t l = 0; l < LINES; l++) {
            double re = from[k].re[l], im = sign * from[k].im[l];
            to[k].re[l] = re * factor[k].re - im * factor[k].im;
            to[k].im[l] = re * factor[k].im + im * factor[k].re;
        }
}

/* There and back; the way back is the conjugate of the way there of conjugates. */
static void convolve(const struct convolution *by, size_t n, struct places *line,
                     struct places *scratch) {
    multiply_places(line, 1, by->chirp, n, line);
    memset(line + n, 0, (by->padded - n) * sizeof *line);
    transform_smooth(by->root, line, by->padded, 1, scratch);
    multiply_places(scratch, -1, by->kernel, by->padded, scratch);
    transform_smooth(by->root, scratch, by->padded, 1, line);
    multiply_places(line, -1, by->chirp, n, line);
}

void transform_lines(const struct transform *transform, struct places *line,
                     struct places *scratch) {
    if (transform->convolution) {
        convolve(transform->convolution, transform->n, line, scratch);
        return;
    }
    transform_smooth(transform->root, line, transform->n, 1, scratch);
    memcpy(line, scratch, transform->n * sizeof *line);
}

size_t transform_room(const struct transform *transform) {
    return transform->convolution ? transform->convolution->padded : transform->n;
}

/* --- opening --- */

bool has_small_factors(size_t n) {
    while (n > 1 && least_factor(n) <= FACTOR_MAX)
        n /= least_factor(n);
    return n == 1;
}

/* Of the chirp's conjugate, which has places on both sides of 0. */
static void open_kernel(struct convolution *convolution, size_t n) {
    size_t padded = convolution->padded;
    struct places *line = must_calloc(2 * padded, sizeof *line), *scratch = line + padded;
    for (size_t k = 0; k < n; k++) {
        struct complex_number q = convolution->chirp[k];
        line[k].re[0] = line[(padded - k) % padded].re[0] = q.re;
        line[k].im[0] = line[(padded - k) % padded].im[0] = -q.im;
    }
    transform_smooth(convolution->root, line, padded, 1, scratch);
    convolution->kernel = must_calloc(padded, sizeof *convolution->kernel);
    for (size_t k = 0; k < padded; k++)
        convolution->kernel[k] = (struct complex_number){scratch[k].re[0] / (double)padded,
                                                         -scratch[k].im[0] / (double)padded};
    free(line);
}

static struct convolution *open_convolution(size_t n) {
    struct convolution *convolution = must_calloc(1, sizeof *convolution);
    convolution->padded = 1;
    while (convolution->padded < 2 * n - 1)
        convolution->padded *= 2;
    convolution->root = roots_of_one(convolution->padded);
    convolution->chirp = must_calloc(n, sizeof *convolution->chirp);
    for (size_t k = 0; k < n; k++) {
        struct complex_number *q = &convolution->chirp[k];
        exact_root((int)(k * k % (2 * n)), (int)(2 * n), &q->re, &q->im);
    }
    open_kernel(convolution, n);
    return convolution;
}

void transform_open(struct transform *transform, int n) {
    transform->n = (size_t)n;
    transform->root = roots_of_one((size_t)n);
    transform->convolution = has_small_factors((size_t)n) ? NULL : open_convolution((size_t)n);
}

void transform_close(struct transform *transform) {
    struct convolution *convolution = transform->convolution;
    free(transform->root);
    if (!convolution)
        return;
    free(convolution->root);
    free(convolution->chirp);
    free(convolution->kernel);
    free(convolution);
}

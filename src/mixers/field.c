/* The only file that names FFTW. The last bits of its results differ from CPU to CPU: with the
 * instruction sets that it finds, and with whether multiplication and addition are rounded once or
 * twice. So what it gives counts as known but for a doubt, and whoever needs more asks for the sum
 * itself (exact_field.c). That leaves FFTW free to use all that the CPU has. */
#include "mixers/field.h"

#include "base/exact_math.h"
#include "base/memory.h"
#include "base/simd.h"

#include <fftw3.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The doubt as a part of the field's root mean square, or a bit more. Two values change places for
 * nothing only where both are off by the doubt. FFTW has ready code for small prime factors: the
 * greatest errors of millions of values, in fields of up to 2^24, with any set of instructions,
 * were 0.42 of this. For larger factors it takes longer ways: 0.38 of twice this. */
static double doubt_of(const struct grid *grid) {
    bool small = true;
    for (int a = 0; a < AXES_MAX; a++)
        small = small && has_small_factors((size_t)grid->side[a]);
    return small ? 0x1p-18 : 0x1p-17;
}

/* All axes but the last, for a whole row of columns at a time; then rows, two in one. Faster than
 * FFTW's own transforms to real numbers, and the spectrum outlives them. */
static int plan_transforms(struct field *field, struct err *err) {
    const int *side = field->grid.side, *sides = side + AXES_MAX - field->grid.axes;
    int half = (int)field->stride / 2, pairs = (int)field->pairs;
    fftwf_complex *from = must_calloc(field->n_scratch, sizeof(float));
    fftwf_complex *to = must_calloc(field->n_scratch, sizeof(float));
    field->columns = fftwf_plan_many_dft(field->grid.axes - 1, sides, half, from, NULL, half, 1, to,
                                         NULL, half, 1, FFTW_BACKWARD, FFTW_ESTIMATE);
    field->rows = fftwf_plan_many_dft(1, &side[2], pairs, from, NULL, 1, side[2], to, NULL, 1,
                                      side[2], FFTW_BACKWARD, FFTW_ESTIMATE);
    free(from);
    free(to);
    return field->columns && field->rows
               ? 0
               : fail(err, "fmix: FFTW has no plan for %d x %d x %d positions", side[0], side[1],
                      side[2]);
}

int field_open(struct field *field, const struct grid *shown, bool wraps, struct err *err) {
    *field = (struct field){.shown = *shown, .grid = *shown};
    int *side = field->grid.side;
    for (int a = AXES_MAX - shown->axes; a < AXES_MAX && !wraps; a++)
        side[a] *= 2;
    field->stride = 2 * (size_t)(side[2] / 2 + 1);
    field->n_spectrum = (size_t)side[0] * (size_t)side[1] * field->stride;
    field->pairs = ((size_t)shown->side[0] * (size_t)shown->side[1] + 1) / 2;
    size_t n_pairs = 2 * field->pairs * (size_t)side[2];
    field->n_scratch = n_pairs > field->n_spectrum ? n_pairs : field->n_spectrum;
    field->n_scratch = (field->n_scratch + PHILOX_WORDS - 1) / PHILOX_WORDS * PHILOX_WORDS;
    field->amplitude = must_calloc(field->n_spectrum, sizeof *field->amplitude);
    field->doubt = doubt_of(&field->grid);
    for (int a = 0; a < AXES_MAX; a++)
        transform_open(&field->exact[a], side[a]);
    return plan_transforms(field, err);
}

void field_close(struct field *field) {
    for (int a = 0; a < AXES_MAX; a++)
        transform_close(&field->exact[a]);
    free(field->amplitude);
    fftwf_destroy_plan(field->columns);
    fftwf_destroy_plan(field->rows);
}

/* Returns the sum of the squares of what comes out, from lanes side by side, because the compiler
 * may not reorder a single sum. */
SIMD_CLONES
static double multiply(float *values, const float *factors, size_t n) {
    enum { LANES = 32 };
    float lane[LANES] = {0};
    double sum = 0;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (size_t k = 0; k < LANES; k++) {
            values[i + k] *= factors[i + k];
            lane[k] += values[i + k] * values[i + k];
        }
    for (; i < n; i++) {
        values[i] *= factors[i];
        sum += values[i] * values[i];
    }
    for (size_t k = 0; k < LANES; k++)
        sum += lane[k];
    return sum;
}

/* From the spectra of two real rows one whose transform has the one row as its real part, the other
 * as its imaginary part. a, b: (w/2 + 1), joined: (w) complex numbers */
SIMD_CLONES
static void join(const float *a, const float *b, size_t w, float *joined) {
    for (size_t k = 0; k <= w / 2; k++) {
        joined[2 * k] = a[2 * k] - b[2 * k + 1];
        joined[2 * k + 1] = a[2 * k + 1] + b[2 * k];
    }
    for (size_t k = w / 2 + 1; k < w; k++) {
        joined[2 * k] = a[2 * (w - k)] + b[2 * (w - k) + 1];
        joined[2 * k + 1] = b[2 * (w - k)] - a[2 * (w - k) + 1];
    }
    /* The columns that are their own mirror images: a real transform does not see the rest. */
    joined[0] = a[0];
    joined[1] = b[0];
    if (w % 2 == 0) {
        joined[w] = a[w];
        joined[w + 1] = b[w];
    }
}

/* joined: (w or more) complex numbers; a, b: (w) their parts */
SIMD_CLONES
static void split(const float *joined, size_t w, float *a, float *b) {
    for (size_t x = 0; x < w; x++) {
        a[x] = joined[2 * x];
        b[x] = joined[2 * x + 1];
    }
}

size_t field_row(const struct field *field, size_t row) {
    size_t rows = (size_t)field->shown.side[1];
    return (row / rows * (size_t)field->grid.side[1] + row % rows) * (field->stride / 2);
}

/* Of an odd number of rows, the last goes with itself. columns is overwritten. */
static void transform_rows(const struct field *field, float *columns, float *value) {
    size_t w = (size_t)field->grid.side[2], shown = (size_t)field->shown.side[2];
    size_t last = (size_t)field->shown.side[0] * (size_t)field->shown.side[1] - 1;
    for (size_t pair = 0; pair < field->pairs; pair++) {
        size_t a = 2 * pair, b = a < last ? a + 1 : a;
        join(columns + 2 * field_row(field, a), columns + 2 * field_row(field, b), w,
             value + a * w);
    }
    fftwf_execute_dft(field->rows, (fftwf_complex *)value, (fftwf_complex *)columns);
    for (size_t pair = 0; pair < field->pairs; pair++) {
        size_t a = 2 * pair, b = a < last ? a + 1 : a;
        split(columns + a * w, shown, value + a * shown, value + b * shown);
    }
}

struct drawn_field *field_draw(const struct field *field, struct rng *rng, struct arena *arena) {
    size_t n = (field->n_spectrum + PHILOX_WORDS - 1) / PHILOX_WORDS * PHILOX_WORDS;
    uint32_t *words = arena_take(arena, n * sizeof *words);
    float *spectrum = arena_take(arena, n * sizeof *spectrum);
    struct drawn_field *drawn = arena_take(arena, sizeof *drawn);
    *drawn = (struct drawn_field){field, .spectrum = spectrum, .at_hand = SIZE_MAX};
    drawn->sums = arena_take(arena, 2 * field->stride * sizeof *drawn->sums);
    drawn->line = arena_take(arena, field->stride / 2 * sizeof *drawn->line);
    rng_fill(rng, words, n);
    exact_normals(words, spectrum, n);
    /* Twice: the other half of the spectrum is this one's mirror image. */
    double squares = 2 * multiply(spectrum, field->amplitude, field->n_spectrum);
    drawn->doubt = field->doubt * sqrt(squares);
    return drawn;
}

const float *field_values(const struct drawn_field *drawn, struct arena *arena) {
    const struct field *field = drawn->field;
    float *columns = arena_take(arena, field->n_scratch * sizeof *columns);
    float *value = arena_take(arena, field->n_scratch * sizeof *value);
    fftwf_execute_dft(field->columns, (fftwf_complex *)drawn->spectrum, (fftwf_complex *)columns);
    transform_rows(field, columns, value);
    return value;
}

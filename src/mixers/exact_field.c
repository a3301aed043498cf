/* The values of a random field summed from its spectrum in a fixed order and in double: the same
 * bits everywhere. One by one, for the few whose ranks the fast transform leaves open; or all at
 * once, which costs about ten times the fast transform. */
#include "base/simd.h"
#include "mixers/field.h"

#include <string.h>

/* kx = 0 and kx = w/2 stand for themselves, the others for their mirror images, too. */
static double times_seen(size_t kx, size_t w) {
    return kx == 0 || 2 * kx == w ? 1 : 2;
}

/* --- one of them --- */

/* sums: (2, n) the row times re, and times im */
SIMD_CLONES
static void add_row(const float *row, size_t n, double re, double im, double *sums) {
    double *real = sums, *imaginary = sums + n;
    for (size_t i = 0; i < n; i++) {
        real[i] += re * row[i];
        imaginary[i] += im * row[i];
    }
}

/* The transform over all axes but the last, at one place of those: the spectrum of a row. */
static void sum_columns(struct drawn_field *drawn, size_t z, size_t y) {
    const struct field *field = drawn->field;
    const size_t d = (size_t)field->grid.side[0], h = (size_t)field->grid.side[1];
    const size_t w = (size_t)field->grid.side[2], n = field->stride;
    const float *row = drawn->spectrum;
    double *real = drawn->sums, *imaginary = real + n;
    memset(drawn->sums, 0, 2 * n * sizeof *drawn->sums);
    for (size_t kz = 0; kz < d; kz++)
        for (size_t ky = 0; ky < h; ky++, row += n) {
            struct complex_number a = field->exact[0].root[kz * z % d];
            struct complex_number b = field->exact[1].root[ky * y % h];
            add_row(row, n, a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re, drawn->sums);
        }
    for (size_t kx = 0; kx <= w / 2; kx++) {
        double times = times_seen(kx, w);
        drawn->line[kx].re = times * (real[2 * kx] - imaginary[2 * kx + 1]);
        drawn->line[kx].im = times * (real[2 * kx + 1] + imaginary[2 * kx]);
    }
}

/* The real transform over the last axis, at one place. */
static double sum_row(const struct drawn_field *drawn, size_t x) {
    const struct complex_number *root = drawn->field->exact[2].root, *line = drawn->line;
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

/* --- all of them --- */

/* Number k of each line: k steps behind its start. */
static void load(struct complex_number *const *start, size_t step, size_t n, struct places *line) {
    for (size_t k = 0; k < n; k++)
        for (size_t l = 0; l < LINES; l++) {
            line[k].re[l] = start[l][k * step].re;
            line[k].im[l] = start[l][k * step].im;
        }
}

static void store(const struct places *line, size_t n, size_t step,
                  struct complex_number *const *start) {
    for (size_t k = 0; k < n; k++)
        for (size_t l = 0; l < LINES; l++)
            start[l][k * step] = (struct complex_number){line[k].re[l], line[k].im[l]};
}

/* Along an axis but the last, each column by itself. number: (d, h, w/2 + 1); line, scratch:
 * (room) */
static void transform_columns(const struct field *field, int axis, struct complex_number *number,
                              struct places *line, struct places *scratch) {
    size_t n = (size_t)field->grid.side[axis], columns = field->n_spectrum / 2 / n;
    size_t step = field->stride / 2 * (axis == 0 ? (size_t)field->grid.side[1] : 1);
    for (size_t first = 0; n > 1 && first < columns; first += LINES) {
        struct complex_number *start[LINES]; // past the end, the last once more
        for (size_t l = 0; l < LINES; l++) {
            size_t column = first + l < columns ? first + l : columns - 1;
            start[l] = number + column / step * n * step + column % step;
        }
        load(start, step, n, line);
        transform_lines(&field->exact[axis], line, scratch);
        store(line, n, step, start);
    }
}

/* Real parts of complex transforms, to which the mirrored half of a row needs not be added. */
static void transform_rows(const struct field *field, struct complex_number *number,
                           struct places *line, struct places *scratch, double *value) {
    const int *side = field->shown.side;
    size_t w = (size_t)field->grid.side[2], half = w / 2 + 1, shown = (size_t)side[2];
    size_t rows = (size_t)side[0] * (size_t)side[1];
    for (size_t first = 0; first < rows; first += LINES) {
        struct complex_number *start[LINES];
        for (size_t l = 0; l < LINES; l++)
            start[l] = number + field_row(field, first + l < rows ? first + l : rows - 1);
        load(start, 1, half, line);
        memset(line + half, 0, (w - half) * sizeof *line);
        transform_lines(&field->exact[2], line, scratch);
        for (size_t l = 0; l < LINES && first + l < rows; l++)
            for (size_t x = 0; x < shown; x++)
                value[(first + l) * shown + x] = line[x].re[l];
    }
}

static struct complex_number *widened_spectrum(const struct drawn_field *drawn,
                                               struct arena *arena) {
    size_t n = drawn->field->n_spectrum / 2, half = drawn->field->stride / 2;
    struct complex_number *number = arena_take(arena, n * sizeof *number);
    for (size_t i = 0; i < n; i++) {
        double times = times_seen(i % half, (size_t)drawn->field->grid.side[2]);
        number[i].re = times * drawn->spectrum[2 * i];
        number[i].im = times * drawn->spectrum[2 * i + 1];
    }
    return number;
}

const double *field_exact_values(const struct drawn_field *drawn, struct arena *arena) {
    const struct field *field = drawn->field;
    size_t most_room = 0;
    for (int a = 0; a < AXES_MAX; a++) {
        size_t room = transform_room(&field->exact[a]);
        most_room = room > most_room ? room : most_room;
    }
    struct places *line = arena_take(arena, most_room * sizeof *line);
    struct places *scratch = arena_take(arena, most_room * sizeof *scratch);
    struct complex_number *number = widened_spectrum(drawn, arena);
    double *value = arena_take(arena, grid_positions(&field->shown) * sizeof *value);
    transform_columns(field, 0, number, line, scratch);
    transform_columns(field, 1, number, line, scratch);
    transform_rows(field, number, line, scratch, value);
    return value;
}

/* A random field: the inverse real transform of a half spectrum, two normal numbers times an
 * amplitude per coefficient. */
#ifndef MIXSMITH_FIELD_H
#define MIXSMITH_FIELD_H

#include "base/arena.h"
#include "base/fail.h"
#include "base/rng.h"
#include "model/batch.h"

struct fftwf_plan_s;

struct complex_number {
    double re, im;
};

struct field {
    struct grid shown;                     // what is looked at: a corner of the grid
    struct grid grid;                      // larger than that where fields shall not wrap round
    size_t stride;                         // floats of a row of the spectrum
    size_t n_spectrum;                     // floats of all its rows: two a coefficient
    size_t pairs;                          // of rows shown
    size_t n_scratch;                      // floats of the spectrum or of the pairs
    float *amplitude;                      // (n_spectrum) zeros until the caller sets them
    struct complex_number *root[AXES_MAX]; // (side) e^(2πi k / side)
    struct fftwf_plan_s *columns, *rows;
};

/* One of them. It lies in the arena. */
struct drawn_field {
    const struct field *field;
    float *value;                // (positions shown)
    double doubt;                // no value is further from what field_exact says
    const float *spectrum;       // (n_spectrum)
    double *sums;                // (2, row) scratch
    struct complex_number *line; // (row / 2) the spectrum of the row at hand
    size_t at_hand;              // row of positions shown, SIZE_MAX for none
};

int field_open(struct field *field, const struct grid *shown, bool wraps, struct err *err);
struct drawn_field *field_draw(const struct field *field, struct rng *rng, struct arena *arena);

/* The value at a position shown, as a double: the same bits on every CPU. Cheap where the last call
 * was for the same row of positions. */
double field_exact(struct drawn_field *drawn, size_t position);

void field_close(struct field *field);

#endif

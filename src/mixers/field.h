/* A random field: the inverse real transform of a half spectrum, two normal numbers times an
 * amplitude per coefficient. */
#ifndef MIXSMITH_FIELD_H
#define MIXSMITH_FIELD_H

#include "base/arena.h"
#include "base/fail.h"
#include "base/rng.h"
#include "mixers/transform.h"
#include "model/batch.h"

struct fftwf_plan_s;

struct field {
    struct grid shown;                // what is looked at: a corner of the grid
    struct grid grid;                 // larger than that where fields shall not wrap round
    size_t stride;                    // floats of a row of the spectrum
    size_t n_spectrum;                // floats of all its rows: two a coefficient
    size_t pairs;                     // of rows shown
    size_t n_scratch;                 // floats of the spectrum or of the pairs
    float *amplitude;                 // (n_spectrum) zeros until the caller sets them
    double doubt;                     // as a part of a field's root mean square
    struct transform exact[AXES_MAX]; // along each side of the grid
    struct fftwf_plan_s *columns, *rows;
};

/* One of them. It lies in the arena. */
struct drawn_field {
    const struct field *field;
    const float *spectrum;       // (n_spectrum)
    double doubt;                // no value is further from what field_exact says
    double *sums;                // (2, row) scratch
    struct complex_number *line; // (row / 2) the spectrum of the row at hand
    size_t at_hand;              // row of positions shown, SIZE_MAX for none
};

int field_open(struct field *field, const struct grid *shown, bool wraps, struct err *err);
struct drawn_field *field_draw(const struct field *field, struct rng *rng, struct arena *arena);

/* All values, but for the doubt: they differ from CPU to CPU. (positions shown), in the arena */
const float *field_values(const struct drawn_field *drawn, struct arena *arena);

/* The value at a position shown: the same bits on every CPU, as all that follow. Cheap where the
 * last call was for the same row of positions. */
double field_exact(struct drawn_field *drawn, size_t position);

/* All of them, for whoever needs many: the last bits are others. (positions shown), in the arena */
const double *field_exact_values(const struct drawn_field *drawn, struct arena *arena);

/* Where a row shown begins among all rows of half spectra, in complex numbers. */
size_t field_row(const struct field *field, size_t row);

void field_close(struct field *field);

#endif

/* Cell: one mixed sample of a sheet, with all that is shown of it. */
#ifndef MIXSMITH_CELL_H
#define MIXSMITH_CELL_H

#include "engine/preview.h"
#include "statistics/shares.h"

enum { SHEET_PARTS = 4 }; // places for the sources of a sample

/* A source of a sample. */
struct part {
    struct picture picture;
    int label, percent;
    float share;
};

/* One sample. Pixels and shares are owned. */
struct cell {
    struct picture picture;
    struct share *shares; // (n_shares) of its soft label
    int n_shares;
    struct part part[SHEET_PARTS]; // (n_parts) the sample itself, then by share
    int n_parts;
    int n_more, more_percent; // sources that have no place
    struct picture mask;      // what the sample itself keeps; no pixels: not asked for
};

/* Mixes sample `own` of the preview's batch; show: enum show, what is kept beside the picture and
 * the soft label. Any thread; the arena is reset. cell_close follows. */
void cell_fill(struct cell *cell, const struct variant *variant, const struct preview *preview,
               int own, unsigned show, struct arena *arena);
void cell_close(struct cell *cell);

#endif

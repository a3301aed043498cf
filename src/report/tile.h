/* Tile: one sample as a page shows it: its picture, its greatest labels, where it came from. */
#ifndef MIXSMITH_TILE_H
#define MIXSMITH_TILE_H

#include "base/arena.h"
#include "base/fail.h"
#include "base/shape.h"
#include "statistics/shares.h"

#include <stdint.h>

enum { TILE_PARTS = 4 };

/* A picture as a PNG file. */
struct png {
    int w, h; // pixels
    uint8_t *bytes;
    size_t size; // 0: there is none; owned
};

struct tile_source {
    struct png png;
    char *name;  // tile_source_name; owned
    uint64_t id; // number in the input
    int label, percent;
    float share;
};

struct tile {
    uint64_t id;
    char *path; // where the sample lies in its input; owned
    int64_t record;
    struct png png;
    struct share label[TILE_PARTS]; // (n_labels) by falling share
    int n_labels, more_labels, more_label_percent;
    char *recipe;                          // "cutmix lambda=0.3"; owned, or NULL: not known
    struct tile_source source[TILE_PARTS]; // (n_sources) the sample itself, then by falling share
    int n_sources, more_sources, more_source_percent;
};

/* A picture of that shape, made no larger than `side`. */
int png_make(struct png *png, const void *pixels, const struct shape *shape, int side,
             struct arena *arena, struct err *err);

/* The greatest labels of a soft label, (n_classes), and what the others have. */
void tile_set_labels(struct tile *tile, const float *soft_label, int n_classes,
                     struct arena *arena);

/* The shares of n sources, the sample itself first: which have a place, in index[0..n_sources-1],
 * and their percentages. */
void tile_choose_sources(struct tile *tile, const float *share, int n, int index[TILE_PARTS]);

/* What a source is called: its path, and the record where its file holds many, else -1. Owned by
 * the caller. */
char *tile_source_name(const char *path, int64_t record);

void tile_close(struct tile *tile);

#endif

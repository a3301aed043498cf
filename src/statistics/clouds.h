/* Clouds: samples as points of a space, the originals' and the mixed ones', for their intrinsic
 * dimension. Pictures are made small first: it is of shapes and colours, not of the noise of single
 * pixels, and the time grows with the pixels. */
#ifndef MIXSMITH_CLOUDS_H
#define MIXSMITH_CLOUDS_H

#include "base/arena.h"
#include "base/shape.h"
#include "base/text.h"
#include "statistics/dimension.h"

#include <stdbool.h>

struct clouds {
    struct shape shape; // of a sample,
    struct shape small; // and as it is looked at
    enum dtype dtype;
    int capacity;                 // samples; 0: left out,
    struct text why;              // and why
    struct cloud original, mixed; // original.value: NULL where there are none
};

/* wanted: samples there will be. close follows. */
void clouds_open(struct clouds *clouds, const struct shape *shape, enum dtype dtype,
                 uint64_t wanted, bool originals);
void clouds_close(struct clouds *clouds);

/* Sample at < capacity; original may be NULL. Any thread. */
void clouds_set(struct clouds *clouds, int at, const void *original, const void *mixed,
                struct arena *arena);

/* What was measured of n samples. mixed.points 0: left out, clouds->why says why. */
struct dimensions {
    struct dimension original, mixed;
};

/* points: how many samples are looked at, drawn by the seed. */
int clouds_measure(struct clouds *clouds, int n, int points, uint64_t seed, struct pool *pool,
                   struct dimensions *dimensions, struct err *err);

#endif

/* Intrinsic dimension, locally: how many directions the points near a point spread in. Local
 * principal components (Fukunaga and Olsen, IEEE Trans. Computers 20:2, 1971) over the 128 nearest
 * neighbours, the point itself being its own first, as the ζ-mixup paper compares samples before
 * and after mixing: eigenvalues of the neighbours' covariance above 5 % of the largest are
 * counted. */
#ifndef MIXSMITH_DIMENSION_H
#define MIXSMITH_DIMENSION_H

#include "base/fail.h"
#include "base/parallel.h"

enum {
    DIMENSION_NEIGHBOURS = 128,
    DIMENSION_LEAST = 2 * DIMENSION_NEIGHBOURS, // points: with fewer, the neighbours of a point are
                                                // most of the set
};

/* Points of a space. */
struct cloud {
    int n, d;
    float *value; // (n, d) within -1..1; owned by the caller
};

/* Of the points that were looked at. */
struct dimension {
    double mean, sd;
    int points;
};

/* Looks at the points at[0..n-1] of a cloud of DIMENSION_LEAST or more. */
int dimension_of(const struct cloud *cloud, const int *at, int n, struct pool *pool,
                 struct dimension *dimension, struct err *err);

#endif

/* Ranks: which values of a field are the largest. Ties go to the lower index. */
#ifndef MIXSMITH_RANK_H
#define MIXSMITH_RANK_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/* The floats at hand are right but for a doubt; where it could matter, the exact value is asked
 * for, so that ranks are those of the exact values however the floats are rounded. */
struct ranked {
    const float *value;                  // (n)
    size_t n;                            // 1..2^32-1
    double doubt;                        // no exact value is further away than that
    double (*exact)(void *of, size_t i); // asked for by rising i; NULL will do for a doubt of 0
    void *of;
};

/* mask[i] = one for the `count` largest values, 0 for the rest. */
void rank_threshold(const struct ranked *field, size_t count, uint16_t one, uint16_t *mask,
                    struct arena *arena);

/* order: (n) the indices by falling value */
void rank_order(const double *value, size_t n, uint32_t *order, struct arena *arena);

#endif

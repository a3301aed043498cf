/* Ranks: which values of a field are the largest. The floats at hand are right but for a doubt;
 * where it could matter, the exact value is asked for, so that ranks are those of the exact values
 * however the floats are rounded. Ties go to the lower index. */
#ifndef MIXSMITH_RANK_H
#define MIXSMITH_RANK_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

struct ranked {
    const float *value;                  // (n)
    size_t n;                            // 1..2^32-1
    double doubt;                        // no exact value is further away than that
    double (*exact)(void *of, size_t i); // asked for by rising i; NULL where value is exact
    void *of;
};

/* mask[i] = one for the `count` largest values, 0 for the rest. */
void rank_threshold(const struct ranked *field, size_t count, uint16_t one, uint16_t *mask,
                    struct arena *arena);

/* order[0..n-1]: the indices by falling value. The ranks first..last-1 are exact; before and after
 * them, those that differ by less than two doubts may have changed places among themselves. */
void rank_order(const struct ranked *field, size_t first, size_t last, uint32_t *order,
                struct arena *arena);

#endif

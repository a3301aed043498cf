/* Ranks: which values of a field are the largest. Ties go to the lower index, so that the answer is
 * one and the same whatever way it is found. */
#ifndef MIXSMITH_RANK_H
#define MIXSMITH_RANK_H

#include <stddef.h>
#include <stdint.h>

/* mask[i] = one for the `count` largest of value[0..n-1], 0 for the rest. n ≥ 1 */
void rank_threshold(const float *value, size_t n, size_t count, uint16_t one, uint16_t *mask);

/* order[0..n-1]: the indices by falling value. scratch: (n). n < 2^32 */
void rank_order(const float *value, size_t n, uint64_t *scratch, uint32_t *order);

#endif

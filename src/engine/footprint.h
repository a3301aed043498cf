/* Footprint: the memory that the batches of a run take at least, known before any of it is asked
 * for. A system that promises memory that it has not kills the process when it is used. */
#ifndef MIXSMITH_FOOTPRINT_H
#define MIXSMITH_FOOTPRINT_H

#include "engine/run.h"

/* What is there at once. */
struct footprint {
    uint64_t values;       // of a sample
    uint64_t value_bytes;  // of one
    uint64_t beside_bytes; // of a sample: its soft label, class, numbers
    uint64_t capacity;     // samples of a batch
    uint64_t loaded;       // batches as they were loaded
    uint64_t staged;       // and as floats, between the stages of a chain
    uint64_t finished;     // and mixed, of sinks that hold pixels as they are
    uint64_t threads;      // that each make a sample of their own, of other sinks
};

/* Of a run that mixes into its sink, and of one that only looks at a batch at a time. */
struct footprint footprint_of_mix(const struct run *run);
struct footprint footprint_of_preview(const struct run *run);

/* Bytes; UINT64_MAX stands for that many and more. */
uint64_t footprint_bytes(const struct footprint *footprint);

/* Whether a run with this footprint can have `limit` bytes (memory_limit.h); -1 says what to lower.
 */
int footprint_check(const struct footprint *footprint, const struct run *run, uint64_t limit,
                    struct err *err);

#endif

/* Stages: what the earlier mixers of a chain make of a whole batch, in floats and not yet rounded,
 * before the last one mixes it again. */
#ifndef MIXSMITH_STAGES_H
#define MIXSMITH_STAGES_H

#include "engine/chains.h"

/* A batch on its way through one chain. Buffers are allocated once and used for every batch. */
struct stages {
    float *values[2]; // (capacity, shape…) what a stage reads and what it makes
    struct recipe *drawn[STAGES_MAX - 1]; // (n - 1, capacity) what each but the last drew
    int n;                                // stages of the chain
};

/* Buffers of a chain for batches of this one's shape and capacity. */
void stages_open(struct stages *stages, const struct chains *chains, int chain,
                 const struct batch *batch);
void stages_close(struct stages *stages);

/* Runs all stages of the chain but the last over the batch. *mixed becomes the batch that the last
 * stage mixes: floats; everything but the data belongs to `batch`. arenas: (threads). */
void stages_run(struct stages *stages, const struct chains *chains, int chain,
                const struct batch *batch, struct pool *pool, struct arena *arenas,
                struct batch *mixed);

/* The terms of the last stage's recipe in terms of the batch's own samples: shares multiply along
 * the stages and add up where a source comes twice. own stands first. terms: (batch->n); returns
 * how many. */
int stages_flatten(const struct stages *stages, const struct recipe *last,
                   const struct batch *batch, int own, struct arena *arena, struct term *terms);

#endif

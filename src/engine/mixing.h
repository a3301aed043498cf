/* Mixing: the job's chains of mixers, opened for one shape. Which chain a unit takes, and what a
 * stage of it draws for a sample, are pure functions of the seed, the ids and the batch. */
#ifndef MIXSMITH_MIXING_H
#define MIXSMITH_MIXING_H

#include "engine/job.h"

struct mixing {
    const struct job *job;
    void *state[CHAINS_MAX][STAGES_MAX]; // of every stage, shared by all threads
    double total_weight;
    int most_stages; // of any chain
};

/* batch: samples of a full one. close follows in any case. */
int mixing_open(struct mixing *mixing, const struct job *job, const struct shape *shape, int batch,
                struct err *err);
void mixing_close(struct mixing *mixing);

/* The id whose random numbers are shared: the sample's own, or with --unit batch the batch's first.
 */
uint64_t mixing_unit(const struct mixing *mixing, const struct batch *batch, int own);

/* The chain, 0..n_chains-1, that sample `own` of the batch takes. */
int mixing_choose(const struct mixing *mixing, const struct batch *batch, int own);

/* What stage `stage` of the chain draws for sample `own`. The recipe's term and mask have room. */
void mixing_draw(const struct mixing *mixing, int chain, int stage, const struct batch *batch,
                 int own, struct arena *arena, struct recipe *recipe);

/* A recipe with room for a batch of this shape and capacity; lies in the arena. */
struct recipe *recipe_take(struct arena *arena, const struct batch *batch);

#endif

/* Chains: the job's chains of mixers, opened for one shape. Which chain a unit takes, and what a
 * stage of it draws for a sample, are pure functions of the seed, the ids and the batch. */
#ifndef MIXSMITH_CHAINS_H
#define MIXSMITH_CHAINS_H

#include "engine/job.h"

struct chains {
    const struct job *job;
    void *state[CHAINS_MAX][STAGES_MAX]; // of every stage, shared by all threads
    double total_weight;
    int most_stages; // of any chain
};

/* batch: samples of a full one. close follows in any case. */
int chains_open(struct chains *chains, const struct job *job, const struct shape *shape, int batch,
                struct err *err);
void chains_close(struct chains *chains);

/* The chain, 0..n_chains-1, that sample `own` of the batch takes. */
int chains_choose(const struct chains *chains, const struct batch *batch, int own);

/* What stage `stage` of the chain draws for sample `own`. The recipe's term and mask have room. */
void chains_draw(const struct chains *chains, int chain, int stage, const struct batch *batch,
                 int own, struct arena *arena, struct recipe *recipe);

#endif

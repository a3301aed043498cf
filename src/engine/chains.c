#include "engine/chains.h"

#include "base/memory.h"
#include "engine/order.h"

#include <stdlib.h>

int chains_open(struct chains *chains, const struct job *job, const struct shape *shape, int batch,
                struct err *err) {
    *chains = (struct chains){.job = job};
    for (int c = 0; c < job->n_chains; c++) {
        const struct chain *chain = &job->chain[c];
        chains->total_weight += chain->weight;
        if (chain->n_stages > chains->most_stages)
            chains->most_stages = chain->n_stages;
        for (int s = 0; s < chain->n_stages; s++) {
            const struct stage *stage = &chain->stage[s];
            chains->state[c][s] = must_calloc(1, stage->mixer->state_size);
            if (stage->mixer->open &&
                stage->mixer->open(chains->state[c][s], stage->value, shape, batch, err) < 0)
                return -1;
        }
    }
    return 0;
}

void chains_close(struct chains *chains) {
    if (!chains->job)
        return;
    for (int c = 0; c < chains->job->n_chains; c++)
        for (int s = 0; s < chains->job->chain[c].n_stages; s++) {
            const struct mixer *mixer = chains->job->chain[c].stage[s].mixer;
            if (mixer->close && chains->state[c][s])
                mixer->close(chains->state[c][s]);
            free(chains->state[c][s]);
        }
}

/* The id whose random numbers are shared: the sample's own, or with --unit batch the batch's first.
 */
static uint64_t unit_of(const struct chains *chains, const struct batch *batch, int own) {
    return batch->id[chains->job->unit == UNIT_BATCH ? 0 : own];
}

int chains_choose(const struct chains *chains, const struct batch *batch, int own) {
    const struct job *job = chains->job;
    if (job->n_chains == 1)
        return 0;
    struct rng rng = rng_for(job->seed, unit_of(chains, batch, own), STREAM_SWITCH);
    double at = rng_unit(&rng) * chains->total_weight;
    int c = 0;
    while (c + 1 < job->n_chains && at >= job->chain[c].weight)
        at -= job->chain[c++].weight;
    return c;
}

void chains_draw(const struct chains *chains, int chain, int stage, const struct batch *batch,
                 int own, struct arena *arena, struct recipe *recipe) {
    const struct job *job = chains->job;
    uint32_t stream = STREAM_STAGES + 2 * (uint32_t)(chain * STAGES_MAX + stage);
    struct rng rng = rng_for(job->seed, batch->id[own], stream);
    struct rng unit_rng = rng_for(job->seed, unit_of(chains, batch, own), stream + 1);
    struct draw draw = {
        .batch = batch,
        .own = own,
        .pairing = (enum pairing)job->pair,
        .rng = &rng,
        .unit_rng = &unit_rng,
        .arena = arena,
    };
    recipe->n_facts = 0;
    job->chain[chain].stage[stage].mixer->draw(chains->state[chain][stage], &draw, recipe);
    if (recipe->n_terms == 1)
        recipe->n_facts = 0; // nobody took part: what was drawn means nothing
}

#include "engine/mixing.h"

#include "engine/order.h"

#include <stdlib.h>

int mixing_open(struct mixing *mixing, const struct job *job, const struct shape *shape, int batch,
                struct err *err) {
    *mixing = (struct mixing){.job = job};
    for (int c = 0; c < job->n_chains; c++) {
        const struct chain *chain = &job->chain[c];
        mixing->total_weight += chain->weight;
        if (chain->n_stages > mixing->most_stages)
            mixing->most_stages = chain->n_stages;
        for (int s = 0; s < chain->n_stages; s++) {
            const struct stage *stage = &chain->stage[s];
            mixing->state[c][s] = must_calloc(1, stage->mixer->state_size);
            if (stage->mixer->open &&
                stage->mixer->open(mixing->state[c][s], stage->value, shape, batch, err) < 0)
                return -1;
        }
    }
    return 0;
}

void mixing_close(struct mixing *mixing) {
    if (!mixing->job)
        return;
    for (int c = 0; c < mixing->job->n_chains; c++)
        for (int s = 0; s < mixing->job->chain[c].n_stages; s++) {
            const struct mixer *mixer = mixing->job->chain[c].stage[s].mixer;
            if (mixer->close && mixing->state[c][s])
                mixer->close(mixing->state[c][s]);
            free(mixing->state[c][s]);
        }
}

uint64_t mixing_unit(const struct mixing *mixing, const struct batch *batch, int own) {
    return batch->id[mixing->job->unit == UNIT_BATCH ? 0 : own];
}

int mixing_choose(const struct mixing *mixing, const struct batch *batch, int own) {
    const struct job *job = mixing->job;
    if (job->n_chains == 1)
        return 0;
    struct rng rng = rng_for(job->seed, mixing_unit(mixing, batch, own), STREAM_SWITCH);
    double at = rng_unit(&rng) * mixing->total_weight;
    int c = 0;
    while (c + 1 < job->n_chains && at >= job->chain[c].weight)
        at -= job->chain[c++].weight;
    return c;
}

void mixing_draw(const struct mixing *mixing, int chain, int stage, const struct batch *batch,
                 int own, struct arena *arena, struct recipe *recipe) {
    const struct job *job = mixing->job;
    uint32_t stream = STREAM_STAGES + 2 * (uint32_t)(chain * STAGES_MAX + stage);
    struct rng rng = rng_for(job->seed, batch->id[own], stream);
    struct rng unit_rng = rng_for(job->seed, mixing_unit(mixing, batch, own), stream + 1);
    struct draw draw = {
        .batch = batch,
        .own = own,
        .pairing = (enum pairing)job->pair,
        .rng = &rng,
        .unit_rng = &unit_rng,
        .arena = arena,
    };
    recipe->n_facts = 0;
    job->chain[chain].stage[stage].mixer->draw(mixing->state[chain][stage], &draw, recipe);
    if (recipe->n_terms == 1)
        recipe->n_facts = 0; // nobody took part: what was drawn means nothing
}

struct recipe *recipe_take(struct arena *arena, const struct batch *batch) {
    struct grid grid = shape_grid(&batch->shape);
    struct recipe *recipe = arena_take(arena, sizeof *recipe);
    recipe->term = arena_take(arena, (size_t)batch->capacity * sizeof *recipe->term);
    recipe->mask = arena_take(arena, grid_positions(&grid) * sizeof *recipe->mask);
    return recipe;
}

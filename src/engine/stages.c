#include "engine/stages.h"

#include "base/memory.h"
#include "model/blend.h"

#include <stdlib.h>
#include <string.h>

static int most_terms(const struct chains *chains, int chain, int stage) {
    const struct mixer *mixer = chains->job->chain[chain].stage[stage].mixer;
    return mixer->most_terms ? mixer->most_terms(chains->state[chain][stage]) : 2;
}

void stages_open(struct stages *stages, const struct chains *chains, int chain,
                 const struct batch *batch) {
    size_t capacity = (size_t)batch->capacity;
    stages->n = chains->job->chain[chain].n_stages;
    for (int k = 0; k < 2; k++)
        stages->values[k] = must_calloc(capacity * shape_values(&batch->shape), sizeof(float));
    for (int s = 0; s + 1 < stages->n; s++) {
        size_t most = (size_t)most_terms(chains, chain, s);
        struct term *terms = must_calloc(capacity * most, sizeof *terms);
        stages->drawn[s] = must_calloc(capacity, sizeof *stages->drawn[s]);
        for (size_t i = 0; i < capacity; i++)
            stages->drawn[s][i].term = terms + i * most;
    }
}

void stages_close(struct stages *stages) {
    for (int k = 0; k < 2; k++)
        free(stages->values[k]);
    for (int s = 0; s + 1 < stages->n; s++) {
        free(stages->drawn[s][0].term);
        free(stages->drawn[s]);
    }
}

/* One stage over one batch. */
struct sweep {
    struct stages *stages;
    const struct chains *chains;
    int chain, stage;
    const struct batch *in;
    float *out; // (n, shape…)
    struct arena *arenas;
};

static void widen_item(void *data, int item, int thread) {
    (void)thread;
    struct sweep *sweep = data;
    size_t values = shape_values(&sweep->in->shape);
    float *out = sweep->out + (size_t)item * values;
    if (sweep->in->dtype == DTYPE_UINT8)
        blend_widen(batch_at(sweep->in, item), out, values);
    else
        memcpy(out, batch_at(sweep->in, item), values * sizeof *out);
}

static void mix_item(void *data, int item, int thread) {
    struct sweep *sweep = data;
    struct arena *arena = &sweep->arenas[thread];
    struct recipe *recipe = &sweep->stages->drawn[sweep->stage][item];
    recipe->mask = mask_take(arena, &sweep->in->grid);
    chains_draw(sweep->chains, sweep->chain, sweep->stage, sweep->in, item, arena, recipe);
    float *out = sweep->out + (size_t)item * shape_values(&sweep->in->shape);
    blend(&(struct blending){recipe, sweep->in, out}, 1, arena);
    arena_reset(arena);
}

void stages_run(struct stages *stages, const struct chains *chains, int chain,
                const struct batch *batch, struct pool *pool, struct arena *arenas,
                struct batch *mixed) {
    struct sweep sweep = {.stages = stages, .chains = chains, .chain = chain, .arenas = arenas};
    sweep.in = batch;
    sweep.out = stages->values[0];
    parallel_for(pool, batch->n, widen_item, &sweep);
    *mixed = *batch;
    mixed->dtype = DTYPE_FLOAT32;
    mixed->data = stages->values[0];
    sweep.in = mixed;
    for (int s = 0; s + 1 < stages->n; s++) {
        sweep.stage = s;
        sweep.out = stages->values[(s + 1) % 2];
        parallel_for(pool, batch->n, mix_item, &sweep);
        mixed->data = sweep.out;
    }
}

/* shares of the batch's samples under one recipe, each share weighted */
static void add_terms(const struct recipe *recipe, double weight, double *share) {
    for (int k = 0; k < recipe->n_terms; k++)
        share[recipe->term[k].index] += weight * recipe->term[k].share;
}

static int list_terms(const double *share, const uint8_t *named, int n, int own,
                      struct term *terms) {
    int n_terms = 0;
    if (named[own])
        terms[n_terms++] = (struct term){own, (float)share[own]};
    for (int i = 0; i < n; i++)
        if (named[i] && i != own)
            terms[n_terms++] = (struct term){i, (float)share[i]};
    return n_terms;
}

static void name_terms(const struct recipe *recipe, uint8_t *named) {
    for (int k = 0; k < recipe->n_terms; k++)
        named[recipe->term[k].index] = 1;
}

int stages_flatten(const struct stages *stages, const struct recipe *last,
                   const struct batch *batch, int own, struct arena *arena, struct term *terms) {
    size_t n = (size_t)batch->n;
    double *share = arena_take_zeroed(arena, n * sizeof *share);
    uint8_t *named = arena_take_zeroed(arena, n);
    add_terms(last, 1, share);
    name_terms(last, named);
    for (int s = stages->n - 2; s >= 0; s--) {
        double *before = arena_take_zeroed(arena, n * sizeof *before);
        uint8_t *named_before = arena_take_zeroed(arena, n);
        for (size_t i = 0; i < n; i++) {
            if (!named[i])
                continue;
            add_terms(&stages->drawn[s][i], share[i], before);
            name_terms(&stages->drawn[s][i], named_before);
        }
        share = before;
        named = named_before;
    }
    return list_terms(share, named, batch->n, own, terms);
}

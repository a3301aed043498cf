/* Rig: a mixer opened for one shape, with a random batch to draw from, as engine/mixing.c does
 * it. */
#ifndef MIXSMITH_TEST_RIG_H
#define MIXSMITH_TEST_RIG_H

#include "base/memory.h"
#include "engine/chains.h"
#include "engine/order.h"
#include "mixers/spec.h"
#include "model/blend.h"

#include "support.h"

struct rig {
    const struct mixer *mixer;
    void *state;
    struct batch batch;
    enum pairing pairing;
    struct arena arena;
    struct recipe *recipe; // of the last draw; lies in the arena
};

/* False where the mixer refuses, with its reason in err. rig_close follows in any case. */
static inline bool rig_open(struct rig *rig, const struct mixer *mixer, const double *values,
                            struct shape shape, enum dtype dtype, int n, struct err *err) {
    struct rng rng = rng_for(1, (uint64_t)n, 99);
    *rig = (struct rig){.mixer = mixer, .state = must_calloc(1, mixer->state_size)};
    open_random_batch(&rig->batch, shape, dtype, n, 3, &rng);
    return !mixer->open || mixer->open(rig->state, values, &shape, n, err) == 0;
}

/* The same for one mixer as written on the command line, which must not refuse. */
static inline void rig_open_spec(struct rig *rig, const char *spec, struct shape shape, int n) {
    struct err err;
    struct chain chain;
    if (spec_parse(spec, &chain, &err) < 0)
        fail_msg("%s", err.text);
    if (!rig_open(rig, chain.stage[0].mixer, chain.stage[0].value, shape, DTYPE_UINT8, n, &err))
        fail_msg("%s", err.text);
}

static inline void rig_close(struct rig *rig) {
    if (rig->mixer->close)
        rig->mixer->close(rig->state);
    free(rig->state);
    batch_close(&rig->batch);
    arena_close(&rig->arena);
}

/* Pure: arena and recipe are the caller's. The random numbers are those of sample `id` and of the
 * unit that it belongs to. */
static inline void draw_into(const struct rig *rig, int own, uint64_t id, uint64_t unit,
                             struct arena *arena, struct recipe *recipe) {
    struct rng rng = rng_for(7, id, STREAM_STAGES), unit_rng = rng_for(7, unit, STREAM_STAGES + 1);
    struct draw draw = {.batch = &rig->batch,
                        .own = own,
                        .pairing = rig->pairing,
                        .rng = &rng,
                        .unit_rng = &unit_rng,
                        .arena = arena};
    recipe->n_facts = 0;
    rig->mixer->draw(rig->state, &draw, recipe);
}

static inline struct recipe *rig_draw(struct rig *rig, int own, uint64_t id) {
    arena_reset(&rig->arena);
    rig->recipe = recipe_take(&rig->arena, &rig->batch);
    draw_into(rig, own, id, id, &rig->arena, rig->recipe);
    return rig->recipe;
}

/* The sample that the last draw makes; lies in the arena. */
static inline const void *rig_blend(struct rig *rig) {
    void *out = arena_take(&rig->arena, batch_stride(&rig->batch));
    blend(&(struct blending){rig->recipe, &rig->batch, out}, 1, &rig->arena);
    return out;
}

/* The mean of term[0]'s share over draws for ids 0..draws-1. */
static inline double mean_share(struct rig *rig, int draws) {
    double sum = 0;
    for (int id = 0; id < draws; id++)
        sum += rig_draw(rig, id % rig->batch.n, (uint64_t)id)->term[0].share;
    return sum / draws;
}

static inline struct shape picture_shape(int h, int w) {
    return (struct shape){3, {h, w, 3}};
}

#endif

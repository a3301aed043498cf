#include "engine/mixing.h"

#include "base/memory.h"
#include "model/blend.h"

#include <stdlib.h>

/* --- opening --- */

void mixing_open(struct mixing *mixing, const struct chains *chains) {
    size_t n = (size_t)chains->job->n_chains;
    *mixing = (struct mixing){.chains = chains};
    mixing->stages = must_calloc(n, sizeof *mixing->stages);
    mixing->staged = must_calloc(n, sizeof *mixing->staged);
}

void mixing_close(struct mixing *mixing) {
    for (int c = 0; mixing->chains && c < mixing->chains->job->n_chains; c++)
        stages_close(&mixing->stages[c]);
    free(mixing->stages);
    free(mixing->staged);
}

/* Only for chains of several stages that a sample of the batch takes, which are opened when they
 * are first needed. */
void mixing_prepare(struct mixing *mixing, const struct batch *batch, int n_own, struct pool *pool,
                    struct arena *arenas) {
    const struct chains *chains = mixing->chains;
    bool done[CHAINS_MAX] = {false};
    if (chains->most_stages < 2)
        return;
    for (int own = 0; own < n_own; own++) {
        int c = chains_choose(chains, batch, own);
        if (done[c] || chains->job->chain[c].n_stages < 2)
            continue;
        done[c] = true;
        if (mixing->stages[c].n == 0)
            stages_open(&mixing->stages[c], chains, c, batch);
        stages_run(&mixing->stages[c], chains, c, batch, pool, arenas, &mixing->staged[c]);
    }
}

/* --- draw --- */

/* The last stage draws; what earlier ones drew is in mixing->stages. */
static void draw_chain(const struct mixing *mixing, const struct batch *batch, struct mixed *mixed,
                       struct arena *arena) {
    const struct chains *chains = mixing->chains;
    mixed->chain = chains_choose(chains, batch, mixed->own);
    mixed->n_stages = chains->job->chain[mixed->chain].n_stages;
    if (mixed->n_stages > 1)
        mixed->batch = &mixing->staged[mixed->chain];
    chains_draw(chains, mixed->chain, mixed->n_stages - 1, mixed->batch, mixed->own, arena,
                mixed->recipe);
}

static void name_terms(const struct mixing *mixing, const struct batch *batch, struct mixed *mixed,
                       struct arena *arena) {
    mixed->terms = mixed->recipe->term;
    mixed->n_terms = mixed->recipe->n_terms;
    if (mixed->n_stages == 1)
        return;
    mixed->terms = arena_take(arena, (size_t)batch->n * sizeof *mixed->terms);
    mixed->n_terms = stages_flatten(&mixing->stages[mixed->chain], mixed->recipe, batch, mixed->own,
                                    arena, mixed->terms);
}

void mixing_draw(const struct mixing *mixing, const struct batch *batch, int own, bool original,
                 struct arena *arena, struct mixed *mixed) {
    *mixed = (struct mixed){.own = own, .chain = mixing->chains->job->n_chains, .n_stages = 1};
    mixed->recipe = recipe_take(arena, batch);
    mixed->batch = batch;
    if (original)
        recipe_copy(mixed->recipe, own);
    else
        draw_chain(mixing, batch, mixed, arena);
    name_terms(mixing, batch, mixed, arena);
}

/* --- blend --- */

void mixing_blend(const struct batch *batch, struct mixed *mixed, int n, struct arena *arena) {
    size_t values = shape_values(&batch->shape);
    struct blending blendings[MIXING_MAX];
    for (int i = 0; i < n; i++) {
        bool rounds = mixed[i].batch->dtype != batch->dtype;
        void *out = rounds ? arena_take(arena, values * sizeof(float)) : mixed[i].pixels;
        blendings[i] = (struct blending){mixed[i].recipe, mixed[i].batch, out};
    }
    blend(blendings, n, arena);
    for (int i = 0; i < n; i++)
        if (blendings[i].out != mixed[i].pixels)
            blend_round(blendings[i].out, mixed[i].pixels, values);
}

/* --- label and recipe --- */

/* Labels compose linearly: a source that is a mixed sample itself brings all its classes. */
static void add_label(const struct batch *batch, const struct term *term, double *share) {
    if (!batch->soft) {
        share[batch->label[term->index]] += term->share;
        return;
    }
    const float *soft_label = batch_soft_at(batch, term->index);
    for (int k = 0; k < batch->n_classes; k++)
        share[k] += (double)term->share * soft_label[k];
}

void mixing_label(const struct mixing *mixing, const struct batch *batch, const struct mixed *mixed,
                  struct arena *arena, float *soft_label) {
    size_t n_classes = (size_t)batch->n_classes;
    double *share = arena_take_zeroed(arena, n_classes * sizeof *share);
    double smooth = mixing->chains->job->smooth, all = smooth / (double)n_classes;
    for (int k = 0; k < mixed->n_terms; k++)
        add_label(batch, &mixed->terms[k], share);
    for (size_t k = 0; k < n_classes; k++)
        soft_label[k] = (float)(all + (1 - smooth) * share[k]);
}

int label_argmax(const float *soft_label, int n_classes) {
    int best = 0;
    for (int k = 1; k < n_classes; k++)
        if (soft_label[k] > soft_label[best])
            best = k;
    return best;
}

void mixing_print_recipe(const struct mixing *mixing, const struct mixed *mixed,
                         struct text *text) {
    for (int s = 0; s + 1 < mixed->n_stages; s++) {
        recipe_print_facts(&mixing->stages[mixed->chain].drawn[s][mixed->own], text);
        text_string(text, "+");
    }
    recipe_print_facts(mixed->recipe, text);
}

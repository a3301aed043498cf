/* Mixing: draw → blend → soft label, for the samples of a batch. Pure functions of the seed, the
 * ids and the batch: any thread, any order. */
#ifndef MIXSMITH_MIXING_H
#define MIXSMITH_MIXING_H

#include "engine/stages.h"

enum { MIXING_MAX = 64 }; // samples that are blended together

/* What all threads share. */
struct mixing {
    const struct chains *chains;
    struct stages *stages; // (n_chains) of chains of several stages
    struct batch *staged;  // (n_chains) what their last stages mix
};

/* One sample while it is mixed. All that it points to lies in the arena or in the batch. */
struct mixed {
    int own;   // its place in the batch
    int chain; // n_chains: an original
    int n_stages;
    struct recipe *recipe;     // of the last stage
    const struct batch *batch; // that the last stage mixes
    struct term *terms;        // (n_terms) sources and shares in the batch
    int n_terms;
    void *pixels; // (shape…) where they go; set by the caller before blending
};

/* The chains outlive it. */
void mixing_open(struct mixing *mixing, const struct chains *chains);
void mixing_close(struct mixing *mixing);

/* Runs the earlier stages of chains that have several, for the first n_own samples, over the batch
 * that is mixed next. Call it before drawing. */
void mixing_prepare(struct mixing *mixing, const struct batch *batch, int n_own, struct pool *pool,
                    struct arena *arenas);

/* original: the sample is copied. */
void mixing_draw(const struct mixing *mixing, const struct batch *batch, int own, bool original,
                 struct arena *arena, struct mixed *mixed);

/* Fills the pixels of n ≤ MIXING_MAX drawn samples of one batch. */
void mixing_blend(const struct batch *batch, struct mixed *mixed, int n, struct arena *arena);

/* (n_classes) smoothed sum of the sources' labels. */
void mixing_label(const struct mixing *mixing, const struct batch *batch, const struct mixed *mixed,
                  struct arena *arena, float *soft_label);

/* The greatest entry, ties to the lower index. */
int label_argmax(const float *soft_label, int n_classes);

/* The facts of all stages: of earlier ones those of the sample itself. */
void mixing_print_recipe(const struct mixing *mixing, const struct mixed *mixed, struct text *text);

#endif

/* Preview: batches of an input mixed in memory, for whoever wants to look at samples rather than to
 * write them. One batch can be mixed in several ways, with the same partners and the same random
 * numbers, so that nothing differs but the setting. */
#ifndef MIXSMITH_PREVIEW_H
#define MIXSMITH_PREVIEW_H

#include "engine/lot.h"
#include "engine/mixing.h"

/* An input and the batch of it that is at hand. */
struct preview {
    struct run run; // no sink, no output
    struct lot lot;
    struct arena *arenas; // (threads) scratch
};

/* The job's own mixers, or others, over a preview's batches. */
struct variant {
    struct job job; // the preview's, but for the chains
    struct chains chains;
    struct mixing mixing;
};

/* Opens the input; streams are refused. The job outlives the preview. close follows in any case. */
int preview_open(struct preview *preview, const struct job *job, struct err *err);
void preview_close(struct preview *preview);

/* Loads the next batch of the run's order into preview->lot.batch, those that cannot be loaded left
 * out; *more is false at the end of the order, which for these jobs is endless. */
int preview_next(struct preview *preview, bool *more, struct err *err);

/* Opens n chains for the preview's samples. close follows in any case. */
int variant_open(struct variant *variant, const struct preview *preview, const struct chain *chains,
                 int n, struct err *err);
void variant_close(struct variant *variant);

/* Before samples 0..n_own-1 of the batch at hand are mixed. */
void variant_prepare(struct variant *variant, struct preview *preview, int n_own);

/* Mixes sample `own` of the batch. mixed: what was drawn; pixels (shape…) and soft_label
 * (n_classes) are the caller's; all else lies in the arena. Any thread. */
void variant_mix(const struct variant *variant, const struct preview *preview, int own,
                 struct arena *arena, struct mixed *mixed, void *pixels, float *soft_label);

#endif

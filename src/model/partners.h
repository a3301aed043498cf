/* Partners: who mixes with whom inside a batch. Each sample asks its own random numbers, so a
 * partner depends on nothing but the batch, the seed and the sample's id. */
#ifndef MIXSMITH_PARTNERS_H
#define MIXSMITH_PARTNERS_H

#include "base/arena.h"
#include "base/rng.h"
#include "model/batch.h"

enum pairing {
    PAIR_ANY,      // every other sample alike
    PAIR_SAME,     // of the same class
    PAIR_OTHER,    // of another class
    PAIR_BALANCED, // a class first, every class of the batch alike, then a sample of it
};

/* How many samples of the batch the rule allows beside `own`. The batch is grouped (batch_group).
 */
int partners_count(const struct batch *batch, int own, enum pairing pairing);

/* Up to `count` samples of the batch that the rule allows beside `own`, in random order, none
 * twice; returns how many there are. Fewer are the first ones of more. partners: (count), owned by
 * the caller. Scratch from the arena. The batch is grouped. */
int partners_draw(const struct batch *batch, int own, enum pairing pairing, int count,
                  struct rng *rng, struct arena *arena, int *partners);

/* One of them; own where there is none. */
int partner_draw(const struct batch *batch, int own, enum pairing pairing, struct rng *rng,
                 struct arena *arena);

#endif

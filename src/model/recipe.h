/* Recipe: what a mixer drew for one sample. A short list of terms (source, share) and, for mixers
 * that choose positions, the region that the first term keeps. The shares are those that the pixels
 * realise, never those that were merely drawn. */
#ifndef MIXSMITH_RECIPE_H
#define MIXSMITH_RECIPE_H

#include "base/arena.h"
#include "base/text.h"
#include "model/batch.h"

#include <stdbool.h>

enum {
    FACTS_MAX = 8,
    FACT_NUMBERS = 2 * AXES_MAX,
    PART_BITS = 15,
    PART_ONE = 1 << PART_BITS, // of a mask, and of the shares of a pair
    SHARE_BITS = 24,
    SHARE_ONE = 1 << SHARE_BITS, // shares of a sum are whole multiples of 1 / SHARE_ONE and add up
                                 // to 1, so that sums of bytes are exact in 32-bit integers and
                                 // in float32
};

/* A term's part in the sample. */
struct term {
    int index;   // of a sample of the batch
    float share; // 0..1
};

/* How the terms become a sample. */
enum region {
    REGION_SUM,  // everywhere the sum of share · source
    REGION_BOX,  // two terms: inside the box the second, outside the first
    REGION_MASK, // two terms: the first as far as the mask says, the second for the rest
};

/* Half-open, in positions of the grid: low ≤ at < high on each axis. */
struct box {
    int low[AXES_MAX], high[AXES_MAX];
};

/* A number, or several, for the manifest: lambda=0.37, box=4:0:20:12. */
struct fact {
    const char *name;
    int n; // numbers
    float number[FACT_NUMBERS];
    bool whole; // printed without a point
};

struct recipe {
    int n_terms;       // ≥ 1
    struct term *term; // (batch capacity) owned by the caller of draw
    enum region region;
    struct box box;
    uint16_t *mask; // (positions of the grid) term[0]'s part, 0..PART_ONE; owned by the caller
    int n_facts;
    struct fact fact[FACTS_MAX];
};

/* A recipe with room for a batch of this grid and capacity, without facts yet; and a mask alone.
 * They lie in the arena. */
struct recipe *recipe_take(struct arena *arena, const struct batch *batch);
uint16_t *mask_take(struct arena *arena, const struct grid *grid);

/* The sample itself, unchanged. */
void recipe_copy(struct recipe *recipe, int own);

/* Two terms, a sum: own with share (rounded to a multiple of 2^-15, which the blend takes), the
 * other with the rest. */
void recipe_pair(struct recipe *recipe, int own, int other, double own_share);

/* Two terms with shares kept : all - kept, of a box or a mask. */
void recipe_split(struct recipe *recipe, enum region region, int own, int other, double kept,
                  double all);

/* Adds a fact, one of FACTS_MAX at most: a number, or n ≤ FACT_NUMBERS whole ones. The name is not
 * copied. */
void recipe_fact(struct recipe *recipe, const char *name, double value);
void recipe_fact_whole(struct recipe *recipe, const char *name, int n, const int *numbers);

/* The facts as "name=1.0,box=4:0:20:12"; the empty string where there are none. */
void recipe_print_facts(const struct recipe *recipe, struct text *text);

#endif

/* Mixer: the plug that decides how one sample is made. It draws random numbers into a recipe; the
 * blend (model/blend.h) does the rest. A new mixer is one file and one row in table.c. */
#ifndef MIXSMITH_MIXER_H
#define MIXSMITH_MIXER_H

#include "base/arena.h"
#include "base/fail.h"
#include "base/rng.h"
#include "model/partners.h"
#include "model/recipe.h"

#include <stdbool.h>

enum { PARAMS_MAX = 8 };

/* One parameter of a mixer, as written in NAME:key=value. */
struct param {
    const char *name, *help;
    double standard;     // value where none is given
    double low, high;    // allowed range
    bool above_low;      // low itself is not allowed
    bool whole;          // whole numbers only
    const char *choices; // "clip|inside": the value is the index of the word; NULL for numbers
    const char *unset;   // how the standard value is called where no number can say it, or NULL
};

/* What a draw may look at: the batch, the sample's own place in it, and its random numbers. */
struct draw {
    const struct batch *batch; // grouped; labels and shape only, not data
    int own;                   // position of the sample itself
    enum pairing pairing;
    struct rng *rng;      // the sample's own
    struct rng *unit_rng; // shared by the unit (--unit): λ, the box, the mask
    struct arena *arena;  // scratch, valid until the sample is done
};

struct mixer {
    const char *name, *help;
    const char *paper;          // NULL where there is none
    const struct param *params; // (n_params) in the order of the values
    int n_params;
    size_t state_size; // bytes, zeroed before open; shared by all threads
    bool copies;       // takes no partners

    /* Values, each in its range, that do not go together. May be NULL. */
    int (*check)(const double *values, struct err *err);
    /* values: (n_params), in range and checked. May be NULL where nothing is to prepare. */
    int (*open)(void *state, const double *values, const struct shape *shape, int batch,
                struct err *err);
    /* Fills recipe (term and mask are there, n_facts is 0). Pure: any thread, any order. */
    void (*draw)(const void *state, struct draw *draw, struct recipe *recipe);
    /* Terms of a recipe at most; NULL: 2. */
    int (*most_terms)(const void *state);
    void (*close)(void *state);
    /* A warning about legal but unwise values, or false. May be NULL. */
    bool (*warn)(const double *values, char *text, size_t size);
};

extern const struct mixer *const MIXERS[];
extern const int N_MIXERS;

const struct mixer *mixer_find(const char *name); // NULL where there is none

#endif

/* Lot: one batch on its way through a run, from its place in the order to the moment when it may be
 * mixed. */
#ifndef MIXSMITH_LOT_H
#define MIXSMITH_LOT_H

#include "engine/run.h"

struct lot {
    struct place place;
    struct batch batch;
    uint64_t first_source; // number in the input of what batch.source calls 0
    uint8_t *loaded;       // (capacity) flags
    char **reason;         // (capacity) why a sample could not be loaded, or NULL; owned
    uint64_t first_row;    // of its first own sample in the output
};

void lot_open(struct lot *lot, const struct contents *contents, int capacity);
void lot_close(struct lot *lot);

/* The next batch of the window, not yet loaded; of no samples at its end. -1 after a signal. */
int lot_take(struct lot *lot, struct run *run, struct err *err);

enum { LOADING_MAX = 64 }; // samples at a time

/* Reads and decodes samples first..last-1, at most LOADING_MAX; seconds: what it adds to. Any
 * thread. */
void lot_load(struct lot *lot, const struct run *run, int first, int last, struct arena *arena,
              double seconds[RUN_STAGES]);

/* After loading: samples that could not be loaded are dropped and added to the run's losses, or
 * end the run (-1). Own samples get their rows from *rows on. */
int lot_settle(struct lot *lot, struct run *run, uint64_t *rows, struct err *err);

#endif

/* Order: in which order the samples of the input come, and how a run is cut into batches. The whole
 * index is shuffled anew for every pass; a batch depends on nothing but the seed and its place. Of
 * a stream, a window of samples is the index until the next window comes. */
#ifndef MIXSMITH_ORDER_H
#define MIXSMITH_ORDER_H

#include "base/fail.h"
#include "base/progress.h"

#include <stdbool.h>
#include <stdint.h>

/* Streams of random numbers, the third key of rng_for. */
enum stream {
    STREAM_ORDER,  // id: the pass
    STREAM_SWITCH, // which chain a unit takes
    STREAM_STAGES, // from here up two for each stage of each chain: the sample's own, its unit's
    STREAM_POINTS = 1 << 30, // which samples a report looks at
};

#define ENDLESS UINT64_MAX // passes, or samples

struct order {
    /* the run; set by the caller */
    uint64_t seed;
    int batch;
    uint64_t passes; // over each window, or ENDLESS
    uint64_t limit;  // samples to mix at most, or ENDLESS
    bool originals;  // the samples of each window themselves follow its mixed ones
    /* the window: an input that is no stream is one window */
    uint32_t *usable;   // (n) samples in input order; owned
    uint32_t *shuffled; // (n) the order of the pass at hand; owned
    uint32_t n;
    uint64_t mixed;      // samples to mix in it
    uint64_t start;      // id of its first sample
    uint64_t first_pass; // number of its first pass
    uint64_t pass;       // that shuffled belongs to
    /* where the run is */
    uint64_t mixed_before; // samples mixed in the windows before
    uint64_t next;         // id of the first sample not yet handed out
};

/* Where a batch lies in the run. */
struct place {
    uint64_t first_id;
    int n_own;      // samples it makes: its first n_own
    bool originals; // they are copied, in input order
};

/* Begins the next window, the first included. unusable: (n_all) flags of samples to leave out, or
 * NULL. */
void order_window(struct order *order, const uint8_t *unusable, uint32_t n_all);
void order_close(struct order *order);

/* Samples of a full batch: --batch, or all there are. */
int order_full_batch(const struct order *order);

/* Samples that the window makes in all, or ENDLESS. */
uint64_t order_total(const struct order *order);

/* Whether the limit is reached, so that no further window is needed. */
bool order_is_done(const struct order *order);

/* The next batch of the window: its sources in source[0..n-1] (room for order->batch) and n, which
 * is 0 at the window's end. Every batch of a pass is full: the last is filled up with the samples
 * that open the pass, which serve as partners only. -1 after a signal has come while a pass was
 * shuffled; watch (or NULL) is told of long ones. */
int order_next(struct order *order, struct place *place, uint32_t *source, int *n,
               const struct watch *watch, struct err *err);

#endif

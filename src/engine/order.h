/* Order: in which order the samples of the input come, and how a run is cut into batches. The whole
 * index is shuffled anew for every pass; a batch depends on nothing but the seed and its place. */
#ifndef MIXSMITH_ORDER_H
#define MIXSMITH_ORDER_H

#include <stdbool.h>
#include <stdint.h>

/* Streams of random numbers, the third key of rng_for. */
enum stream {
    STREAM_ORDER,  // id: the pass
    STREAM_SWITCH, // which chain a unit takes
    STREAM_STAGES, // from here up two for each stage of each chain: the sample's own, its unit's
};

struct order {
    uint64_t seed;
    uint32_t *usable;   // (n) sources in input order; owned
    uint32_t *shuffled; // (n) the order of the pass at hand; owned
    uint32_t n;
    uint64_t pass; // that shuffled belongs to
    /* the run */
    int batch;
    uint64_t mixed; // samples to mix; then, where originals is true, the n samples themselves
    bool originals;
    uint64_t next; // id of the first sample not yet handed out
};

/* Where a batch lies in the run. */
struct place {
    uint64_t first_id;
    int n_own;      // samples it makes: its first n_own
    bool originals; // they are copied, in input order
};

/* unusable: (n_all) flags of sources to leave out, or NULL. */
void order_open(struct order *order, uint64_t seed, const uint8_t *unusable, uint32_t n_all);
void order_close(struct order *order);

/* Samples of a full batch: --batch, or all there are. */
int order_full_batch(const struct order *order);

/* Samples that the run makes in all. */
uint64_t order_total(const struct order *order);

/* The next batch: its sources in source[0..n-1] (room for order->batch) and n; false at the end.
 * Every batch of a pass is full: the last is filled up with the samples that open the pass, which
 * serve as partners only. */
bool order_next(struct order *order, struct place *place, uint32_t *source, int *n);

#endif

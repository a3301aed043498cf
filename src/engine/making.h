/* Making: draw → blend → encode for a few samples of a lot, on one thread. */
#ifndef MIXSMITH_MAKING_H
#define MIXSMITH_MAKING_H

#include "engine/lot.h"
#include "engine/manifest.h"
#include "engine/mixing.h"

enum { MAKING_MAX = MIXING_MAX }; // samples at a time

/* What all threads share. */
struct maker {
    const struct run *run;
    const void *sink_state;
    size_t record[STREAMS_MAX]; // bytes of a sample in each stream of the sink
    bool rows;                  // manifest lines are needed
    char **chain_names;         // (n_chains + 1), the last for originals
    struct mixing mixing;
};

/* record: bytes of a sample in each stream, as the sink's open gave them. Run and sink outlive the
 * maker. */
void maker_open(struct maker *maker, const struct run *run, const void *sink_state,
                const size_t record[STREAMS_MAX]);
void maker_close(struct maker *maker);

/* Runs the earlier stages of chains that have several over the lot that is mixed next. */
void maker_prepare(struct maker *maker, const struct lot *lot, struct arena *arenas);

/* What a thread has for itself while it makes samples. */
struct scratch {
    struct arena *arena;
    struct row_printer printer;
    uint64_t *of_class; // (n_classes) samples made whose argmax the class is
    double seconds[RUN_STAGES];
};

/* Where the samples go: records[k] has room for them in stream k, one behind the other; blobs takes
 * those that vary in size, sizes[i] being the bytes of each; rows takes their manifest lines. */
struct tray {
    uint8_t *records[STREAMS_MAX];
    struct text *blobs;
    size_t *sizes;
    struct text *rows;
};

/* Makes own samples first..last-1 of the lot, at most MAKING_MAX. */
int make_samples(const struct maker *maker, const struct lot *lot, int first, int last,
                 struct scratch *scratch, const struct tray *tray, struct err *err);

#endif

/* Outbox: what mixing a block of batches made, until it is committed to the sink and the manifest.
 * Items, each the work of one thread, fill it side by side: a sample has its place. */
#ifndef MIXSMITH_OUTBOX_H
#define MIXSMITH_OUTBOX_H

#include "engine/making.h"

struct outbox {
    size_t record[STREAMS_MAX];   // bytes of a sample in each stream of the sink
    uint8_t *stream[STREAMS_MAX]; // (room for samples, record)
    struct text *rows;            // (room for items) manifest lines
    struct text *blobs;           // (room for items) samples that vary in size
    size_t *sizes;                // (room for samples) their bytes
    int *ends;                    // (room for items) samples up to the end of each
    struct buffer *buffers;       // (room for samples or items) while it is committed
    size_t items_max;
    uint64_t first_row; // of the first sample
    int n, n_items;     // samples, items
};

/* Where all of it goes in the end. */
struct destination {
    const struct sink *sink;
    void *sink_state;
    int manifest; // descriptor, or -1
    const char *manifest_name;
};

/* record: bytes of a sample in each stream; samples, items: most that it holds at a time. */
void outbox_open(struct outbox *outbox, const size_t record[STREAMS_MAX], size_t samples,
                 size_t items);
void outbox_close(struct outbox *outbox);

/* The place of an item's n samples, the first of which gets this row. Any thread. */
struct tray outbox_tray(struct outbox *outbox, int item, uint64_t row, int n);

/* Hands the samples to the sink and their lines to the manifest, in order. */
int outbox_commit(struct outbox *outbox, const struct destination *to, struct err *err);

#endif

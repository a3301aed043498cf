#include "engine/workspace.h"

#include "base/memory.h"

#include <stdlib.h>

/* Bytes are those of pixels and records. */
enum {
    SHARE_BYTES = 512 << 10, // of a block, for each thread: it stays in the cache between its steps
    SHARES_MAX = 16,         // of a block, so that many threads do not take much memory
    BLOCK_SAMPLES = 2048,    // so that small samples do not make long steps
    SPAN_BYTES = 48 << 10,
    SPAN_SAMPLES = (int)LOADING_MAX < (int)MAKING_MAX ? (int)LOADING_MAX : (int)MAKING_MAX,
};

/* --- how large --- */

static int span_samples(size_t sample_bytes) {
    size_t samples = SPAN_BYTES / sample_bytes;
    return samples < 1 ? 1 : samples > SPAN_SAMPLES ? SPAN_SAMPLES : (int)samples;
}

/* At least one, and hardly more than the run needs. Chains of several stages work on one batch at a
 * time. */
static int block_lots(const struct run *run, size_t sample_bytes, size_t capacity) {
    int threads = pool_threads(run->pool), shares = threads < SHARES_MAX ? threads : SHARES_MAX;
    size_t samples = (size_t)shares * SHARE_BYTES / sample_bytes;
    uint64_t all = run->contents.stream ? ENDLESS : order_total(&run->order);
    if (samples > BLOCK_SAMPLES)
        samples = BLOCK_SAMPLES;
    if (all < samples)
        samples = (size_t)all + capacity;
    bool one = samples < capacity || run->chains.most_stages > 1;
    return one ? 1 : (int)(samples / capacity);
}

int workspace_cut(const struct workspace *space, const struct block *block, bool own_only,
                  struct span *spans) {
    int n = 0;
    for (int l = 0; l < block->n_lots; l++) {
        struct lot *lot = &block->lots[l];
        int samples = own_only ? lot->place.n_own : lot->batch.n;
        for (int at = 0; at < samples; at += space->span_samples) {
            int last = at + space->span_samples < samples ? at + space->span_samples : samples;
            spans[n++] = (struct span){lot, at, last};
        }
    }
    return n;
}

/* --- blocks and outboxes --- */

static void open_buffers(struct workspace *space, const struct run *run,
                         const size_t record[STREAMS_MAX], int capacity) {
    size_t samples = (size_t)space->lots_max * (size_t)capacity;
    size_t spans = samples / (size_t)space->span_samples + (size_t)space->lots_max;
    for (int b = 0; b < 2; b++) {
        struct block *block = &space->blocks[b];
        block->lots = must_calloc((size_t)space->lots_max, sizeof *block->lots);
        for (int l = 0; l < space->lots_max; l++)
            lot_open(&block->lots[l], &run->contents, capacity);
        outbox_open(&space->outboxes[b], record, samples, spans);
    }
    space->mix = must_calloc(spans, sizeof *space->mix);
    space->load = must_calloc(spans, sizeof *space->load);
}

static void close_buffers(struct workspace *space) {
    for (int b = 0; b < 2; b++) {
        for (int l = 0; l < space->lots_max; l++)
            lot_close(&space->blocks[b].lots[l]);
        free(space->blocks[b].lots);
        outbox_close(&space->outboxes[b]);
    }
    free(space->mix);
    free(space->load);
}

/* --- threads --- */

static void open_threads(struct workspace *space, const struct run *run) {
    size_t threads = (size_t)pool_threads(run->pool);
    int n_classes = run->contents.n_classes;
    space->arenas = arenas_open(run->pool);
    space->scratches = must_calloc(threads, sizeof *space->scratches);
    for (size_t t = 0; t < threads; t++) {
        struct scratch *scratch = &space->scratches[t];
        scratch->arena = &space->arenas[t];
        scratch->of_class = must_calloc((size_t)n_classes, sizeof *scratch->of_class);
        row_printer_open(&scratch->printer, run->job, n_classes);
    }
}

static void close_threads(struct workspace *space) {
    for (int t = 0; t < pool_threads(space->pool); t++) {
        row_printer_close(&space->scratches[t].printer);
        free(space->scratches[t].of_class);
    }
    arenas_close(space->arenas, space->pool);
    free(space->scratches);
}

void workspace_open(struct workspace *space, const struct run *run,
                    const size_t record[STREAMS_MAX]) {
    int capacity = run_batch(run);
    size_t sample_bytes = shape_values(&run->contents.shape) * dtype_size(run->contents.dtype);
    for (int k = 0; k < STREAMS_MAX; k++)
        sample_bytes += record[k];
    *space = (struct workspace){
        .pool = run->pool,
        .lots_max = block_lots(run, sample_bytes, (size_t)capacity),
        .span_samples = span_samples(sample_bytes),
    };
    open_buffers(space, run, record, capacity);
    open_threads(space, run);
}

void workspace_close(struct workspace *space) {
    close_threads(space);
    close_buffers(space);
}

#include "engine/pipeline.h"

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "engine/intake.h"
#include "engine/making.h"
#include "engine/outbox.h"
#include "engine/source_lists.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Bytes are those of pixels and records. */
enum {
    SHARE_BYTES = 512 << 10, // of a block, for each thread: it stays in the cache between its steps
    SHARES_MAX = 16,         // of a block, so that many threads do not take much memory
    BLOCK_SAMPLES = 2048,    // so that small samples do not make long steps
    ITEM_BYTES = 48 << 10,   // that one thread takes at a time
    ITEM_SAMPLES = (int)LOADING_MAX < (int)MAKING_MAX ? (int)LOADING_MAX : (int)MAKING_MAX,
};

/* Lots that go through a step together. */
struct block {
    struct lot *lots; // (lots_max)
    int n_lots;
};

/* Samples first..last-1 of a lot: the work of one item. */
struct span {
    struct lot *lot;
    int first, last;
};

/* The first thing that went wrong on a thread, and in which item. */
struct mishap {
    bool happened;
    int item;
    struct err err;
};

struct pipeline {
    struct run *run;
    struct destination to;
    struct maker maker;
    int lots_max, item_samples;
    struct block blocks[2];
    struct outbox outboxes[2];
    struct arena *arenas;      // (threads)
    struct scratch *scratches; // (threads)
    struct mishap *mishaps;    // (threads)
    uint64_t rows;             // of samples loaded so far
    /* the step at hand */
    struct outbox *commit; // or NULL
    struct outbox *mix_to;
    struct span *mix, *load; // (n_mix), (n_load)
    int n_mix, n_load;
};

/* --- the items of a step --- */

static int commit(struct pipeline *p, struct err *err) {
    if (!p->commit)
        return 0;
    if (outbox_commit(p->commit, &p->to, err) < 0)
        return -1;
    p->run->counts.written += (uint64_t)p->commit->n;
    return 0;
}

static int mix_span(struct pipeline *p, const struct span *span, int item, int thread,
                    struct err *err) {
    uint64_t row = span->lot->first_row + (uint64_t)span->first;
    struct tray tray = outbox_tray(p->mix_to, item, row, span->last - span->first);
    return make_samples(&p->maker, span->lot, span->first, span->last, &p->scratches[thread], &tray,
                        err);
}

/* Item 0 commits, the next n_mix mix, the rest load. */
static void work(void *data, int item, int thread) {
    struct pipeline *p = data;
    double *seconds = p->scratches[thread].seconds;
    struct mishap *mishap = &p->mishaps[thread];
    struct err err;
    int result = 0;
    if (item == 0) {
        double start = clock_now();
        result = commit(p, &err);
        seconds[RUN_COMMIT] += clock_now() - start;
    } else if (item <= p->n_mix) {
        result = mix_span(p, &p->mix[item - 1], item - 1, thread, &err);
    } else {
        const struct span *span = &p->load[item - 1 - p->n_mix];
        lot_load(span->lot, p->run, span->first, span->last, &p->arenas[thread], seconds);
    }
    if (result < 0 && !mishap->happened)
        *mishap = (struct mishap){true, item, err};
}

/* --- the step --- */

/* Items rise on every thread, so the least of the threads' first is the first of all. */
static int check_mishaps(const struct pipeline *p, struct err *err) {
    const struct mishap *first = NULL;
    for (int t = 0; t < pool_threads(p->run->pool); t++)
        if (p->mishaps[t].happened && (!first || p->mishaps[t].item < first->item))
            first = &p->mishaps[t];
    if (first)
        *err = first->err;
    return first ? -1 : 0;
}

static int cut(const struct pipeline *p, struct block *block, bool own_only, struct span *spans) {
    int n = 0;
    for (int l = 0; l < block->n_lots; l++) {
        struct lot *lot = &block->lots[l];
        int samples = own_only ? lot->place.n_own : lot->batch.n;
        for (int at = 0; at < samples; at += p->item_samples) {
            int last = at + p->item_samples < samples ? at + p->item_samples : samples;
            spans[n++] = (struct span){lot, at, last};
        }
    }
    return n;
}

/* Every sample has been lost: no pass will make one, of however many are still to come. */
static bool is_hopeless(const struct pipeline *p) {
    const struct run *run = p->run;
    return !run->contents.stream && p->rows == 0 && run->n_losses == run->contents.n;
}

/* The source forgets a window when the next one comes. */
static int next_window(struct pipeline *p, bool *more, struct err *err) {
    *more = false;
    if (!p->run->contents.stream)
        return 0;
    return sources_add(p->run, err) < 0 ? -1 : intake_advance(p->run, more, err);
}

/* Lots of one window. */
static int take_block(struct pipeline *p, struct block *block, struct err *err) {
    bool more = !is_hopeless(p);
    block->n_lots = 0;
    while (block->n_lots == 0 && more) {
        while (block->n_lots < p->lots_max && lot_take(&block->lots[block->n_lots], p->run))
            block->n_lots++;
        if (block->n_lots == 0 && next_window(p, &more, err) < 0)
            return -1;
    }
    return 0;
}

/* The first error counts; the other lots are settled all the same, so that nothing leaks. */
static int settle_block(struct pipeline *p, struct block *block, struct err *err) {
    int result = 0;
    struct err later;
    for (int l = 0; l < block->n_lots; l++)
        if (lot_settle(&block->lots[l], p->run, &p->rows, result == 0 ? err : &later) < 0)
            result = -1;
    return result;
}

static void start_outbox(struct outbox *outbox, const struct block *block) {
    outbox->n = 0;
    outbox->first_row = block->n_lots ? block->lots[0].first_row : 0;
    for (int l = 0; l < block->n_lots; l++)
        outbox->n += block->lots[l].place.n_own;
}

/* Step s loads block s, mixes block s − 1 and commits block s − 2, until nothing is under way. */
static int run_steps(struct pipeline *p, const struct watch *watch, struct err *err) {
    struct run *run = p->run;
    for (int step = 0;; step++) {
        struct block *to_load = &p->blocks[step % 2], *to_mix = &p->blocks[(step + 1) % 2];
        struct outbox *made = &p->outboxes[step % 2];
        p->mix_to = &p->outboxes[(step + 1) % 2];
        p->commit = made->n > 0 ? made : NULL;
        if (take_block(p, to_load, err) < 0)
            return -1;
        start_outbox(p->mix_to, to_mix);
        if (to_mix->n_lots > 0)
            maker_prepare(&p->maker, &to_mix->lots[0], p->arenas);
        p->n_mix = p->mix_to->n_items = cut(p, to_mix, true, p->mix);
        p->n_load = cut(p, to_load, false, p->load);
        if (!p->commit && p->n_mix == 0 && p->n_load == 0)
            return 0;
        parallel_for(run->pool, 1 + p->n_mix + p->n_load, work, p);
        if (settle_block(p, to_load, err) < 0 || check_mishaps(p, err) < 0)
            return -1;
        to_mix->n_lots = 0;
        made->n = 0;
        if (interrupted())
            return fail(err, "interrupted");
        watch->tell(watch->data, run->counts.written, run->counts.asked);
    }
}

/* --- opening and closing --- */

/* Chains of several stages work on one batch at a time. */
static void size_blocks(struct pipeline *p, size_t sample_bytes, int capacity) {
    size_t item = ITEM_BYTES / sample_bytes;
    int threads = pool_threads(p->run->pool), shares = threads < SHARES_MAX ? threads : SHARES_MAX;
    size_t samples = (size_t)shares * SHARE_BYTES / sample_bytes;
    uint64_t all = p->run->contents.stream ? ENDLESS : order_total(&p->run->order);
    if (samples > BLOCK_SAMPLES)
        samples = BLOCK_SAMPLES;
    if (all < samples)
        samples = (size_t)all + (size_t)capacity;
    size_t lots = samples / (size_t)capacity;
    p->item_samples = item < 1 ? 1 : item > ITEM_SAMPLES ? ITEM_SAMPLES : (int)item;
    p->lots_max = lots < 1 || p->run->chains.most_stages > 1 ? 1 : (int)lots;
}

static void open_buffers(struct pipeline *p, const size_t record[STREAMS_MAX], int capacity) {
    size_t samples = (size_t)p->lots_max * (size_t)capacity;
    size_t items = samples / (size_t)p->item_samples + (size_t)p->lots_max;
    for (int b = 0; b < 2; b++) {
        struct block *block = &p->blocks[b];
        block->lots = must_calloc((size_t)p->lots_max, sizeof *block->lots);
        for (int l = 0; l < p->lots_max; l++)
            lot_open(&block->lots[l], &p->run->contents, capacity);
        outbox_open(&p->outboxes[b], record, samples, items);
    }
    p->mix = must_calloc(items, sizeof *p->mix);
    p->load = must_calloc(items, sizeof *p->load);
}

static void close_buffers(struct pipeline *p) {
    for (int b = 0; b < 2; b++) {
        for (int l = 0; l < p->lots_max; l++)
            lot_close(&p->blocks[b].lots[l]);
        free(p->blocks[b].lots);
        outbox_close(&p->outboxes[b]);
    }
    free(p->mix);
    free(p->load);
}

static void open_threads(struct pipeline *p) {
    size_t threads = (size_t)pool_threads(p->run->pool);
    int n_classes = p->run->contents.n_classes;
    p->arenas = arenas_open(p->run->pool);
    p->scratches = must_calloc(threads, sizeof *p->scratches);
    p->mishaps = must_calloc(threads, sizeof *p->mishaps);
    for (size_t t = 0; t < threads; t++) {
        struct scratch *scratch = &p->scratches[t];
        scratch->arena = &p->arenas[t];
        scratch->of_class = must_calloc((size_t)n_classes, sizeof *scratch->of_class);
        row_printer_open(&scratch->printer, p->run->job, n_classes);
    }
}

/* Adds up what the threads counted. */
static void close_threads(struct pipeline *p) {
    struct run *run = p->run;
    for (int t = 0; t < pool_threads(run->pool); t++) {
        struct scratch *scratch = &p->scratches[t];
        for (int s = 0; s < RUN_STAGES; s++)
            run->seconds[s] += scratch->seconds[s];
        for (int k = 0; k < run->contents.n_classes; k++)
            run->counts.of_class[k] += scratch->of_class[k];
        row_printer_close(&scratch->printer);
        free(scratch->of_class);
    }
    arenas_close(p->arenas, run->pool);
    free(p->scratches);
    free(p->mishaps);
}

static int open_manifest(struct pipeline *p, const struct publication *publication,
                         struct err *err) {
    if (!p->run->manifest)
        return 0;
    p->to.manifest = publication_create(publication, p->run->manifest, err);
    return p->to.manifest < 0 ? -1 : 0;
}

static int close_manifest(struct pipeline *p, int result, struct err *err) {
    if (p->to.manifest >= 0 && close(p->to.manifest) < 0 && result == 0)
        return fail(err, "%s: cannot close: %s", p->run->manifest, strerror(errno));
    return result;
}

int pipeline_run(struct run *run, const struct publication *publication, void *sink_state,
                 const size_t record[STREAMS_MAX], const struct watch *watch, struct err *err) {
    struct pipeline p = {.run = run, .to = {run->sink, sink_state, -1, run->manifest}};
    int capacity = run_batch(run);
    if (open_manifest(&p, publication, err) < 0)
        return -1;
    size_t pixels = shape_values(&run->contents.shape) * dtype_size(run->contents.dtype);
    size_blocks(&p, pixels + record[0] + record[1], capacity);
    open_buffers(&p, record, capacity);
    open_threads(&p);
    maker_open(&p.maker, run, sink_state, record);
    int result = close_manifest(&p, run_steps(&p, watch, err), err);
    maker_close(&p.maker);
    close_threads(&p);
    close_buffers(&p);
    return result;
}

#include "engine/pipeline.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "engine/intake.h"
#include "engine/sources_list.h"
#include "engine/workspace.h"

#include <stdlib.h>

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
    struct workspace space;
    struct mishap *mishaps; // (threads)
    uint64_t rows;          // of samples loaded so far
    /* the step at hand, all of it in the workspace */
    struct block *load, *mix;
    struct outbox *mix_to, *commit;
    int n_mix, n_load; // spans
};

/* --- the items of a step --- */

static int commit(struct pipeline *p, struct err *err) {
    if (p->commit->n == 0)
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
    return make_samples(&p->maker, span->lot, span->first, span->last, &p->space.scratches[thread],
                        &tray, err);
}

/* Item 0 commits, the next n_mix mix, the rest load. */
static void work(void *data, int item, int thread) {
    struct pipeline *p = data;
    double *seconds = p->space.scratches[thread].seconds;
    struct mishap *mishap = &p->mishaps[thread];
    struct err err;
    int result = 0;
    if (item == 0) {
        double start = clock_now();
        result = commit(p, &err);
        seconds[RUN_COMMIT] += clock_now() - start;
    } else if (item <= p->n_mix) {
        result = mix_span(p, &p->space.mix[item - 1], item - 1, thread, &err);
    } else {
        const struct span *span = &p->space.load[item - 1 - p->n_mix];
        lot_load(span->lot, p->run, span->first, span->last, &p->space.arenas[thread], seconds);
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

/* As many lots of the window as there is room for. */
static int take_lots(const struct pipeline *p, struct block *block, struct err *err) {
    for (block->n_lots = 0; block->n_lots < p->space.lots_max; block->n_lots++) {
        struct lot *lot = &block->lots[block->n_lots];
        if (lot_take(lot, p->run, err) < 0)
            return -1;
        if (lot->batch.n == 0)
            break;
    }
    return 0;
}

/* Lots of one window. */
static int take_block(struct pipeline *p, struct block *block, struct err *err) {
    bool more = !is_hopeless(p);
    block->n_lots = 0;
    while (block->n_lots == 0 && more) {
        if (take_lots(p, block, err) < 0 || (block->n_lots == 0 && next_window(p, &more, err) < 0))
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

/* Step s loads block s, mixes block s − 1 and commits block s − 2. */
static int begin_step(struct pipeline *p, int step, struct err *err) {
    struct workspace *space = &p->space;
    int one = step % 2, other = (step + 1) % 2;
    p->load = &space->blocks[one];
    p->mix = &space->blocks[other];
    p->mix_to = &space->outboxes[other];
    p->commit = &space->outboxes[one];
    if (take_block(p, p->load, err) < 0)
        return -1;
    start_outbox(p->mix_to, p->mix);
    if (p->mix->n_lots > 0)
        maker_prepare(&p->maker, &p->mix->lots[0], space->arenas);
    p->n_mix = p->mix_to->n_items = workspace_cut(space, p->mix, true, space->mix);
    p->n_load = workspace_cut(space, p->load, false, space->load);
    return 0;
}

/* Until nothing is under way. */
static int run_steps(struct pipeline *p, struct err *err) {
    struct run *run = p->run;
    for (int step = 0;; step++) {
        if (begin_step(p, step, err) < 0)
            return -1;
        if (p->commit->n == 0 && p->n_mix == 0 && p->n_load == 0)
            return 0;
        parallel_for(run->pool, 1 + p->n_mix + p->n_load, work, p);
        if (settle_block(p, p->load, err) < 0 || check_mishaps(p, err) < 0 ||
            interrupt_check(err) < 0)
            return -1;
        watch_tell(run->watch, (struct progress){"", "", run->counts.written, run->counts.asked});
    }
}

/* --- opening and closing --- */

static int open_manifest(struct pipeline *p, const struct publication *publication,
                         struct err *err) {
    if (!p->run->manifest)
        return 0;
    p->to.manifest = publication_create(publication, p->run->manifest, err);
    return p->to.manifest < 0 ? -1 : 0;
}

/* What the threads counted. */
static void add_up(struct pipeline *p) {
    struct run *run = p->run;
    for (int t = 0; t < pool_threads(run->pool); t++) {
        const struct scratch *scratch = &p->space.scratches[t];
        for (int s = 0; s < RUN_STAGES; s++)
            run->seconds[s] += scratch->seconds[s];
        for (int k = 0; k < run->contents.n_classes; k++)
            run->counts.of_class[k] += scratch->of_class[k];
    }
}

int pipeline_run(struct run *run, const struct publication *publication, void *sink_state,
                 const size_t record[STREAMS_MAX], struct err *err) {
    struct pipeline p = {.run = run, .to = {run->sink, sink_state, -1, run->manifest}};
    if (open_manifest(&p, publication, err) < 0)
        return -1;
    p.mishaps = must_calloc((size_t)pool_threads(run->pool), sizeof *p.mishaps);
    workspace_open(&p.space, run, record);
    maker_open(&p.maker, run, sink_state, record);
    int result = run_steps(&p, err);
    result = file_close(p.to.manifest, run->manifest, result, err);
    add_up(&p);
    maker_close(&p.maker);
    workspace_close(&p.space);
    free(p.mishaps);
    return result;
}

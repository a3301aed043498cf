#include "engine/pipeline.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "engine/stages.h"
#include "model/blend.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    BLOCK_BYTES = 4 << 20, // of pixels, so that a block stays in the cache between its steps
    ITEM_BYTES = 48 << 10, // of pixels that one thread takes at a time
    ITEM_SAMPLES_MAX = 64,
    TIMED_EVERY = 8, // samples
};

/* One batch on its way. */
struct lot {
    struct place place;
    struct batch batch;
    uint8_t *loaded;    // (capacity) flags
    char **reason;      // (capacity) why a sample could not be loaded, or NULL; owned
    uint64_t first_row; // of its first own sample in the output
};

/* Batches that go through a step together. */
struct block {
    struct lot *lots; // (lots_max)
    int n_lots;
};

/* What mixing a block made, until it is committed. */
struct outbox {
    uint8_t *stream[STREAMS_MAX]; // (samples of a block, record size)
    struct text *rows;            // (items) manifest lines
    uint64_t *of_class;           // (threads, classes)
    uint64_t first_row;
    int n, n_items; // samples, items
};

/* Samples first..last-1 of a lot: the work of one item. */
struct span {
    struct lot *lot;
    int first, last;
};

/* What a thread has for itself. */
struct worker {
    struct err err; // its first failure, at item failed_item
    int failed_item;
    bool failed;
    double seconds[RUN_STAGES];
};

struct pipeline {
    struct run *run;
    const struct sink *sink;
    void *sink_state;
    size_t record[STREAMS_MAX];
    int manifest; // descriptor, or -1
    bool sparse;
    int lots_max, item_samples;
    struct block blocks[2];
    struct outbox outboxes[2];
    struct worker *workers; // (threads)
    struct arena *arenas;   // (threads) scratch for one sample
    char **chain_names;     // (n_chains + 1), the last for originals
    uint8_t *failed_source; // (sources) bits: already in run->failures
    uint64_t rows;          // of samples loaded so far
    /* chains of several stages */
    struct stages *stages; // (n_chains), or NULL
    struct batch *staged;  // (n_chains) what the last stage mixes
    /* the step at hand */
    struct outbox *commit; // or NULL
    struct outbox *mix_to;
    struct span *mix, *load; // spans
    int n_mix, n_load;
};

/* --- time --- */

struct stopwatch {
    double *seconds; // (RUN_STAGES), or NULL where this sample is not timed
    double last;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static struct stopwatch stopwatch_start(struct worker *worker, int i) {
    bool timed = i % TIMED_EVERY == 0;
    return (struct stopwatch){timed ? worker->seconds : NULL, timed ? now() : 0};
}

static void stopwatch_lap(struct stopwatch *watch, enum run_stage stage) {
    if (!watch->seconds)
        return;
    double time = now();
    watch->seconds[stage] += (time - watch->last) * TIMED_EVERY;
    watch->last = time;
}

/* --- loading --- */

static void load_sample(struct pipeline *p, struct lot *lot, int i, int thread) {
    const struct run *run = p->run;
    struct arena *arena = &p->arenas[thread];
    struct stopwatch watch = stopwatch_start(&p->workers[thread], i);
    uint32_t source = lot->batch.source[i];
    struct raw raw;
    struct err err;
    int result = run->source->read(run->source_state, source, arena, &raw, &err);
    stopwatch_lap(&watch, RUN_READ);
    if (result == 0)
        result = run->source->decode(run->source_state, source, &raw, arena,
                                     batch_at(&lot->batch, i), &err);
    stopwatch_lap(&watch, RUN_DECODE);
    lot->loaded[i] = result == 0;
    lot->reason[i] = result == 0 ? NULL : must_strdup(err.text);
    arena_reset(arena);
}

/* --- mixing --- */

static void soften(const struct run *run, const struct batch *batch, const struct term *terms,
                   int n, struct arena *arena, float *soft_label) {
    size_t n_classes = (size_t)batch->n_classes;
    double *share = arena_take_zeroed(arena, n_classes * sizeof *share);
    double smooth = run->job->smooth;
    for (int k = 0; k < n; k++)
        share[batch->label[terms[k].index]] += terms[k].share;
    for (size_t k = 0; k < n_classes; k++)
        soft_label[k] = (float)(smooth / (double)n_classes + (1 - smooth) * share[k]);
}

static int argmax(const float *value, int n) {
    int best = 0;
    for (int k = 1; k < n; k++)
        if (value[k] > value[best])
            best = k;
    return best;
}

/* What is known of a sample while it is made. */
struct making {
    const struct lot *lot;
    int own, chain; // chain n_chains: an original
    struct recipe *recipe;
    const struct batch *batch; // that the last stage mixes
    struct term *terms;        // (n_terms) of the lot's batch
    int n_terms;
    void *pixels;
};

static void draw_sample(struct pipeline *p, struct making *making, struct arena *arena) {
    const struct run *run = p->run;
    const struct batch *batch = &making->lot->batch;
    making->recipe = recipe_take(arena, batch);
    making->terms = arena_take(arena, (size_t)batch->capacity * sizeof *making->terms);
    making->batch = batch;
    making->chain = run->job->n_chains;
    int n_stages = 1;
    if (making->lot->place.originals) {
        making->recipe->n_facts = 0;
        recipe_copy(making->recipe, making->own);
    } else {
        making->chain = mixing_choose(&run->mixing, batch, making->own);
        n_stages = run->job->chain[making->chain].n_stages;
        if (n_stages > 1)
            making->batch = &p->staged[making->chain];
        mixing_draw(&run->mixing, making->chain, n_stages - 1, making->batch, making->own, arena,
                    making->recipe);
    }
    making->n_terms = stages_flatten(p->stages ? &p->stages[making->chain] : NULL, n_stages,
                                     making->recipe, batch, making->own, arena, making->terms);
}

static void blend_sample(struct making *making, struct arena *arena) {
    const struct batch *batch = &making->lot->batch;
    size_t values = shape_values(&batch->shape);
    making->pixels = arena_take(arena, values * dtype_size(making->batch->dtype));
    blend(making->recipe, making->batch, arena, making->pixels);
    if (making->batch->dtype == batch->dtype)
        return;
    uint8_t *rounded = arena_take(arena, values);
    blend_round(making->pixels, rounded, values);
    making->pixels = rounded;
}

/* The facts of all stages: of earlier ones those of the sample itself. */
static void print_recipe(const struct pipeline *p, const struct making *making, struct text *text) {
    int n_stages = 1;
    if (p->stages && making->chain < p->run->job->n_chains)
        n_stages = p->run->job->chain[making->chain].n_stages;
    for (int s = 0; s + 1 < n_stages; s++) {
        recipe_print_facts(&p->stages[making->chain].drawn[s][making->own], text);
        text_string(text, "+");
    }
    recipe_print_facts(making->recipe, text);
}

static void add_row(const struct pipeline *p, const struct making *making,
                    const struct sample *sample, struct text *rows) {
    struct text file_name = {0}, recipe = {0};
    struct row row = {
        .sample = sample,
        .record = p->sink->place(p->sink_state, sample, &file_name),
        .mixer = p->chain_names[making->chain],
        .terms = making->terms,
        .n_terms = making->n_terms,
        .batch = &making->lot->batch,
    };
    print_recipe(p, making, &recipe);
    text_bytes(&file_name, "", 1);
    text_bytes(&recipe, "", 1);
    row.file_name = file_name.bytes;
    row.recipe = recipe.bytes;
    manifest_row(rows, &row, making->lot->batch.n_classes, p->sparse);
    text_close(&file_name);
    text_close(&recipe);
}

static int encode_sample(struct pipeline *p, const struct making *making, int thread,
                         struct text *rows, struct err *err) {
    const struct batch *batch = &making->lot->batch;
    struct outbox *outbox = p->mix_to;
    struct arena *arena = &p->arenas[thread];
    float *soft_label = arena_take(arena, (size_t)batch->n_classes * sizeof *soft_label);
    soften(p->run, batch, making->terms, making->n_terms, arena, soft_label);
    struct sample sample = {
        .id = batch->id[making->own],
        .row = making->lot->first_row + (uint64_t)making->own,
        .label = argmax(soft_label, batch->n_classes),
        .pixels = making->pixels,
        .soft_label = soft_label,
    };
    size_t at = (size_t)(sample.row - outbox->first_row);
    uint8_t *record[STREAMS_MAX];
    for (int k = 0; k < STREAMS_MAX; k++)
        record[k] = outbox->stream[k] + at * p->record[k];
    outbox->of_class[(size_t)thread * (size_t)batch->n_classes + (size_t)sample.label]++;
    if (p->sink->encode(p->sink_state, &sample, arena, record, err) < 0)
        return -1;
    if (p->manifest >= 0)
        add_row(p, making, &sample, rows);
    return 0;
}

static int mix_sample(struct pipeline *p, const struct lot *lot, int own, int thread,
                      struct text *rows, struct err *err) {
    struct arena *arena = &p->arenas[thread];
    struct stopwatch watch = stopwatch_start(&p->workers[thread], own);
    struct making making = {.lot = lot, .own = own};
    draw_sample(p, &making, arena);
    stopwatch_lap(&watch, RUN_DRAW);
    blend_sample(&making, arena);
    stopwatch_lap(&watch, RUN_BLEND);
    int result = encode_sample(p, &making, thread, rows, err);
    stopwatch_lap(&watch, RUN_ENCODE);
    arena_reset(arena);
    return result;
}

/* --- committing --- */

static int commit(struct pipeline *p, struct outbox *outbox, struct err *err) {
    struct records records = {.n = outbox->n};
    memcpy(records.stream, outbox->stream, sizeof records.stream);
    if (p->sink->commit(p->sink_state, &records, err) < 0)
        return -1;
    for (int i = 0; p->manifest >= 0 && i < outbox->n_items; i++)
        if (file_write(p->manifest, p->sink->manifest, outbox->rows[i].bytes, outbox->rows[i].used,
                       err) < 0)
            return -1;
    p->run->counts.written += (uint64_t)outbox->n;
    return 0;
}

/* --- the step --- */

static void note_failure(struct worker *worker, int item, const struct err *err) {
    if (worker->failed)
        return;
    worker->failed = true;
    worker->failed_item = item;
    worker->err = *err;
}

/* Item 0 commits, the next n_mix mix, the rest load. */
static void work(void *data, int item, int thread) {
    struct pipeline *p = data;
    struct worker *worker = &p->workers[thread];
    struct err err;
    if (item == 0) {
        double start = now();
        if (p->commit && commit(p, p->commit, &err) < 0)
            note_failure(worker, item, &err);
        worker->seconds[RUN_COMMIT] += now() - start;
    } else if (item <= p->n_mix) {
        const struct span *span = &p->mix[item - 1];
        struct text *rows = &p->mix_to->rows[item - 1];
        rows->used = 0;
        for (int i = span->first; i < span->last; i++)
            if (mix_sample(p, span->lot, i, thread, rows, &err) < 0)
                note_failure(worker, item, &err);
    } else {
        const struct span *span = &p->load[item - 1 - p->n_mix];
        for (int i = span->first; i < span->last; i++)
            load_sample(p, span->lot, i, thread);
    }
}

static int first_failure(const struct pipeline *p, struct err *err) {
    const struct worker *first = NULL;
    for (int t = 0; t < pool_threads(p->run->pool); t++) {
        const struct worker *worker = &p->workers[t];
        if (worker->failed && (!first || worker->failed_item < first->failed_item))
            first = worker;
    }
    return first ? fail(err, "%s", first->err.text) : 0;
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

/* The next batches of the run, not yet loaded. */
static void take_lots(struct pipeline *p, struct block *block) {
    const int *label = p->run->contents.label;
    block->n_lots = 0;
    while (block->n_lots < p->lots_max) {
        struct lot *lot = &block->lots[block->n_lots];
        if (!order_next(&p->run->order, &lot->place, lot->batch.source, &lot->batch.n))
            return;
        for (int i = 0; i < lot->batch.n; i++) {
            lot->batch.id[i] = lot->place.first_id + (uint64_t)i;
            lot->batch.label[i] = label[lot->batch.source[i]];
        }
        block->n_lots++;
    }
}

static void add_failure(struct pipeline *p, uint32_t source, char *reason) {
    struct run *run = p->run;
    uint8_t *bits = &p->failed_source[source / 8], bit = (uint8_t)(1 << source % 8);
    if (*bits & bit) {
        free(reason);
        return;
    }
    *bits |= bit;
    run->failures = must_realloc(run->failures, (run->n_failures + 1) * sizeof *run->failures);
    run->failures[run->n_failures++] = (struct failure){source, reason};
    run->counts.failures = run->n_failures;
}

/* After loading: drops what could not be loaded, or gives up; then the batch is ready to be mixed.
 */
static int settle(struct pipeline *p, struct lot *lot, struct err *err) {
    struct batch *batch = &lot->batch;
    bool skips = p->run->source->skips && p->run->job->on_error == ON_ERROR_SKIP;
    int own = 0, lost = 0, result = 0;
    for (int i = 0; i < batch->n; i++) {
        own += i < lot->place.n_own && lot->loaded[i];
        if (lot->loaded[i])
            continue;
        if (!skips && result == 0)
            result = fail(err, "%s", lot->reason[i]);
        add_failure(p, batch->source[i], lot->reason[i]);
        lost++;
    }
    if (lost > 0)
        batch_keep(batch, lot->loaded);
    lot->place.n_own = own;
    lot->first_row = p->rows;
    p->rows += (uint64_t)own;
    batch_group(batch);
    return result;
}

static int settle_block(struct pipeline *p, struct block *block, struct err *err) {
    int result = 0;
    for (int l = 0; l < block->n_lots; l++)
        if (settle(p, &block->lots[l], result == 0 ? err : &(struct err){0}) < 0)
            result = -1;
    return result;
}

/* The earlier stages of chains that have several (blocks are single batches then). */
static void run_stages(struct pipeline *p, struct block *block) {
    const struct job *job = p->run->job;
    if (!p->stages || block->n_lots == 0 || block->lots[0].place.originals)
        return;
    for (int c = 0; c < job->n_chains; c++)
        if (job->chain[c].n_stages > 1)
            stages_run(&p->stages[c], &p->run->mixing, c, &block->lots[0].batch, p->run->pool,
                       p->arenas, &p->staged[c]);
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
        struct outbox *committing = &p->outboxes[step % 2];
        p->mix_to = &p->outboxes[(step + 1) % 2];
        p->commit = committing->n > 0 ? committing : NULL;
        take_lots(p, to_load);
        start_outbox(p->mix_to, to_mix);
        run_stages(p, to_mix);
        p->n_mix = p->mix_to->n_items = cut(p, to_mix, true, p->mix);
        p->n_load = cut(p, to_load, false, p->load);
        if (!p->commit && p->n_mix == 0 && p->n_load == 0)
            return 0;
        parallel_for(run->pool, 1 + p->n_mix + p->n_load, work, p);
        if (settle_block(p, to_load, err) < 0 || first_failure(p, err) < 0)
            return -1;
        to_mix->n_lots = 0;
        committing->n = 0;
        if (interrupted())
            return fail(err, "interrupted");
        watch->tell(watch->data, run->counts.written, run->counts.asked);
    }
}

/* --- opening and closing --- */

static void size_blocks(struct pipeline *p, size_t sample_bytes) {
    const struct order *order = &p->run->order;
    size_t batch = (size_t)order->batch < order->n ? (size_t)order->batch : order->n;
    size_t item = ITEM_BYTES / sample_bytes, lots = BLOCK_BYTES / (sample_bytes * batch);
    p->item_samples = item < 1 ? 1 : item > ITEM_SAMPLES_MAX ? ITEM_SAMPLES_MAX : (int)item;
    p->lots_max = lots < 1 || p->run->mixing.most_stages > 1 ? 1 : (int)lots;
}

static void open_block(struct pipeline *p, struct block *block) {
    const struct contents *contents = &p->run->contents;
    int capacity = p->run->job->batch;
    if ((uint32_t)capacity > p->run->order.n)
        capacity = (int)p->run->order.n;
    block->lots = must_calloc((size_t)p->lots_max, sizeof *block->lots);
    for (int l = 0; l < p->lots_max; l++) {
        struct lot *lot = &block->lots[l];
        batch_open(&lot->batch, &contents->shape, contents->dtype, capacity, contents->n_classes);
        lot->loaded = must_calloc((size_t)capacity, 1);
        lot->reason = must_calloc((size_t)capacity, sizeof *lot->reason);
    }
}

static void close_block(struct pipeline *p, struct block *block) {
    for (int l = 0; l < p->lots_max; l++) {
        batch_close(&block->lots[l].batch);
        free(block->lots[l].loaded);
        free(block->lots[l].reason);
    }
    free(block->lots);
}

static void open_outbox(struct pipeline *p, struct outbox *outbox, size_t samples, size_t items) {
    size_t threads = (size_t)pool_threads(p->run->pool);
    for (int k = 0; k < STREAMS_MAX; k++)
        outbox->stream[k] = must_calloc(samples, p->record[k]);
    outbox->rows = must_calloc(items, sizeof *outbox->rows);
    outbox->of_class =
        must_calloc(threads * (size_t)p->run->contents.n_classes, sizeof *outbox->of_class);
}

static void close_outbox(struct outbox *outbox, size_t items) {
    for (int k = 0; k < STREAMS_MAX; k++)
        free(outbox->stream[k]);
    for (size_t i = 0; i < items; i++)
        text_close(&outbox->rows[i]);
    free(outbox->rows);
    free(outbox->of_class);
}

static void open_stages(struct pipeline *p) {
    const struct job *job = p->run->job;
    if (p->run->mixing.most_stages < 2)
        return;
    p->stages = must_calloc((size_t)job->n_chains + 1, sizeof *p->stages);
    p->staged = must_calloc((size_t)job->n_chains + 1, sizeof *p->staged);
    for (int c = 0; c < job->n_chains; c++)
        if (job->chain[c].n_stages > 1)
            stages_open(&p->stages[c], &p->blocks[0].lots[0].batch, job->chain[c].n_stages);
}

static void close_stages(struct pipeline *p) {
    const struct job *job = p->run->job;
    for (int c = 0; p->stages && c < job->n_chains; c++)
        if (job->chain[c].n_stages > 1)
            stages_close(&p->stages[c], job->chain[c].n_stages);
    free(p->stages);
    free(p->staged);
}

static void name_chains(struct pipeline *p) {
    const struct job *job = p->run->job;
    p->chain_names = must_calloc((size_t)job->n_chains + 1, sizeof *p->chain_names);
    for (int c = 0; c < job->n_chains; c++) {
        struct text name = {0};
        chain_print_name(&job->chain[c], &name);
        text_bytes(&name, "", 1);
        p->chain_names[c] = name.bytes;
    }
    p->chain_names[job->n_chains] = must_strdup("none");
}

/* Adds up what the threads counted. */
static void gather(struct pipeline *p) {
    struct run *run = p->run;
    int threads = pool_threads(run->pool), n_classes = run->contents.n_classes;
    for (int t = 0; t < threads; t++) {
        for (int s = 0; s < RUN_STAGES; s++)
            run->seconds[s] += p->workers[t].seconds[s];
        for (int b = 0; b < 2; b++)
            for (int k = 0; k < n_classes; k++)
                run->counts.of_class[k] += p->outboxes[b].of_class[t * n_classes + k];
    }
}

static int open_manifest(struct pipeline *p, const struct publication *publication,
                         struct err *err) {
    p->manifest = -1;
    if (!p->sink->manifest)
        return 0;
    p->manifest = publication_create(publication, p->sink->manifest, err);
    return p->manifest < 0 ? -1 : 0;
}

static int close_manifest(struct pipeline *p, int result, struct err *err) {
    if (p->manifest >= 0 && close(p->manifest) < 0 && result == 0)
        return fail(err, "%s: cannot close: %s", p->sink->manifest, strerror(errno));
    return result;
}

int pipeline_run(struct run *run, const struct publication *publication, void *sink_state,
                 const size_t record[STREAMS_MAX], const struct watch *watch, struct err *err) {
    struct pipeline p = {.run = run, .sink = run->sink, .sink_state = sink_state};
    memcpy(p.record, record, sizeof p.record);
    if (open_manifest(&p, publication, err) < 0)
        return -1;
    size_t threads = (size_t)pool_threads(run->pool);
    struct batch one = {.shape = run->contents.shape, .dtype = run->contents.dtype};
    size_blocks(&p, batch_stride(&one));
    for (int b = 0; b < 2; b++)
        open_block(&p, &p.blocks[b]);
    size_t samples = (size_t)p.lots_max * (size_t)p.blocks[0].lots[0].batch.capacity;
    size_t items = samples / (size_t)p.item_samples + (size_t)p.lots_max;
    for (int b = 0; b < 2; b++)
        open_outbox(&p, &p.outboxes[b], samples, items);
    p.mix = must_calloc(items, sizeof *p.mix);
    p.load = must_calloc(items, sizeof *p.load);
    p.workers = must_calloc(threads, sizeof *p.workers);
    p.arenas = must_calloc(threads, sizeof *p.arenas);
    p.failed_source = must_calloc(run->contents.n / 8 + 1, 1);
    p.sparse = manifest_is_sparse(run->job, run->contents.n_classes);
    name_chains(&p);
    open_stages(&p);

    int result = close_manifest(&p, run_steps(&p, watch, err), err);
    gather(&p);

    close_stages(&p);
    names_free(p.chain_names, (size_t)run->job->n_chains + 1);
    free(p.failed_source);
    for (size_t t = 0; t < threads; t++)
        arena_close(&p.arenas[t]);
    free(p.arenas);
    free(p.workers);
    free(p.mix);
    free(p.load);
    for (int b = 0; b < 2; b++) {
        close_outbox(&p.outboxes[b], items);
        close_block(&p, &p.blocks[b]);
    }
    return result;
}

#include "engine/lot.h"

#include "base/clock.h"
#include "base/memory.h"
#include "engine/intake.h"

#include <stdlib.h>

void lot_open(struct lot *lot, const struct contents *contents, int capacity) {
    batch_open(&lot->batch, &contents->shape, contents->dtype, capacity, contents->n_classes);
    if (contents->soft)
        batch_open_soft(&lot->batch);
    lot->loaded = must_calloc((size_t)capacity, 1);
    lot->reason = must_calloc((size_t)capacity, sizeof *lot->reason);
}

void lot_close(struct lot *lot) {
    batch_close(&lot->batch);
    free(lot->loaded);
    free(lot->reason);
}

int lot_take(struct lot *lot, struct run *run, struct err *err) {
    struct batch *batch = &lot->batch;
    lot->first_source = run->contents.first;
    if (order_next(&run->order, &lot->place, batch->source, &batch->n, run->watch, err) < 0)
        return -1;
    for (int i = 0; i < batch->n; i++) {
        batch->id[i] = lot->place.first_id + (uint64_t)i;
        batch->label[i] = run->contents.label[batch->source[i]];
    }
    return 0;
}

static void note_result(struct lot *lot, int i, int result, const struct err *err) {
    lot->loaded[i] = result == 0;
    lot->reason[i] = result == 0 ? NULL : must_strdup(err->text);
}

static void read_sample(struct lot *lot, int i, const struct run *run, struct arena *arena,
                        struct raw *raw) {
    struct err err;
    uint32_t source = lot->batch.source[i];
    int result = run->source->read(run->source_state, source, arena, raw, &err);
    note_result(lot, i, result, &err);
}

static void decode_sample(struct lot *lot, int i, const struct run *run, struct arena *arena,
                          const struct raw *raw) {
    struct err err;
    uint32_t source = lot->batch.source[i];
    void *pixels = batch_at(&lot->batch, i);
    int *label = &lot->batch.label[i];
    int result = run->source->decode(run->source_state, source, raw, arena, pixels, &err);
    if (result == 0 && *label == LABEL_IN_RECORD)
        result = run->source->label(run->source_state, source, raw, label, &err);
    if (result == 0 && lot->batch.soft)
        result = run->source->soft_label(run->source_state, source, arena,
                                         batch_soft_at(&lot->batch, i), &err);
    note_result(lot, i, result, &err);
}

void lot_load(struct lot *lot, const struct run *run, int first, int last, struct arena *arena,
              double seconds[RUN_STAGES]) {
    struct raw raw[LOADING_MAX];
    double start = clock_now();
    for (int i = first; i < last; i++)
        read_sample(lot, i, run, arena, &raw[i - first]);
    double read = clock_now();
    for (int i = first; i < last; i++)
        if (lot->loaded[i])
            decode_sample(lot, i, run, arena, &raw[i - first]);
    seconds[RUN_READ] += read - start;
    seconds[RUN_DECODE] += clock_now() - read;
    arena_reset(arena);
}

int lot_settle(struct lot *lot, struct run *run, uint64_t *rows, struct err *err) {
    struct batch *batch = &lot->batch;
    bool skips = run->source->file_per_sample && run->job->on_error == ON_ERROR_SKIP;
    int own = 0, lost = 0, result = 0;
    for (int i = 0; i < batch->n; i++) {
        own += i < lot->place.n_own && lot->loaded[i];
        if (lot->loaded[i])
            continue;
        if (!skips && result == 0)
            result = fail(err, "%s", lot->reason[i]);
        intake_lose(run, batch->source[i], lot->reason[i]);
        lost++;
    }
    if (lost > 0)
        batch_keep(batch, lot->loaded);
    intake_learn_labels(run, batch);
    lot->place.n_own = own;
    lot->first_row = *rows;
    *rows += (uint64_t)own;
    batch_group(batch);
    return result;
}

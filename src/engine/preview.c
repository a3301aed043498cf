#include "engine/preview.h"

#include "base/memory_limit.h"
#include "base/streams.h"
#include "engine/footprint.h"
#include "engine/intake.h"

#include <string.h>

/* What can be read only once cannot be shuffled as a whole. */
static int check_inputs(const struct job *job, struct err *err) {
    for (int i = 0; i < job->n_inputs; i++)
        if (path_is_stream(job->inputs[i]))
            return fail(err, "%s: a stream can be read only once; name files", job->inputs[i]);
    return 0;
}

int preview_open(struct preview *preview, const struct job *job, struct err *err) {
    *preview = (struct preview){.run = {.job = job}};
    struct run *run = &preview->run;
    run->pool = pool_open(job->threads, err);
    if (!run->pool || check_inputs(job, err) < 0 || intake_open(run, err) < 0)
        return -1;
    struct footprint footprint = footprint_of_preview(run);
    if (footprint_check(&footprint, run, memory_limit(), err) < 0)
        return -1;
    preview->arenas = arenas_open(run->pool);
    lot_open(&preview->lot, &run->contents, run_batch(run));
    return 0;
}

void preview_close(struct preview *preview) {
    arenas_close(preview->arenas, preview->run.pool);
    lot_close(&preview->lot);
    run_close(&preview->run);
}

static void load_item(void *data, int item, int thread) {
    struct preview *preview = data;
    double seconds[RUN_STAGES] = {0};
    int first = item * LOADING_MAX, n = preview->lot.batch.n;
    int last = first + LOADING_MAX < n ? first + LOADING_MAX : n;
    lot_load(&preview->lot, &preview->run, first, last, &preview->arenas[thread], seconds);
}

int preview_next(struct preview *preview, bool *more, struct err *err) {
    uint64_t rows = 0;
    if (lot_take(&preview->lot, &preview->run, err) < 0)
        return -1;
    *more = preview->lot.batch.n > 0;
    if (!*more)
        return 0;
    int items = (preview->lot.batch.n + LOADING_MAX - 1) / LOADING_MAX;
    parallel_for(preview->run.pool, items, load_item, preview);
    return lot_settle(&preview->lot, &preview->run, &rows, err);
}

int variant_open(struct variant *variant, const struct preview *preview, const struct chain *chains,
                 int n, struct err *err) {
    *variant = (struct variant){.job = *preview->run.job};
    memcpy(variant->job.chain, chains, (size_t)n * sizeof *chains);
    variant->job.n_chains = n;
    if (chains_open(&variant->chains, &variant->job, &preview->run.contents.shape,
                    run_batch(&preview->run), err) < 0)
        return -1;
    mixing_open(&variant->mixing, &variant->chains);
    return 0;
}

void variant_close(struct variant *variant) {
    mixing_close(&variant->mixing);
    chains_close(&variant->chains);
}

void variant_prepare(struct variant *variant, struct preview *preview, int n_own) {
    mixing_prepare(&variant->mixing, &preview->lot.batch, n_own, preview->run.pool,
                   preview->arenas);
}

void variant_mix(const struct variant *variant, const struct preview *preview, int own,
                 struct arena *arena, struct mixed *mixed, void *pixels, float *soft_label) {
    const struct batch *batch = &preview->lot.batch;
    mixing_draw(&variant->mixing, batch, own, false, arena, mixed);
    mixed->pixels = pixels;
    mixing_blend(batch, mixed, 1, arena);
    mixing_label(&variant->mixing, batch, mixed, arena, soft_label);
}

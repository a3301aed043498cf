#include "report/looking.h"

#include "base/interrupt.h"
#include "base/memory.h"
#include "model/sample_digest.h"
#include "report/sample_tile.h"

#include <stdlib.h>

/* What the threads that mix a batch share; results by sample. */
struct look {
    struct findings *findings;
    struct variant *variant;
    uint64_t wanted;            // samples; ids below it are looked at
    float *soft;                // (batch, n_classes)
    double *part;               // (batch, folding.n) of each sample, by where it comes from
    uint64_t *digest;           // (batch)
    struct err *errors;         // (batch)
    struct class_share *shares; // (n_classes) of one sample
};

/* --- one sample --- */

/* Which classes the sample comes from. */
static void add_parts(const struct look *look, int own, const struct mixed *mixed) {
    const struct folding *folding = &look->findings->folding;
    const int *label = look->findings->preview.lot.batch.label;
    double *part = look->part + (size_t)own * (size_t)folding->n;
    memset(part, 0, (size_t)folding->n * sizeof *part);
    for (int i = 0; i < mixed->n_terms; i++)
        part[folding->place[label[mixed->terms[i].index]]] += mixed->terms[i].share;
}

static void fill_tile(const struct look *look, int own, const struct mixed *mixed,
                      struct arena *arena, struct tile *tile) {
    const struct findings *findings = look->findings;
    const struct preview *preview = &findings->preview;
    const float *soft = look->soft + (size_t)own * (size_t)preview->lot.batch.n_classes;
    struct err *err = &look->errors[own];
    if (sample_tile_open(tile, preview, own, mixed->pixels, soft, arena, err) == 0 &&
        !findings->finished)
        sample_tile_explain(tile, preview, look->variant, mixed, arena, err);
}

static void look_at(void *data, int own, int thread) {
    struct look *look = data;
    struct findings *findings = look->findings;
    const struct batch *batch = &findings->preview.lot.batch;
    struct arena *arena = &findings->preview.arenas[thread];
    size_t stride = batch_stride(batch), labels = (size_t)batch->n_classes;
    struct mixed mixed;
    uint8_t *pixels = arena_take(arena, stride);
    float *soft = look->soft + (size_t)own * labels;
    uint32_t at = findings->n + (uint32_t)own;
    variant_mix(look->variant, &findings->preview, own, arena, &mixed, pixels, soft);
    look->digest[own] = sample_digest(batch->id[own], pixels, stride, soft, labels);
    add_parts(look, own, &mixed);
    clouds_set(&findings->clouds, (int)at, batch_at(batch, own), pixels, arena);
    look->errors[own].text[0] = 0;
    if (at < TILES && shape_is_picture(&batch->shape, batch->dtype))
        fill_tile(look, own, &mixed, arena, &findings->tile[at]);
    arena_reset(arena);
}

/* --- all samples --- */

/* Sums run in the order of the samples. */
static int add_sample(const struct look *look, int own, struct err *err) {
    struct findings *findings = look->findings;
    const struct batch *batch = &findings->preview.lot.batch;
    int n = findings->folding.n, row = findings->folding.place[batch->label[own]];
    int n_classes = batch->n_classes;
    if (look->errors[own].text[0])
        return fail(err, "%s", look->errors[own].text);
    findings->digest = sample_digest_join(findings->digest, look->digest[own]);
    label_statistics_add_row(&findings->labels, look->soft + (size_t)own * (size_t)n_classes,
                             n_classes, NULL, look->shares);
    for (int k = 0; k < n && !findings->finished; k++)
        class_pairs_add(&findings->pairs, row, k, look->part[(size_t)own * (size_t)n + (size_t)k]);
    return 0;
}

/* Own samples of the batch at hand that belong to the report. */
static int wanted_here(const struct look *look) {
    const struct lot *lot = &look->findings->preview.lot;
    int n = 0;
    while (n < lot->place.n_own && lot->batch.id[n] < look->wanted)
        n++;
    return n;
}

static int look_at_batch(struct look *look, struct err *err) {
    struct findings *findings = look->findings;
    int n = wanted_here(look);
    variant_prepare(look->variant, &findings->preview, n);
    parallel_for(findings->preview.run.pool, n, look_at, look);
    for (int own = 0; own < n; own++)
        if (add_sample(look, own, err) < 0)
            return -1;
    findings->n += (uint32_t)n;
    return 0;
}

static int look_at_all(struct look *look, struct err *err) {
    struct preview *preview = &look->findings->preview;
    for (bool more = true; more;) {
        if (interrupt_check(err) < 0 || preview_next(preview, &more, err) < 0 ||
            (more && look_at_batch(look, err) < 0))
            return -1;
        more = more && preview->run.order.next < look->wanted;
    }
    return look->findings->n > 0
               ? 0
               : fail(err, "%s: no sample could be read", preview->run.job->inputs[0]);
}

int look_at_samples(struct findings *findings, uint64_t wanted, struct err *err) {
    const struct preview *preview = &findings->preview;
    size_t batch = (size_t)run_batch(&preview->run);
    struct variant variant;
    struct chain copy;
    struct look look = {.findings = findings, .variant = &variant, .wanted = wanted};
    if (findings->finished && spec_parse("none", &copy, err) < 0)
        return -1;
    look.soft = must_calloc(batch, (size_t)preview->run.contents.n_classes * sizeof *look.soft);
    look.part = must_calloc(batch, (size_t)findings->folding.n * sizeof *look.part);
    look.digest = must_calloc(batch, sizeof *look.digest);
    look.errors = must_calloc(batch, sizeof *look.errors);
    look.shares = must_calloc((size_t)preview->run.contents.n_classes, sizeof *look.shares);
    const struct chain *chains = findings->finished ? &copy : findings->job->chain;
    int n = findings->finished ? 1 : findings->job->n_chains;
    int result = variant_open(&variant, preview, chains, n, err);
    if (result == 0)
        result = look_at_all(&look, err);
    variant_close(&variant);
    free(look.soft);
    free(look.part);
    free(look.digest);
    free(look.errors);
    free(look.shares);
    return result;
}

#include "report/findings.h"

#include "base/interrupt.h"
#include "base/memory.h"
#include "engine/intake.h"
#include "formats/digest.h"

#include <stdlib.h>

enum { TILE_SIDE = 192, SOURCE_SIDE = 64 }; // pixels

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

static char *name_of(const struct run *run, uint32_t sample, int64_t *record) {
    struct text path = {0};
    struct origin origin = run->source->origin(run->source_state, sample, &path);
    *record = origin.record;
    text_terminate(&path);
    return path.bytes;
}

static void set_source(const struct findings *findings, const struct term *term,
                       struct tile_source *source) {
    const struct batch *batch = &findings->preview.lot.batch;
    int64_t record;
    struct text name = {0};
    char *path = name_of(&findings->preview.run, batch->source[term->index], &record);
    text_string(&name, path);
    if (record >= 0)
        text_format(&name, " %lld", (long long)record);
    text_terminate(&name);
    free(path);
    *source = (struct tile_source){.name = name.bytes,
                                   .id = batch->source[term->index],
                                   .label = batch->label[term->index],
                                   .percent = source->percent};
}

static void set_recipe(const struct look *look, const struct mixed *mixed, struct tile *tile) {
    const struct chain *chain = &look->variant->job.chain[mixed->chain];
    struct text text = {0};
    for (int s = 0; s < chain->n_stages; s++)
        text_format(&text, "%s%s", s ? "+" : "", chain->stage[s].mixer->name);
    text_string(&text, " ");
    mixing_print_recipe(&look->variant->mixing, mixed, &text);
    text_terminate(&text);
    tile->recipe = text.bytes;
}

static int set_sources(const struct look *look, const struct mixed *mixed, struct arena *arena,
                       struct tile *tile, struct err *err) {
    const struct batch *batch = &look->findings->preview.lot.batch;
    int index[TILE_PARTS], result = 0;
    float *share = arena_take(arena, (size_t)mixed->n_terms * sizeof *share);
    for (int i = 0; i < mixed->n_terms; i++)
        share[i] = mixed->terms[i].share;
    tile_choose_sources(tile, share, mixed->n_terms, index);
    for (int i = 0; i < tile->n_sources && result == 0; i++) {
        const struct term *term = &mixed->terms[index[i]];
        set_source(look->findings, term, &tile->source[i]);
        result = png_make(&tile->source[i].png, batch_at(batch, term->index), &batch->shape,
                          SOURCE_SIDE, arena, err);
    }
    return result;
}

static int fill_tile(const struct look *look, int own, const struct mixed *mixed,
                     struct arena *arena, struct tile *tile, struct err *err) {
    const struct findings *findings = look->findings;
    const struct batch *batch = &findings->preview.lot.batch;
    *tile = (struct tile){.id = batch->id[own]};
    tile->path = name_of(&findings->preview.run, batch->source[own], &tile->record);
    tile_set_labels(tile, look->soft + (size_t)own * (size_t)batch->n_classes, batch->n_classes,
                    arena);
    if (png_make(&tile->png, mixed->pixels, &batch->shape, TILE_SIDE, arena, err) < 0)
        return -1;
    if (findings->finished)
        return 0;
    set_recipe(look, mixed, tile);
    return set_sources(look, mixed, arena, tile, err);
}

/* Which classes the sample comes from. */
static void add_parts(const struct look *look, int own, const struct mixed *mixed) {
    const struct folding *folding = &look->findings->folding;
    const int *label = look->findings->preview.lot.batch.label;
    double *part = look->part + (size_t)own * (size_t)folding->n;
    memset(part, 0, (size_t)folding->n * sizeof *part);
    for (int i = 0; i < mixed->n_terms; i++)
        part[folding->place[label[mixed->terms[i].index]]] += mixed->terms[i].share;
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
    look->digest[own] =
        digest_of(soft, labels * sizeof *soft, digest_of(pixels, stride, batch->id[own]));
    add_parts(look, own, &mixed);
    clouds_set(&findings->clouds, (int)at, batch_at(batch, own), pixels, arena);
    look->errors[own].text[0] = 0;
    if (at < TILES && shape_is_picture(&batch->shape, batch->dtype))
        fill_tile(look, own, &mixed, arena, &findings->tile[at], &look->errors[own]);
    arena_reset(arena);
}

/* --- all samples --- */

static void add_label(const struct look *look, int own) {
    int n_classes = look->findings->labels.n_classes;
    const float *soft = look->soft + (size_t)own * (size_t)n_classes;
    size_t n = 0;
    for (int k = 0; k < n_classes; k++)
        if (soft[k] > 0)
            look->shares[n++] = (struct class_share){k, (double)soft[k]};
    label_statistics_add(&look->findings->labels, look->shares, n);
}

/* Sums run in the order of the samples. */
static int add_sample(const struct look *look, int own, struct err *err) {
    struct findings *findings = look->findings;
    const struct batch *batch = &findings->preview.lot.batch;
    int n = findings->folding.n, row = findings->folding.place[batch->label[own]];
    uint8_t bytes[sizeof(uint64_t)];
    if (look->errors[own].text[0])
        return fail(err, "%s", look->errors[own].text);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(look->digest[own] >> 8 * i);
    findings->digest = digest_of(bytes, sizeof bytes, findings->digest);
    add_label(look, own);
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

static int mix_all(struct findings *findings, uint64_t wanted, struct err *err) {
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

/* --- opening --- */

/* Of an earlier output what it was made from, else the input itself. */
static void count_before(struct findings *findings) {
    const struct contents *contents = &findings->preview.run.contents;
    findings->before = must_calloc((size_t)contents->n_classes, sizeof *findings->before);
    for (uint32_t i = 0; i < contents->n && !findings->finished; i++)
        if (!contents->unusable || !contents->unusable[i])
            findings->before[contents->label[i]]++;
    for (int k = 0; k < contents->n_classes; k++) {
        if (findings->finished)
            findings->before[k] = findings->past.count[k];
        findings->n_before += findings->before[k];
    }
}

static int open_past(struct findings *findings, struct err *err) {
    const struct job *job = findings->job;
    findings->finished = job->n_inputs == 1 && job->mixers_are_standard &&
                         past_job_find(&findings->past, job->inputs[0]);
    return findings->finished ? past_job_read_sources(&findings->past, err) : 0;
}

static int check_past(const struct findings *findings, struct err *err) {
    int n_classes = findings->preview.run.contents.n_classes;
    if (!findings->finished || findings->past.set.n_classes == n_classes)
        return 0;
    return fail(err, "%s: read as %d classes (%s), but its dataset.json names %d",
                findings->job->inputs[0], n_classes, findings->preview.run.source->name,
                findings->past.set.n_classes);
}

/* One pass at most. */
static uint64_t samples_wanted(const struct findings *findings) {
    uint64_t usable = findings->preview.run.order.n, most = (uint64_t)findings->job->samples;
    return usable < most ? usable : most;
}

static void open_parts(struct findings *findings, uint64_t wanted) {
    const struct contents *contents = &findings->preview.run.contents;
    count_before(findings);
    folding_open(&findings->folding, findings->before, contents->n_classes);
    class_pairs_open(&findings->pairs, &findings->folding);
    label_statistics_open(&findings->labels, contents->n_classes);
    clouds_open(&findings->clouds, &contents->shape, contents->dtype, wanted, !findings->finished);
}

int findings_open(struct findings *findings, const struct job *job, struct err *err) {
    *findings = (struct findings){.job = job};
    if (open_past(findings, err) < 0 || preview_open(&findings->preview, job, err) < 0 ||
        intake_complete_labels(&findings->preview.run, err) < 0 || check_past(findings, err) < 0)
        return -1;
    const struct contents *contents = &findings->preview.run.contents;
    uint64_t wanted = samples_wanted(findings);
    open_parts(findings, wanted);
    int result = mix_all(findings, wanted, err);
    if (shape_is_picture(&contents->shape, contents->dtype))
        findings->n_tiles = findings->n < TILES ? (int)findings->n : TILES;
    if (result == 0 && findings->finished)
        result = past_job_read_manifest(&findings->past, &findings->folding, &findings->pairs,
                                        findings->tile, findings->n_tiles, err);
    if (result < 0)
        return -1;
    return clouds_measure(&findings->clouds, (int)findings->n, job->points, job->seed,
                          findings->preview.run.pool, &findings->dimensions, err);
}

void findings_close(struct findings *findings) {
    for (int i = 0; i < TILES; i++)
        tile_close(&findings->tile[i]);
    clouds_close(&findings->clouds);
    label_statistics_close(&findings->labels);
    class_pairs_close(&findings->pairs);
    folding_close(&findings->folding);
    free(findings->before);
    preview_close(&findings->preview);
    past_job_close(&findings->past);
}

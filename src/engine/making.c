#include "engine/making.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/memory.h"

/* --- row and record --- */

static void add_row(const struct maker *maker, const struct lot *lot, const struct mixed *mixed,
                    const struct sample *sample, struct scratch *scratch, struct text *rows) {
    struct text *file_name = &scratch->printer.file_name, *recipe = &scratch->printer.recipe;
    file_name->used = recipe->used = 0;
    struct row row = {
        .sample = sample,
        .record = maker->run->sink->place(maker->sink_state, sample, file_name),
        .mixer = maker->chain_names[mixed->chain],
        .terms = mixed->terms,
        .n_terms = mixed->n_terms,
        .source = lot->batch.source,
        .first_source = lot->first_source,
    };
    mixing_print_recipe(&maker->mixing, mixed, recipe);
    row.file_name = text_terminate(file_name);
    row.recipe = text_terminate(recipe);
    manifest_row(&scratch->printer, &row, rows);
}

static int encode(const struct maker *maker, const struct lot *lot, const struct mixed *mixed,
                  struct scratch *scratch, const struct slot *slot, struct text *rows,
                  struct err *err) {
    const struct batch *batch = &lot->batch;
    size_t line_at = rows->used;
    float *soft_label = arena_take(scratch->arena, (size_t)batch->n_classes * sizeof *soft_label);
    mixing_label(&maker->mixing, batch, mixed, scratch->arena, soft_label);
    struct sample sample = {
        .id = batch->id[mixed->own],
        .row = lot->first_row + (uint64_t)mixed->own,
        .label = label_argmax(soft_label, batch->n_classes),
        .pixels = mixed->pixels,
        .soft_label = soft_label,
    };
    scratch->of_class[sample.label]++;
    if (maker->rows) {
        add_row(maker, lot, mixed, &sample, scratch, rows);
        sample.line = rows->bytes + line_at;
        sample.line_bytes = rows->used - line_at - strlen("\n");
    }
    return maker->run->sink->encode(maker->sink_state, &sample, scratch->arena, slot, err);
}

/* Where the pixels of a sample are made: in the sink's record, if it holds them as they are. */
static void *place_of_pixels(const struct maker *maker, const struct batch *batch,
                             const struct tray *tray, int i, struct arena *arena) {
    if (maker->run->sink->verbatim)
        return tray->records[0] + (size_t)i * maker->record[0];
    return arena_take(arena, batch_stride(batch));
}

int make_samples(const struct maker *maker, const struct lot *lot, int first, int last,
                 struct scratch *scratch, const struct tray *tray, struct err *err) {
    struct mixed mixed[MAKING_MAX];
    int n = last - first, result = 0;
    double start = clock_now();
    for (int i = 0; i < n; i++) {
        mixing_draw(&maker->mixing, &lot->batch, first + i, lot->place.originals, scratch->arena,
                    &mixed[i]);
        mixed[i].pixels = place_of_pixels(maker, &lot->batch, tray, i, scratch->arena);
    }
    double drawn = clock_now();
    mixing_blend(&lot->batch, mixed, n, scratch->arena);
    double blended = clock_now();
    for (int i = 0; i < n && result == 0; i++) {
        struct slot slot = {.blob = tray->blobs};
        size_t blob_at = tray->blobs->used;
        for (int k = 0; k < STREAMS_MAX; k++)
            slot.record[k] = tray->records[k] + (size_t)i * maker->record[k];
        result = encode(maker, lot, &mixed[i], scratch, &slot, tray->rows, err);
        tray->sizes[i] = tray->blobs->used - blob_at;
    }
    scratch->seconds[RUN_DRAW] += drawn - start;
    scratch->seconds[RUN_BLEND] += blended - drawn;
    scratch->seconds[RUN_ENCODE] += clock_now() - blended;
    arena_reset(scratch->arena);
    return result;
}

/* --- opening and closing --- */

static char **name_chains(const struct job *job) {
    char **names = must_calloc((size_t)job->n_chains + 1, sizeof *names);
    for (int c = 0; c < job->n_chains; c++) {
        struct text name = {0};
        chain_print_name(&job->chain[c], &name);
        names[c] = text_finish(&name);
    }
    names[job->n_chains] = must_strdup("none");
    return names;
}

void maker_open(struct maker *maker, const struct run *run, const void *sink_state,
                const size_t record[STREAMS_MAX]) {
    const struct job *job = run->job;
    *maker = (struct maker){
        .run = run, .sink_state = sink_state, .rows = run->manifest || run->sink->rows};
    for (int k = 0; k < STREAMS_MAX; k++)
        maker->record[k] = record[k];
    maker->chain_names = name_chains(job);
    mixing_open(&maker->mixing, &run->chains);
}

void maker_close(struct maker *maker) {
    const struct job *job = maker->run->job;
    mixing_close(&maker->mixing);
    strings_free(maker->chain_names, (size_t)job->n_chains + 1);
}

void maker_prepare(struct maker *maker, const struct lot *lot, struct arena *arenas) {
    if (!lot->place.originals)
        mixing_prepare(&maker->mixing, &lot->batch, lot->place.n_own, maker->run->pool, arenas);
}

#include "report/sample_tile.h"

#include <stdlib.h>

enum { TILE_SIDE = 192, SOURCE_SIDE = 64 }; // pixels

/* Path of a sample of the input, owned by the caller, and the record in it, or -1. */
static char *path_of(const struct preview *preview, uint32_t sample, int64_t *record) {
    const struct run *run = &preview->run;
    struct text path = {0};
    struct origin origin = run->source->origin(run->source_state, sample, &path);
    *record = origin.record;
    return text_finish(&path);
}

int sample_tile_open(struct tile *tile, const struct preview *preview, int own, const void *pixels,
                     const float *soft_label, struct arena *arena, struct err *err) {
    const struct batch *batch = &preview->lot.batch;
    *tile = (struct tile){.id = batch->id[own]};
    tile->path = path_of(preview, batch->source[own], &tile->record);
    tile_set_labels(tile, soft_label, batch->n_classes, arena);
    return png_make(&tile->png, pixels, &batch->shape, TILE_SIDE, arena, err);
}

static void set_recipe(const struct variant *variant, const struct mixed *mixed,
                       struct tile *tile) {
    struct text text = {0};
    chain_print_name(&variant->job.chain[mixed->chain], &text);
    text_string(&text, " ");
    mixing_print_recipe(&variant->mixing, mixed, &text);
    tile->recipe = text_finish(&text);
}

static int set_source(const struct preview *preview, int index, struct arena *arena,
                      struct tile_source *source, struct err *err) {
    const struct batch *batch = &preview->lot.batch;
    int64_t record;
    char *path = path_of(preview, batch->source[index], &record);
    source->name = tile_source_name(path, record);
    source->id = batch->source[index];
    source->label = batch->label[index];
    free(path);
    return png_make(&source->png, batch_at(batch, index), &batch->shape, SOURCE_SIDE, arena, err);
}

int sample_tile_explain(struct tile *tile, const struct preview *preview,
                        const struct variant *variant, const struct mixed *mixed,
                        struct arena *arena, struct err *err) {
    int index[TILE_PARTS], n = mixed->n_terms, result = 0;
    float *share = arena_take(arena, (size_t)n * sizeof *share);
    for (int i = 0; i < n; i++)
        share[i] = mixed->terms[i].share;
    set_recipe(variant, mixed, tile);
    tile_choose_sources(tile, share, n, index);
    for (int i = 0; i < tile->n_sources && result == 0; i++)
        result = set_source(preview, mixed->terms[index[i]].index, arena, &tile->source[i], err);
    return result;
}

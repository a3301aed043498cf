#include "sheet/cell.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct picture new_picture(const struct shape *shape, int channels) {
    size_t bytes = (size_t)shape->dim[0] * (size_t)shape->dim[1] * (size_t)channels;
    return (struct picture){shape->dim[1], shape->dim[0], channels, must_calloc(bytes, 1)};
}

static void set_shares(struct cell *cell, const float *soft_label, int n_classes,
                       struct arena *arena) {
    struct share *shares = arena_take(arena, (size_t)n_classes * sizeof *shares);
    cell->n_shares = shares_of(soft_label, n_classes, shares);
    cell->shares = must_calloc((size_t)cell->n_shares + 1, sizeof *shares);
    memcpy(cell->shares, shares, (size_t)cell->n_shares * sizeof *shares);
}

static int by_share(const void *a, const void *b) {
    const struct term *x = a, *y = b;
    if (x->share != y->share)
        return x->share < y->share ? 1 : -1;
    return x->index - y->index;
}

/* The first term is the sample itself, whose share may be small. Where percentages are rounded
 * alike, the greater share gets more. */
static void set_parts(struct cell *cell, const struct batch *batch, const struct mixed *mixed,
                      struct arena *arena) {
    int n = mixed->n_terms, most = n <= SHEET_PARTS ? n : SHEET_PARTS - 1;
    float *share = arena_take(arena, (size_t)n * sizeof *share);
    struct shown shown[SHEET_PARTS];
    qsort(mixed->terms + 1, (size_t)n - 1, sizeof *mixed->terms, by_share);
    for (int k = 0; k < n; k++)
        share[k] = mixed->terms[k].share;
    cell->n_parts = shares_show(share, n, most, shown, &cell->more_percent);
    cell->n_more = n - cell->n_parts;
    for (int k = 0; k < cell->n_parts; k++) {
        const struct term *term = &mixed->terms[shown[k].index];
        struct picture picture = new_picture(&batch->shape, batch->shape.dim[2]);
        memcpy(picture.pixels, batch_at(batch, term->index), batch_stride(batch));
        cell->part[k] =
            (struct part){picture, batch->label[term->index], shown[k].percent, term->share};
    }
}

static bool is_inside(const struct box *box, int y, int x) {
    return y >= box->low[1] && y < box->high[1] && x >= box->low[2] && x < box->high[2];
}

/* How much the first term of the last mixer keeps of a pixel, 0..1. */
static double kept(const struct recipe *recipe, int y, int x, int w) {
    if (recipe->region == REGION_BOX)
        return !is_inside(&recipe->box, y, x);
    if (recipe->region == REGION_MASK)
        return (double)recipe->mask[(size_t)y * (size_t)w + (size_t)x] / PART_ONE;
    return recipe->term[0].share;
}

static void set_mask(struct cell *cell, const struct shape *shape, const struct recipe *recipe) {
    cell->mask = new_picture(shape, 1);
    uint8_t *pixel = cell->mask.pixels;
    for (int y = 0; y < cell->mask.h; y++)
        for (int x = 0; x < cell->mask.w; x++)
            *pixel++ = (uint8_t)lrint(255 * kept(recipe, y, x, cell->mask.w));
}

void cell_fill(struct cell *cell, const struct variant *variant, const struct preview *preview,
               int own, unsigned show, struct arena *arena) {
    const struct batch *batch = &preview->lot.batch;
    struct mixed mixed;
    float *soft_label = arena_take(arena, (size_t)batch->n_classes * sizeof *soft_label);
    cell->picture = new_picture(&batch->shape, batch->shape.dim[2]);
    variant_mix(variant, preview, own, arena, &mixed, cell->picture.pixels, soft_label);
    set_shares(cell, soft_label, batch->n_classes, arena);
    if (show & SHOW_MASK)
        set_mask(cell, &batch->shape, mixed.recipe);
    if (show & SHOW_SOURCES)
        set_parts(cell, batch, &mixed, arena);
    arena_reset(arena);
}

void cell_close(struct cell *cell) {
    for (int k = 0; k < cell->n_parts; k++)
        free(cell->part[k].picture.pixels);
    free(cell->picture.pixels);
    free(cell->mask.pixels);
    free(cell->shares);
}

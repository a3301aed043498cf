#include "model/blend.h"

#include "base/simd.h"
#include "model/byte_pairs.h"
#include "model/weighted_sum.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { TILE = 1024 }; // sums that stay in the nearest cache

/* The first term is not added to 0, so that a sum of −0.0 stays it. */
static void sum_of_floats(const struct recipe *recipe, const struct batch *batch, size_t n,
                          float *out) {
    const struct term *term = recipe->term;
    for (size_t at = 0; at < n; at += TILE) {
        double sum[TILE];
        size_t tile = n - at < TILE ? n - at : TILE;
        const float *first = (const float *)batch_at(batch, term[0].index) + at;
        for (size_t i = 0; i < tile; i++)
            sum[i] = (double)term[0].share * first[i];
        for (int k = 1; k < recipe->n_terms; k++) {
            const float *source = (const float *)batch_at(batch, term[k].index) + at;
            for (size_t i = 0; i < tile; i++)
                sum[i] += (double)term[k].share * source[i];
        }
        for (size_t i = 0; i < tile; i++)
            out[at + i] = (float)sum[i];
    }
}

static bool is_multiple_of_part(float share) {
    return share * PART_ONE == rintf(share * PART_ONE);
}

/* Copies, sums of floats, and the common pair of bytes whose share is a multiple of 2^-15. False
 * for other sums of bytes. */
static bool blend_short_sum(const struct recipe *recipe, const struct batch *batch, void *out) {
    size_t n = shape_values(&batch->shape);
    const void *own = batch_at(batch, recipe->term[0].index);
    float share = recipe->term[0].share;
    if (recipe->n_terms == 1)
        memcpy(out, own, batch_stride(batch));
    else if (batch->dtype == DTYPE_FLOAT32)
        sum_of_floats(recipe, batch, n, out);
    else if (recipe->n_terms == 2 && is_multiple_of_part(share))
        byte_pairs_mix(own, batch_at(batch, recipe->term[1].index), (int)(share * PART_ONE), n,
                       out);
    else
        return false;
    return true;
}

/* Sums of bytes that wait to be made together, over the sources that any of them names. */
struct pending {
    struct weighted_sums sums;
    int *slot; // (batch capacity) a sample's place among the sources, or −1
};

static void pending_open(struct pending *pending, const struct batch *batch, int n,
                         struct arena *arena) {
    size_t capacity = (size_t)batch->capacity;
    pending->sums = (struct weighted_sums){.length = shape_values(&batch->shape)};
    pending->sums.source = arena_take(arena, capacity * sizeof *pending->sums.source);
    pending->sums.sum = arena_take(arena, (size_t)n * sizeof *pending->sums.sum);
    pending->slot = arena_take(arena, capacity * sizeof *pending->slot);
    memset(pending->slot, 0xff, capacity * sizeof *pending->slot);
}

static void pending_add(struct pending *pending, const struct blending *blending,
                        struct arena *arena) {
    const struct recipe *recipe = blending->recipe;
    struct weighted_sums *sums = &pending->sums;
    size_t n = (size_t)recipe->n_terms;
    int *index = arena_take(arena, n * sizeof *index);
    uint32_t *weight = arena_take(arena, n * sizeof *weight);
    for (int k = 0; k < recipe->n_terms; k++) {
        int *slot = &pending->slot[recipe->term[k].index];
        if (*slot < 0) {
            *slot = sums->n_sources;
            sums->source[sums->n_sources++] = batch_at(blending->batch, recipe->term[k].index);
        }
        index[k] = *slot;
        weight[k] = (uint32_t)(recipe->term[k].share * SHARE_ONE);
    }
    sums->sum[sums->n_sums++] =
        (struct weighted_sum){recipe->n_terms, index, weight, blending->out};
}

/* The first term everywhere, then the second row by row inside the box. */
static void blend_box(const struct recipe *recipe, const struct batch *batch, uint8_t *out) {
    const uint8_t *own = batch_at(batch, recipe->term[0].index);
    const uint8_t *other = batch_at(batch, recipe->term[1].index);
    const struct grid *grid = &batch->grid;
    size_t position = (size_t)grid->channels * dtype_size(batch->dtype);
    const int *low = recipe->box.low, *high = recipe->box.high;
    memcpy(out, own, batch_stride(batch));
    if (high[2] <= low[2])
        return;
    for (int z = low[0]; z < high[0]; z++)
        for (int y = low[1]; y < high[1]; y++) {
            size_t row = ((size_t)z * (size_t)grid->side[1] + (size_t)y) * (size_t)grid->side[2];
            size_t at = (row + (size_t)low[2]) * position;
            memcpy(out + at, other + at, (size_t)(high[2] - low[2]) * position);
        }
}

static void mask_floats(const float *a, const float *b, const uint16_t *mask, size_t n,
                        float *out) {
    for (size_t i = 0; i < n; i++)
        out[i] = (float)(((double)a[i] * mask[i] + (double)b[i] * (PART_ONE - mask[i])) / PART_ONE);
}

SIMD_CLONES
static void triple(const uint16_t *mask, size_t n, uint16_t *wide) {
    for (size_t i = 0; i < n; i++)
        wide[3 * i] = wide[3 * i + 1] = wide[3 * i + 2] = mask[i];
}

/* mask: (positions) → (positions, channels) */
static const uint16_t *mask_of_values(const uint16_t *mask, size_t positions, int channels,
                                      struct arena *arena) {
    if (channels == 1)
        return mask;
    uint16_t *wide = arena_take(arena, positions * (size_t)channels * sizeof *wide);
    if (channels == 3) {
        triple(mask, positions, wide);
        return wide;
    }
    for (size_t i = 0, at = 0; i < positions; i++)
        for (int k = 0; k < channels; k++)
            wide[at++] = mask[i];
    return wide;
}

static void blend_mask(const struct recipe *recipe, const struct batch *batch, struct arena *arena,
                       void *out) {
    const struct grid *grid = &batch->grid;
    const void *own = batch_at(batch, recipe->term[0].index);
    const void *other = batch_at(batch, recipe->term[1].index);
    const uint16_t *mask =
        mask_of_values(recipe->mask, grid_positions(grid), grid->channels, arena);
    if (batch->dtype == DTYPE_UINT8)
        byte_pairs_mask(own, other, mask, shape_values(&batch->shape), out);
    else
        mask_floats(own, other, mask, shape_values(&batch->shape), out);
}

void blend(const struct blending *blendings, int n, struct arena *arena) {
    struct pending pending = {.slot = NULL};
    for (int i = 0; i < n; i++) {
        const struct recipe *recipe = blendings[i].recipe;
        const struct batch *batch = blendings[i].batch;
        if (recipe->region == REGION_BOX)
            blend_box(recipe, batch, blendings[i].out);
        else if (recipe->region == REGION_MASK)
            blend_mask(recipe, batch, arena, blendings[i].out);
        else if (!blend_short_sum(recipe, batch, blendings[i].out)) {
            if (!pending.slot)
                pending_open(&pending, batch, n, arena);
            pending_add(&pending, &blendings[i], arena);
        }
    }
    if (pending.slot)
        weighted_sums(&pending.sums, arena);
}

void blend_widen(const uint8_t *bytes, float *floats, size_t n) {
    for (size_t i = 0; i < n; i++)
        floats[i] = bytes[i];
}

void blend_round(const float *floats, uint8_t *bytes, size_t n) {
    for (size_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)(int)(floats[i] + 0.5f);
}

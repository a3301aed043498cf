/* Pillow's Resample.c in other words: along each axis an output pixel is a weighted sum of the
 * input pixels under a triangle as wide as the scale (never narrower than two pixels), the weights
 * rounded to 22 bits. Columns first, rounded to bytes, then rows.
 *
 * Both passes are one loop, weigh(): sums of whole lines, which compilers vectorise. Rows are lines
 * as they lie; columns become lines by turning 16 rows at a time on their side (transpose.h). */
#include "formats/resize.h"

#include "base/simd.h"
#include "formats/transpose.h"

#include <math.h>
#include <string.h>

enum {
    PRECISION = 32 - 8 - 2, // bits of a weight
    LANES = 48,             // bytes summed side by side: of a turned colour pixel
    TILE = TRANSPOSE_SIDE,  // rows turned at a time
};

/* What the output pixels of one axis are made of: pixel o is the sum over k < count[o] of
 * weight[o * most + k] × input pixel first[o] + k. */
struct taps {
    int n, most;     // output pixels, weights kept for each
    int *first;      // (n)
    int *count;      // (n)
    int32_t *weight; // (n, most) of 2^PRECISION
};

struct window {
    float x0, y0, x1, y1; // pixels of the source; float as in Pillow, whose bits depend on it
};

static double triangle(double x) {
    x = fabs(x);
    return x < 1 ? 1 - x : 0;
}

static int clamp(int x, int low, int high) {
    return x < low ? low : x > high ? high : x;
}

/* Weights of output pixel o, normalised to the sum 1 and then rounded. share: (most) scratch. */
static void taps_set(struct taps *taps, int o, double centre, double support, int in_size,
                     double *share) {
    int first = clamp((int)(centre - support + 0.5), 0, in_size);
    int count = clamp((int)(centre + support + 0.5), 0, in_size) - first;
    double sum = 0, per_pixel = 1.0 / support;
    for (int k = 0; k < count; k++) {
        share[k] = triangle((k + first - centre + 0.5) * per_pixel);
        sum += share[k];
    }
    for (int k = 0; k < count; k++) {
        double normal = sum != 0 ? share[k] / sum : share[k];
        taps->weight[(size_t)o * (size_t)taps->most + (size_t)k] =
            (int32_t)(0.5 + normal * (1 << PRECISION));
    }
    taps->first[o] = first;
    taps->count[o] = count;
}

/* The n output pixels that share [in0, in1) of in_size input pixels. */
static struct taps taps_of(int in_size, float in0, float in1, int n, struct arena *arena) {
    double scale = (double)(in1 - in0) / n;
    double support = scale < 1 ? 1 : scale;
    struct taps taps = {.n = n, .most = (int)ceil(support) * 2 + 1};
    size_t most = (size_t)taps.most, count = (size_t)n;
    taps.first = arena_take(arena, count * sizeof *taps.first);
    taps.count = arena_take(arena, count * sizeof *taps.count);
    taps.weight = arena_take(arena, count * most * sizeof *taps.weight);
    double *share = arena_take(arena, most * sizeof *share);
    for (int o = 0; o < n; o++)
        taps_set(&taps, o, in0 + (o + 0.5) * scale, support, in_size, share);
    return taps;
}

/* Makes first[] count from the first input pixel that is used at all, and returns where that lies.
 * *n_used: input pixels from there to the last one used. */
static int taps_rebase(struct taps *taps, int *n_used) {
    int start = taps->first[0], last = taps->n - 1;
    for (int o = 0; o < taps->n; o++)
        taps->first[o] -= start;
    *n_used = taps->first[last] + taps->count[last];
    return start;
}

/* out[i] = the weighted sum over count lines of their byte i, for n ≤ LANES bytes. The weights are
 * positive and their sum is off 1 by count / 2 of 2^PRECISION at most, so that for up to
 * PICTURE_MAX_SIDE lines no sum leaves 0..255. */
static inline __attribute__((always_inline)) void weigh_bytes(const uint8_t *lines,
                                                              ptrdiff_t stride,
                                                              const int32_t *weight, int count,
                                                              int n, uint8_t *out) {
    int32_t sum[LANES];
    for (int i = 0; i < n; i++)
        sum[i] = 1 << (PRECISION - 1);
    for (int k = 0; k < count; k++)
        for (int i = 0; i < n; i++)
            sum[i] += lines[k * stride + i] * weight[k];
    for (int i = 0; i < n; i++)
        out[i] = (uint8_t)(sum[i] >> PRECISION);
}

/* One pass: lines of n bytes in → taps->n lines of n bytes out. Strides in bytes. */
SIMD_CLONES static void weigh(const uint8_t *in, ptrdiff_t in_stride, const struct taps *taps,
                              int n, uint8_t *out, ptrdiff_t out_stride) {
    for (int o = 0; o < taps->n; o++, out += out_stride) {
        const uint8_t *lines = in + taps->first[o] * in_stride;
        const int32_t *weight = taps->weight + (ptrdiff_t)o * taps->most;
        int i = 0;
        for (; i + LANES <= n; i += LANES)
            weigh_bytes(lines + i, in_stride, weight, taps->count[o], LANES, out + i);
        weigh_bytes(lines + i, in_stride, weight, taps->count[o], n - i, out + i);
    }
}

/* The first pass on `rows` rows of c channels: pixels of a row are its lines, c bytes long, or
 * TILE × c where TILE rows stand on their side. n_used: pixels of a row that the taps read. */
static void weigh_columns(const uint8_t *in, ptrdiff_t in_stride, int c, int rows,
                          const struct taps *taps, int n_used, uint8_t *out, ptrdiff_t out_stride,
                          struct arena *arena) {
    int read = n_used * c, made = taps->n * c; // bytes of a row
    if (rows < TILE || read < TILE || made < TILE) {
        for (int y = 0; y < rows; y++)
            weigh(in + y * in_stride, c, taps, c, out + y * out_stride, c);
        return;
    }
    uint8_t *turned = arena_take(arena, (size_t)read * TILE); // (n_used, c, TILE)
    uint8_t *summed = arena_take(arena, (size_t)made * TILE); // (taps->n, c, TILE)
    for (int y = 0; y < rows; y += TILE) {
        int top = y < rows - TILE ? y : rows - TILE;
        transpose_to_columns(in + top * in_stride, in_stride, read, turned);
        weigh(turned, c * TILE, taps, c * TILE, summed, c * TILE);
        transpose_to_rows(summed, made, out + top * out_stride, out_stride);
    }
}

/* Where a picture, or what became of it, lies. */
struct rows {
    const uint8_t *start;
    ptrdiff_t stride; // bytes from row to row
    int n;
};

/* Pillow's Image.resize((w, h), BILINEAR, box): only the rows that the box needs take part, and
 * only the passes that change something. */
static void resample(const struct picture *src, struct window box, int w, int h,
                     struct arena *arena, uint8_t *dst, ptrdiff_t dst_stride) {
    bool across = w != src->w || box.x0 != 0 || box.x1 != (float)src->w;
    bool down = h != src->h || box.y0 != 0 || box.y1 != (float)src->h;
    int c = src->c;
    struct rows in = {src->pixels, (ptrdiff_t)src->w * c, src->h};
    struct taps columns, lines;
    if (down) {
        lines = taps_of(src->h, box.y0, box.y1, h, arena);
        in.start += taps_rebase(&lines, &in.n) * in.stride;
    }
    if (across) {
        int n_used;
        columns = taps_of(src->w, box.x0, box.x1, w, arena);
        in.start += taps_rebase(&columns, &n_used) * c;
        ptrdiff_t stride = down ? (ptrdiff_t)w * c : dst_stride;
        uint8_t *out = down ? arena_take(arena, (size_t)in.n * (size_t)stride) : dst;
        weigh_columns(in.start, in.stride, c, in.n, &columns, n_used, out, stride, arena);
        in = (struct rows){out, stride, in.n};
    }
    if (down)
        weigh(in.start, in.stride, &lines, w * c, dst, dst_stride);
    else if (!across)
        for (int y = 0; y < h; y++)
            memcpy(dst + y * dst_stride, in.start + y * in.stride, (size_t)w * (size_t)c);
}

static struct window whole(const struct picture *src) {
    return (struct window){0, 0, (float)src->w, (float)src->h};
}

/* ImageOps.fit: the largest centred box of the frame's shape. */
static struct window crop_box(const struct picture *src, int w, int h) {
    double live_ratio = (double)src->w / src->h, frame_ratio = (double)w / h;
    double crop_w = src->w, crop_h = src->h;
    if (live_ratio > frame_ratio)
        crop_w = frame_ratio * src->h;
    else if (live_ratio < frame_ratio)
        crop_h = src->w / frame_ratio;
    double left = (src->w - crop_w) * 0.5, top = (src->h - crop_h) * 0.5;
    return (struct window){(float)left, (float)top, (float)(left + crop_w), (float)(top + crop_h)};
}

/* ImageOps.contain's size; rint rounds halves to even, as Python's round does. */
static void contained_size(const struct picture *src, int *w, int *h) {
    double live_ratio = (double)src->w / src->h, frame_ratio = (double)*w / *h;
    if (live_ratio > frame_ratio)
        *h = clamp((int)rint((double)src->h / src->w * *w), 1, *h);
    else if (live_ratio < frame_ratio)
        *w = clamp((int)rint((double)src->w / src->h * *h), 1, *w);
}

void size_within(int *w, int *h, int most) {
    int longer = *w > *h ? *w : *h;
    if (longer <= most)
        return;
    *w = clamp((*w * most + longer / 2) / longer, 1, most);
    *h = clamp((*h * most + longer / 2) / longer, 1, most);
}

static void pad(const struct picture *src, int w, int h, struct arena *arena, uint8_t *dst) {
    int inner_w = w, inner_h = h;
    contained_size(src, &inner_w, &inner_h);
    ptrdiff_t stride = (ptrdiff_t)w * src->c;
    int x = (int)rint((w - inner_w) * 0.5), y = (int)rint((h - inner_h) * 0.5);
    if (inner_w != w || inner_h != h)
        memset(dst, 0, (size_t)h * (size_t)stride);
    resample(src, whole(src), inner_w, inner_h, arena, dst + y * stride + x * src->c, stride);
}

void resize_fit(const struct picture *src, enum fit fit, int w, int h, struct arena *arena,
                uint8_t *dst) {
    if (fit == FIT_PAD) {
        pad(src, w, h, arena, dst);
        return;
    }
    struct window box = fit == FIT_CROP ? crop_box(src, w, h) : whole(src);
    resample(src, box, w, h, arena, dst, (ptrdiff_t)w * src->c);
}

#include "drawing/canvas.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct metrics CANVAS_METRICS = {
    .step = 1,
    .margin = 36,
    .column_gap = 24,
    .row_gap = 30,
    .gap = 8,
    .text_gap = 6,
    .line = {32, 20, 18, 18, 15, 19},
    .bar = 10,
    .swatch = 9,
    .swatch_gap = 7,
    .frame = 1,
    .rule = 1,
    .part_gap = 6,
    .part_mark = 3,
    .column = 136,
    .row = 130,
};

static const struct colour RULE = {0xe4, 0xe6, 0xea}, FRAME = {0xd4, 0xd7, 0xdc};

struct look {
    enum weight weight;
    float size; // of the em, pixels
    struct colour colour;
};

static const struct look LOOKS[STYLES] = {
    [STYLE_TITLE] = {WEIGHT_BOLD, 22, {0x1b, 0x1f, 0x24}},
    [STYLE_STRONG] = {WEIGHT_BOLD, 15, {0x1b, 0x1f, 0x24}},
    [STYLE_PLAIN] = {WEIGHT_REGULAR, 12.5f, {0x2b, 0x30, 0x36}},
    [STYLE_FAINT] = {WEIGHT_REGULAR, 12.5f, {0x6a, 0x72, 0x7c}},
    [STYLE_SMALL] = {WEIGHT_REGULAR, 10.5f, {0x4a, 0x51, 0x5a}},
    [STYLE_CODE] = {WEIGHT_CODE, 12.5f, {0x3a, 0x41, 0x4a}},
};

static uint8_t *pixel_at(const struct canvas *canvas, int x, int y) {
    return canvas->pixels.pixels + 3 * ((size_t)y * (size_t)canvas->pixels.w + (size_t)x);
}

/* What of the rectangle lies on the canvas. */
static struct rect clip(const struct canvas *canvas, struct rect rect) {
    int right = rect.x + rect.w < canvas->pixels.w ? rect.x + rect.w : canvas->pixels.w;
    int bottom = rect.y + rect.h < canvas->pixels.h ? rect.y + rect.h : canvas->pixels.h;
    int x = rect.x > 0 ? rect.x : 0, y = rect.y > 0 ? rect.y : 0;
    return (struct rect){x, y, right > x ? right - x : 0, bottom > y ? bottom - y : 0};
}

static void paint(const struct canvas *canvas, struct rect rect, struct colour colour) {
    struct rect seen = clip(canvas, rect);
    for (int y = seen.y; y < seen.y + seen.h; y++)
        for (int x = seen.x; x < seen.x + seen.w; x++)
            memcpy(pixel_at(canvas, x, y), &colour, sizeof colour);
}

static void canvas_fill(void *state, struct rect rect, struct ink ink) {
    paint(state, rect, ink.colour);
}

static void canvas_rule(void *state, struct rect rect) {
    paint(state, rect, RULE);
}

static void canvas_frame(void *state, struct rect rect) {
    int side = CANVAS_METRICS.frame;
    struct rect outer = {rect.x - side, rect.y - side, rect.w + 2 * side, rect.h + 2 * side};
    paint(state, outer, FRAME);
}

static void canvas_picture(void *state, int left, int top, const struct picture *picture) {
    const struct canvas *canvas = state;
    struct rect seen = clip(canvas, (struct rect){left, top, picture->w, picture->h});
    for (int y = seen.y; y < seen.y + seen.h; y++)
        for (int x = seen.x; x < seen.x + seen.w; x++) {
            struct colour colour = colour_at(picture, x - left, y - top);
            memcpy(pixel_at(canvas, x, y), &colour, sizeof colour);
        }
}

static int canvas_measure(void *state, enum style style, const char *text) {
    const struct canvas *canvas = state;
    return (int)ceilf(text_width(canvas->fonts, LOOKS[style].weight, LOOKS[style].size, text));
}

/* A line of text while it is drawn. */
struct line {
    const struct canvas *canvas;
    struct rect rect;
    int baseline;
    struct colour colour;
};

static void blend_colour(uint8_t *pixel, struct colour colour, int part) {
    const uint8_t ink[] = {colour.r, colour.g, colour.b};
    for (int k = 0; k < 3; k++)
        pixel[k] = (uint8_t)((pixel[k] * (255 - part) + ink[k] * part + 127) / 255);
}

/* Cut to the line's rectangle, so that no text runs into its neighbours. */
static void draw_glyph(void *data, const struct coverage *cover) {
    const struct line *line = data;
    struct rect seen = clip(line->canvas, line->rect);
    for (int v = 0; v < cover->h; v++)
        for (int u = 0; u < cover->w; u++) {
            int x = line->rect.x + cover->x + u, y = line->baseline + cover->y + v;
            if (x >= seen.x && x < seen.x + seen.w && y >= seen.y && y < seen.y + seen.h)
                blend_colour(pixel_at(line->canvas, x, y), line->colour,
                             cover->part[(size_t)v * (size_t)cover->w + (size_t)u]);
        }
}

static void canvas_text(void *state, struct rect rect, enum style style, const char *text) {
    struct canvas *canvas = state;
    const struct look *look = &LOOKS[style];
    float above, below;
    rect.h = CANVAS_METRICS.line[style];
    typeface_reach(canvas->fonts->face[look->weight], look->size, &above, &below);
    int baseline = rect.y + (int)floorf(((float)rect.h + above - below) / 2 + 0.5f);
    struct line line = {canvas, rect, baseline, look->colour};
    text_draw(canvas->fonts, look->weight, look->size, text, &canvas->scratch, draw_glyph, &line);
}

struct surface canvas_open(struct canvas *canvas, struct fonts *fonts) {
    *canvas = (struct canvas){.fonts = fonts};
    return (struct surface){
        .metrics = &CANVAS_METRICS,
        .state = canvas,
        .measure = canvas_measure,
        .fill = canvas_fill,
        .frame = canvas_frame,
        .rule = canvas_rule,
        .picture = canvas_picture,
        .text = canvas_text,
    };
}

void canvas_size(struct canvas *canvas, int w, int h) {
    size_t bytes = 3 * (size_t)w * (size_t)h;
    canvas->pixels = (struct picture){w, h, 3, must_calloc(bytes, 1)};
    memset(canvas->pixels.pixels, UINT8_MAX, bytes);
}

void canvas_close(struct canvas *canvas) {
    free(canvas->pixels.pixels);
    arena_close(&canvas->scratch);
}

/* Canvas: a white sheet of pixels that text, pictures and colours are drawn on. */
#ifndef MIXSMITH_CANVAS_H
#define MIXSMITH_CANVAS_H

#include "drawing/font.h"
#include "drawing/surface.h"

struct canvas {
    struct picture pixels; // colour; owned
    struct fonts *fonts;
    struct arena scratch;
};

extern const struct metrics CANVAS_METRICS;

/* A surface for measuring and drawing; pixels come with canvas_size. The canvas outlives it. */
struct surface canvas_open(struct canvas *canvas, struct fonts *fonts);

/* White, w × h. */
void canvas_size(struct canvas *canvas, int w, int h);
void canvas_close(struct canvas *canvas);

#endif

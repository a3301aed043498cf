/* Surface: what a sheet of pictures and text is drawn on: a canvas of pixels, or the character
 * cells of a terminal. Measures are in the surface's own units, pixels, from the top left; on a
 * terminal a unit is a column wide and half a line high, so that it is about square. */
#ifndef MIXSMITH_SURFACE_H
#define MIXSMITH_SURFACE_H

#include "formats/picture.h"

struct colour {
    uint8_t r, g, b;
};

/* Of a pixel of a picture, which may be grey. */
static inline struct colour colour_at(const struct picture *picture, int x, int y) {
    size_t c = (size_t)picture->c, at = (size_t)y * (size_t)picture->w + (size_t)x;
    const uint8_t *value = picture->pixels + at * c;
    return (struct colour){value[0], value[1 % c], value[2 % c]};
}

/* A colour, and the letter that stands for it where there are no colours. */
struct ink {
    struct colour colour;
    char letter;
};

struct rect {
    int x, y, w, h;
};

enum style { STYLE_TITLE, STYLE_STRONG, STYLE_PLAIN, STYLE_FAINT, STYLE_SMALL, STYLE_CODE, STYLES };

/* Sizes that go well together on a surface. */
struct metrics {
    int step;                // heights are whole multiples of it
    int margin;              // around everything
    int column_gap, row_gap; // between cells
    int gap, text_gap;       // below a picture; above lines of text
    int line[STYLES];        // height of a line of text
    int bar, swatch, swatch_gap;
    int frame;       // around pictures, inside the gaps
    int rule;        // thickness of a line between rows; 0: none
    int part_gap;    // between small pictures
    int part_mark;   // height of the colour below a small picture; 0: none
    int column, row; // what a column holds is at least so wide; names of rows at most so wide
};

struct surface {
    const struct metrics *metrics;
    void *state;
    /* How wide the text is, rounded up. */
    int (*measure)(void *state, enum style style, const char *text);
    void (*fill)(void *state, struct rect rect, struct ink ink);
    void (*frame)(void *state, struct rect rect); // the lines around it, metrics->frame thick
    void (*rule)(void *state, struct rect rect);
    void (*picture)(void *state, int x, int y, const struct picture *picture);
    /* In a line of the style's height; what goes beyond the width is cut. */
    void (*text)(void *state, struct rect rect, enum style style, const char *text);
};

#endif

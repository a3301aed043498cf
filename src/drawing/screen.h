/* Screen: the character cells of a terminal. Each shows two pixels, one above the other, as a half
 * block, or a letter; without colours pictures become a ramp of ASCII characters. */
#ifndef MIXSMITH_SCREEN_H
#define MIXSMITH_SCREEN_H

#include "base/terminal.h"
#include "base/text.h"
#include "drawing/surface.h"

#include <stdbool.h>

enum { CELL_BYTES = 16 };

struct character_cell {
    char letters[CELL_BYTES]; // a character and what is set upon it; empty: pixels
    uint8_t style;            // of a letter
    bool covered;             // by the wide letter before it
    bool is_set[2];           // the upper and the lower pixel; not set: the background
    struct ink pixel[2];      // letter 0: of a picture
};

struct screen {
    int w, h; // columns, pixels (two a line)
    enum terminal_colours colours;
    struct character_cell *cells; // (h / 2, w); owned
};

extern const struct metrics SCREEN_METRICS;

/* A surface for measuring and drawing; cells come with screen_size. */
struct surface screen_open(struct screen *screen, enum terminal_colours colours);
void screen_size(struct screen *screen, int w, int h);

/* Its lines; in screen_print.c. */
void screen_print(const struct screen *screen, struct text *text);
void screen_close(struct screen *screen);

#endif

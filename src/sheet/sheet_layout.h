/* Layout: where everything on a sheet goes, for any surface. All cells are alike, so that columns
 * and rows line up. */
#ifndef MIXSMITH_SHEET_LAYOUT_H
#define MIXSMITH_SHEET_LAYOUT_H

#include "drawing/surface.h"
#include "sheet/sheet.h"

enum { SHEET_LINES = 4, HEAD_LINES = 24 }; // of a soft label; of the words above, or below

/* Words in their place. */
struct setting {
    enum style style;
    struct rect rect;
    const char *text;
};

struct layout {
    int w, h; // of the sheet
    struct setting words[2 * HEAD_LINES];
    int n_words;
    struct rect rule;      // below the words above
    int left;              // of the first cell
    int column;            // from a cell to the next
    int *row_y, *lines;    // (rows) where it begins; classes with their percentages below its
                           // pictures; lie in the arena
    int name_left, name_w; // the names of rows
    /* a cell, from its top left */
    int cell_w;
    struct rect picture, bar;
    int n_places;      // small pictures
    struct rect place; // the first; the others follow to the right
    int place_step, place_mark_y, place_text_y;
    int line_y; // of the first class with its percentage
};

/* frame: the size that pictures are shown in; room: what the sheet is at least wide, without its
 * margins. Texts lie in the arena. */
void layout_sheet(struct layout *layout, const struct sheet *sheet, const struct surface *surface,
                  struct option_size frame, int room, struct arena *arena);

/* Draws the sheet on a surface that is layout->w × h. */
void sheet_draw(const struct sheet *sheet, const struct layout *layout,
                const struct surface *surface, struct arena *arena);

/* --- sizes that fit --- */

/* Pictures on a canvas: scaled by `scale`, or where it is 0 by a whole number to the size of a
 * large stamp. */
struct option_size frame_on_canvas(const struct shape *shape, double scale, unsigned show);

/* Pictures on a screen of so many columns, and how many go beside each other; *cols 0: as many as
 * are still clear. names: rows have names. */
struct option_size frame_on_screen(const struct shape *shape, int columns, bool names, int *cols);

#endif

/* Fonts: lines of text in UTF-8, in three weights, from the fonts that the system has. A character
 * that none of them has becomes a box. */
#ifndef MIXSMITH_FONT_H
#define MIXSMITH_FONT_H

#include "drawing/glyphs.h"

#include <stdbool.h>

enum weight { WEIGHT_REGULAR, WEIGHT_BOLD, WEIGHT_CODE, WEIGHTS };
enum { FONT_OTHERS = 8 };

struct fonts {
    struct arena files; // what was read of them
    const char *const *folders;
    struct typeface *face[WEIGHTS];
    struct typeface *other[FONT_OTHERS]; // where characters are looked for that those have not
    int n_others;
    bool others_open; // they are opened when they are first needed
    uint32_t missing; // the first character that became a box, or 0
};

/* Where fonts lie on common systems; ends with NULL. */
extern const char *const FONT_FOLDERS[];

/* folders: where fonts are looked for, in this order, ended by NULL; they outlive the fonts. Where
 * there are none, a plain typeface of ASCII letters serves. */
void fonts_open(struct fonts *fonts, const char *const *folders);
void fonts_close(struct fonts *fonts);

/* Width in pixels, size being that of the em. */
float text_width(struct fonts *fonts, enum weight weight, float size, const char *text);

/* Calls draw for every glyph of the text, from the pen at (0, baseline) on. scratch: for one glyph
 * at a time. */
typedef void text_drawer(void *data, const struct coverage *cover);
void text_draw(struct fonts *fonts, enum weight weight, float size, const char *text,
               struct arena *scratch, text_drawer *draw, void *data);

#endif

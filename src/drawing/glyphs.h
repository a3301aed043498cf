/* Glyphs: a typeface's outlines as coverage of pixels. Fonts are files of the system and trusted.
 * Where there is none, a plain typeface of ASCII letters that is built in. Any thread may call it
 * with its own arena. */
#ifndef MIXSMITH_GLYPHS_H
#define MIXSMITH_GLYPHS_H

#include "base/arena.h"

#include <stdint.h>

struct typeface;

/* Reads a TrueType or OpenType file or collection, which stays the caller's and must last; NULL
 * where it is none. The typeface lies in the arena. */
struct typeface *typeface_open(const uint8_t *bytes, struct arena *arena);
struct typeface *typeface_plain(struct arena *arena);

/* Its glyph for a character, or 0. */
int typeface_glyph(const struct typeface *face, uint32_t character);

/* In pixels, size being that of the em: how far the next glyph is, and how much of it goes off
 * between two; how far glyphs reach above and below the baseline. */
float typeface_advance(const struct typeface *face, int glyph, float size);
float typeface_kern(const struct typeface *face, int left, int right, float size);
void typeface_reach(const struct typeface *face, float size, float *above, float *below);

/* How much of each pixel a glyph covers. */
struct coverage {
    int x, y, w, h; // from the pen's pixel on the baseline to the top left
    uint8_t *part;  // (h, w) 0..255; lies in the arena
};

/* shift: where in its pixel the pen is, 0..1. */
struct coverage typeface_cover(const struct typeface *face, int glyph, float size, float shift,
                               struct arena *arena);

#endif

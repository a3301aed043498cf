/* Typesetting: text that fits into a width, as the surface measures it. */
#ifndef MIXSMITH_TYPESET_H
#define MIXSMITH_TYPESET_H

#include "drawing/surface.h"

/* The text, or its beginning and end with an ellipsis between them; empty where not even that
 * fits. It is the caller's text or lies in the arena. */
const char *text_shorten(const struct surface *surface, enum style style, const char *text,
                         int width, struct arena *arena);

/* Breaks text into lines, between words and inside those that are wider than a line. gap: the byte
 * between words, shown as a space. lines: (most), in the arena; what does not fit into them is left
 * out. Returns how many. */
int text_wrap(const struct surface *surface, enum style style, const char *text, char gap,
              int width, struct arena *arena, const char **lines, int most);

#endif

/* Pieces of the lines that scan prints. */
#ifndef MIXSMITH_SCAN_LINES_H
#define MIXSMITH_SCAN_LINES_H

#include "base/text.h"

#include <stdbool.h>

/* A name for the eye, filled up to width columns. */
void line_name(struct text *text, const char *name, int width);

/* A line's end, with a bar for n of most before it where there is something to show. */
void line_end_with_bar(struct text *text, double n, double most);

/* "3 PNG", with a comma before all but the first of a list. */
void line_count(struct text *text, uint64_t n, const char *what, bool *first);

#endif

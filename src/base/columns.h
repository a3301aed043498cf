/* Columns: how much room text takes on a terminal, or in letters that are all about as wide, and
 * how it is cut to fit. */
#ifndef MIXSMITH_COLUMNS_H
#define MIXSMITH_COLUMNS_H

#include "base/text.h"

int columns_of(const char *string);

/* Where the longest end begins that takes at most so many columns; never within a character. */
const char *columns_ending(const char *string, int columns);

/* The string where it takes at most so many columns; else with an ellipsis in its middle, as the
 * ends of names often tell them apart. */
void text_in_columns(struct text *text, const char *string, int columns);

#endif

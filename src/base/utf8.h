/* UTF-8: which bytes form a well-formed character (Unicode 15, table 3-7). */
#ifndef MIXSMITH_UTF8_H
#define MIXSMITH_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes (1..4) of the well-formed character that text starts with; 0 where there is none: at the
 * terminating zero and at a byte that is not UTF-8. */
int utf8_length(const char *text);

/* Whether the character is a control: below space, delete, or U+0080..U+009F, which can steer a
 * terminal as well. */
bool utf8_is_control(const char *text);

/* The character that text starts with; returns its bytes, 0 at the end. A byte that is not UTF-8 is
 * a character of its own, U+FFFD. */
int utf8_next(const char *text, uint32_t *character);

/* Whether it turns the direction of the text around it, or ends its line. */
bool utf8_is_directional(uint32_t character);

/* Whether it shows nothing of its own, so that names which differ look alike, or, turned around,
 * like other names: the directional ones, joiners, spaces without width, tags. */
bool utf8_is_hidden(uint32_t character);

/* Whether it shows nothing and takes no room: hidden ones, and variation selectors, which choose
 * how the character before them looks. */
bool utf8_is_invisible(uint32_t character);

/* Columns it takes on a terminal: 0 (invisible, or set upon the one before), 1, or 2 (East Asian
 * wide forms, emoji). */
int utf8_columns(uint32_t character);

/* Columns of n bytes that end with a character. */
int utf8_width(const char *text, size_t n);

#endif

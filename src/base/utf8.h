/* UTF-8: which bytes form a well-formed character (Unicode 15, table 3-7). */
#ifndef MIXSMITH_UTF8_H
#define MIXSMITH_UTF8_H

#include <stdbool.h>

/* Bytes (1..4) of the well-formed character that text starts with; 0 where there is none: at the
 * terminating zero and at a byte that is not UTF-8. */
int utf8_length(const char *text);

/* Whether the character is a control: below space, delete, or U+0080..U+009F, which can steer a
 * terminal as well. */
bool utf8_is_control(const char *text);

#endif

/* UTF-8: which bytes form a well-formed character (Unicode 15, table 3-7). */
#ifndef MIXSMITH_UTF8_H
#define MIXSMITH_UTF8_H

/* Bytes (1..4) of the well-formed character that text starts with; 0 where there is none: at the
 * terminating zero and at a byte that is not UTF-8. */
int utf8_length(const char *text);

#endif

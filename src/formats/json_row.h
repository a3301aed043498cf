/* JSON strings for rows that are written by the million (RFC 8259); numbers are in
 * base/float_text.h. */
#ifndef MIXSMITH_JSON_ROW_H
#define MIXSMITH_JSON_ROW_H

#include "base/text.h"

/* A quoted string. Bytes that are not UTF-8 become U+FFFD; names were escaped before (names.h). */
void json_string(struct text *text, const char *string);

#endif

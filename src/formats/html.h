/* HTML: words that other people chose (names, paths) as text of a page or of an attribute, and
 * bytes as part of one. */
#ifndef MIXSMITH_HTML_H
#define MIXSMITH_HTML_H

#include "base/text.h"

/* Escapes & < > " and '. Controls, marks that turn the direction of text, and bytes that are not
 * UTF-8 become U+FFFD. */
void html_escape(struct text *text, const char *string);

/* "data:TYPE;base64,…" (RFC 2397, RFC 4648). */
void html_data(struct text *text, const char *type, const uint8_t *bytes, size_t n);

#endif

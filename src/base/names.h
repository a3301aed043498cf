/* Names that every reader takes: UTF-8, one line. What is not so in a file's name is
 * percent-encoded (%XX; RFC 3986, 2.1), reversibly: a per cent sign before two hexadecimal digits
 * is written %25, so no two names merge. */
#ifndef MIXSMITH_NAMES_H
#define MIXSMITH_NAMES_H

#include <stdbool.h>

/* A path with bytes that are not UTF-8 and control characters escaped. Owned by the caller. */
char *escape_path(const char *path);

/* The same for a name that becomes one folder: `/`, an empty name, a leading dot and the first of
 * two leading underscores are escaped too. */
char *escape_folder(const char *name);

/* A folder's name from a list of names: what escape_folder has written stays as it is, anything
 * else is escaped. Owned by the caller. */
char *escape_listed(const char *name);

/* Whether path is written otherwise than it is. */
bool name_needs_escape(const char *path);

#endif

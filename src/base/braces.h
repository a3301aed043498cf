/* Braces in file names, as shells expand them: {000..099} counts, {train,test} lists. For names
 * that come quoted, as WebDataset's shards are written. */
#ifndef MIXSMITH_BRACES_H
#define MIXSMITH_BRACES_H

#include "base/fail.h"

#include <stddef.h>

/* All names, the first brace varying slowest; a pattern without braces is itself. Numbers are
 * padded with zeros to the width of the range's wider end where one of them begins with a zero.
 * names: owned by the caller (strings_free), after an error too. -1: too many names. */
int braces_expand(const char *pattern, char ***names, size_t *n, struct err *err);

#endif

/* Warming: records of large files are read in random order, which a disk serves many times more
 * slowly than the same bytes in order. Files that the system does not hold in its cache are
 * therefore read once through before. */
#ifndef MIXSMITH_WARMING_H
#define MIXSMITH_WARMING_H

#include "base/progress.h"
#include "sources/source.h"

/* Reads the source's files (source.h: file) through, unless they are in the cache already or, taken
 * together, have more than `most` bytes; tells watch (or NULL) of it. -1 after a signal. Errors are
 * left to those who read the records. */
int warm_files(const struct source *source, const void *state, uint64_t most, struct pool *pool,
               const struct watch *watch, struct err *err);

#endif

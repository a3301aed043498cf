/* Labelling: labels that lie in the samples' records (source.h: label) are known when a record has
 * been read. Where all are wanted, the records not read so far are read for them. */
#ifndef MIXSMITH_LABELLING_H
#define MIXSMITH_LABELLING_H

#include "base/progress.h"
#include "sources/source.h"

/* Sets contents.label of the samples that are still LABEL_IN_RECORD; tells watch (or NULL) of it.
 * -1: a record cannot be read or has no good label, the message is of the first in input order; or
 * a signal has come. */
int labelling_complete(const struct source *source, const void *state, struct pool *pool,
                       struct contents *contents, const struct watch *watch, struct err *err);

#endif

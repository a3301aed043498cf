/* Source lists: the samples of the input by number, which the manifest refers to. JSON lines
 * (man/mixsmith-formats.5). */
#ifndef MIXSMITH_SOURCE_LISTS_H
#define MIXSMITH_SOURCE_LISTS_H

#include "engine/run.h"

/* sources.jsonl: every sample of the input, in order. Begins run->sources; adds the samples of the
 * window, whose labels are known, unless they are there; ends it, with all. Counts in run->escaped
 * the names that had to be written as %XX. Where there is no such list, adding does nothing. */
int sources_open(struct run *run, const struct publication *publication, struct err *err);
int sources_add(struct run *run, struct err *err);
int sources_close(struct run *run, struct err *err);
void sources_abandon(struct run *run);

/* failures.jsonl: the samples of the input that could not be used, with reasons; written where
 * there are any. */
int failures_write(const struct run *run, const struct publication *publication, struct err *err);

#endif

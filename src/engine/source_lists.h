/* Source lists: the samples of the input by number, which the manifest refers to. JSON lines
 * (man/mixsmith-formats.5). */
#ifndef MIXSMITH_SOURCE_LISTS_H
#define MIXSMITH_SOURCE_LISTS_H

#include "engine/run.h"

/* sources.jsonl: every sample of the input, in order. Counts in run->escaped the names that had to
 * be written as %XX. */
int sources_write(struct run *run, const struct publication *publication, struct err *err);

/* failures.jsonl: the sources that could not be used, with reasons; written where there are any. */
int failures_write(const struct run *run, const struct publication *publication, struct err *err);

#endif

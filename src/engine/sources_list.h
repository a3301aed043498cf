/* sources.jsonl: every sample of the input by number, which the manifest refers to, in order. */
#ifndef MIXSMITH_SOURCES_LIST_H
#define MIXSMITH_SOURCES_LIST_H

#include "engine/run.h"

/* Begins run->sources. */
int sources_open(struct run *run, const struct publication *publication, struct err *err);

/* Adds the samples of the window, whose labels are known, unless they are there already. Where
 * there is no such list, does nothing. */
int sources_add(struct run *run, struct err *err);

/* Ends the list, with all samples. Counts in run->escaped the names that had to be written as %XX.
 */
int sources_close(struct run *run, struct err *err);

/* Ends it where it is, if it was begun. */
void sources_abandon(struct run *run);

#endif

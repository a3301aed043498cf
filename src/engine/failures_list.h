/* failures.jsonl: the samples of the input that could not be used, with reasons. */
#ifndef MIXSMITH_FAILURES_LIST_H
#define MIXSMITH_FAILURES_LIST_H

#include "engine/run.h"

/* Of run->losses; where there are none, writes no file. */
int failures_write(const struct run *run, const struct publication *publication, struct err *err);

#endif

/* Intake: the input of a run. Finds the source, opens it, learns the labels that lie in records,
 * keeps the list of what could not be used, and of a stream takes one window after the other. */
#ifndef MIXSMITH_INTAKE_H
#define MIXSMITH_INTAKE_H

#include "engine/run.h"

/* The one source of all inputs: the job's, or the one that each of them is found to be of. */
int intake_find(const struct job *job, const struct input *input, const struct source **source,
                struct err *err);

/* Sets run->source, contents, order and losses. intake_close follows in any case. */
int intake_open(struct run *run, struct err *err);

/* Before the first batch: what will be read in random order is brought into the system's cache. -1
 * after a signal. */
int intake_warm(struct run *run, struct err *err);

/* After the last batch of a window: lists the next window of a stream; *more is false where there
 * is none, or where it is not needed. */
int intake_advance(struct run *run, bool *more, struct err *err);

/* Keeps the labels that the samples of a batch have told. */
void intake_learn_labels(struct run *run, const struct batch *batch);

/* Makes the labels of all samples known. */
int intake_complete_labels(struct run *run, struct err *err);

/* Adds a sample of the window to run->losses, once however many passes meet it. Takes reason
 * over. */
void intake_lose(struct run *run, uint32_t sample, char *reason);

void intake_close(struct run *run);

#endif

/* Dataset record: dataset.json, what an output says of the job that made it
 * (man/mixsmith-formats.5). */
#ifndef MIXSMITH_DATASET_RECORD_H
#define MIXSMITH_DATASET_RECORD_H

#include "engine/run.h"

/* The job, the input and the classes; complete: the labels' digest and what came of it too. */
int record_write(const struct run *run, const struct publication *publication, bool complete,
                 struct err *err);

#endif

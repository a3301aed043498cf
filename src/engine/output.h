/* The output of a run, before it is made: what the sink is told of it, and what speaks against it
 * once the input is known. */
#ifndef MIXSMITH_OUTPUT_H
#define MIXSMITH_OUTPUT_H

#include "engine/run.h"

/* Whether the output can be made, and takes the place of nothing that is read; makes nothing. */
int output_check(const struct run *run, struct err *err);

/* Whether the job's output takes the place of nothing that is read, nor lies among samples that are
 * files. The input is open. */
int output_check_place(const struct run *run, struct err *err);

/* What the sink is told; publication, stream: where it writes, as in sink.h. */
struct output output_of(const struct run *run, const struct publication *publication, int stream);

#endif

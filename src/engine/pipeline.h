/* Pipeline: the loop of a run. Blocks of batches go through
 *
 *     read → decode → draw → blend → encode → commit
 *
 * in one parallel loop a step, in which three blocks stand side by side: one is committed, the next
 * is mixed, the one after is loaded. All but committing is a pure function of input, options, seed
 * and id, so that threads change nothing but the time. */
#ifndef MIXSMITH_PIPELINE_H
#define MIXSMITH_PIPELINE_H

#include "engine/run.h"

/* Makes all samples of the run and commits them to the sink (opened: state, record sizes) and their
 * rows to the manifest in publication (NULL: none). Fills run->counts, losses and seconds. */
int pipeline_run(struct run *run, const struct publication *publication, void *sink_state,
                 const size_t record[STREAMS_MAX], struct err *err);

#endif

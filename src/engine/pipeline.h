/* Pipeline: the loop of a run. */
#ifndef MIXSMITH_PIPELINE_H
#define MIXSMITH_PIPELINE_H

#include "engine/run.h"

/* Makes all samples of the run and commits them to the sink (opened: state, record sizes) and their
 * rows to the manifest in publication (NULL: none). Fills run->counts, failures and seconds. */
int pipeline_run(struct run *run, const struct publication *publication, void *sink_state,
                 const size_t record[STREAMS_MAX], const struct watch *watch, struct err *err);

#endif

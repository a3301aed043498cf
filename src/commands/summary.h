/* Summary: what came of mix, for people and for machines. */
#ifndef MIXSMITH_SUMMARY_H
#define MIXSMITH_SUMMARY_H

#include "engine/run.h"

/* What came of the run, or with --dry-run what would come: warnings and the summary for people on
 * standard error, the plan, the digest or the JSON line on standard output. */
void summarise(struct run *run, double seconds);
void summary_json(const struct run *run, double seconds); // the JSON line alone

/* Samples that could be used: not those whose header, or whose data, could not be read. */
static inline uint64_t readable_samples(const struct run *run) {
    return run->counts.read - run->n_losses;
}

#endif

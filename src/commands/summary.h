/* Summary: what came of mix, for people and for machines. */
#ifndef MIXSMITH_SUMMARY_H
#define MIXSMITH_SUMMARY_H

#include "engine/run.h"

/* What came of the run, or with --dry-run what would come: warnings and the summary for people on
 * standard error, the plan, the digest or the JSON line on standard output. */
void summarise(struct run *run, double seconds);
void summary_json(const struct run *run, double seconds); // the JSON line alone

#endif

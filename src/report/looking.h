/* Looking: every sample of a report is mixed once and counted, and the first become tiles. */
#ifndef MIXSMITH_LOOKING_H
#define MIXSMITH_LOOKING_H

#include "report/findings.h"

/* Looks at the samples whose ids are below `wanted`, which have to be one at least; fills n, pairs,
 * labels, clouds, tiles and digest. Of an earlier output the samples are taken as they are, and
 * pairs and the tiles' sources left to its manifest. */
int look_at_samples(struct findings *findings, uint64_t wanted, struct err *err);

#endif

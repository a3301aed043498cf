/* The parts of the mix command. */
#ifndef MIXSMITH_MIX_H
#define MIXSMITH_MIX_H

#include "commands/command.h"
#include "commands/print.h"
#include "engine/run.h"

/* What is worth knowing before the run, on standard error. */
void warn_of_mixers(const struct job *job);

/* What came of it, or with --dry-run what would come: warnings and the summary for people on
 * standard error, the plan, the digest or the JSON line on standard output. */
void summarise(struct run *run, double seconds);

#endif

/* What commands with a job's options have in common: from the command line to the exit status, and
 * what is said on standard error. */
#ifndef MIXSMITH_JOB_COMMAND_H
#define MIXSMITH_JOB_COMMAND_H

#include "commands/command.h"
#include "engine/run.h"

/* struct command's run: parses the job, then checks and does it as the command's row says. Help and
 * version come before the check. */
int job_command(const struct command *command, int argc, char **argv);

/* Says what failed; returns the exit status. */
int job_failed(const struct err *err);

/* What is worth knowing before the work. */
void warn_of_mixers(const struct job *job);

/* What was not asked for, or could not be read, where only some of the input is looked at. */
void warn_of_input(const struct run *run);

#endif

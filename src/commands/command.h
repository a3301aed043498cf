/* Commands: one file and one row in table.c each; with main the only code that prints. A command
 * returns the exit status. */
#ifndef MIXSMITH_COMMAND_H
#define MIXSMITH_COMMAND_H

#include "engine/job.h"

enum exit_status {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_SKIPPED = 3, // done with skips, under --strict
    EXIT_INTERRUPTED = 130,
    EXIT_NO_READER = 141, // whoever read standard output went away
};

struct command {
    const char *name, *arguments, *help;
    const char *idea;     // what it does, for its own help
    const char *examples; // command lines, each two spaces in
    unsigned job;         // enum job_kind whose options it takes, or 0: it reads no input
    const char *words;    // "bash|zsh|fish": the argument it takes instead of inputs, or NULL
    const struct option_row *options; // (n_options) its own, where it has no job's (words.h)
    int n_options;
    int (*run)(const struct command *command, int argc, char **argv); // argv[0]: its name
    /* Of a command with a job (job_command.h): settles what options left open, or refuses, which is
     * a usage error; NULL: there is nothing to settle. */
    int (*check)(struct job *job, struct err *err);
    int (*work)(struct job *job); // does it; returns the exit status
};

enum { COMMANDS_MAX = 16 };

extern const struct command *const COMMANDS[]; // (N_COMMANDS), at most COMMANDS_MAX
extern const int N_COMMANDS;

const struct command *command_find(const char *name); // NULL where there is none

/* All options that the command takes; returns how many. */
int command_options(const struct command *command, struct option_row rows[JOB_OPTIONS_MAX]);

/* The command's help on standard output, made from the rows of options, sources, mixers, sinks. */
void command_help(const struct command *command);

#endif

/* Words: the arguments of commands that read no input, but take one of a few words. */
#ifndef MIXSMITH_WORDS_COMMAND_H
#define MIXSMITH_WORDS_COMMAND_H

#include "commands/command.h"

/* What such a command was asked for. */
struct wish {
    int word; // index in command->words, or -1: none was given
    bool json, help, version;
};

/* The options of such a command: its own, then those of all; returns how many. In
 * words_options.c. */
int wish_options(const struct command *command, struct option_row rows[JOB_OPTIONS_MAX]);

/* Parses argv[1..]. False where nothing is left to do, be it that the arguments are wrong or that
 * --help or --version was asked for: then all is said, and *status is the command's. */
bool wish_parse(const struct command *command, int argc, char **argv, struct wish *wish,
                int *status);

#endif

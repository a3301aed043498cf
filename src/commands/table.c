/* The commands, one row each. */
#include "commands/command.h"

#include <string.h>

#define COMMAND_ROWS                                                                               \
    X(mix)                                                                                         \
    X(grid)                                                                                        \
    X(scan)                                                                                        \
    X(report)                                                                                      \
    X(list)                                                                                        \
    X(completions)

#define X(name) extern const struct command command_##name;
COMMAND_ROWS
#undef X

#define X(name) &command_##name,
const struct command *const COMMANDS[] = {COMMAND_ROWS};
#undef X

const int N_COMMANDS = sizeof COMMANDS / sizeof *COMMANDS;

const struct command *command_find(const char *name) {
    for (int i = 0; i < N_COMMANDS; i++)
        if (strcmp(COMMANDS[i]->name, name) == 0)
            return COMMANDS[i];
    return NULL;
}

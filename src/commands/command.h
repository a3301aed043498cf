/* Commands: one file each; with main the only code that prints. A command returns the exit status.
 */
#ifndef MIXSMITH_COMMAND_H
#define MIXSMITH_COMMAND_H

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
    int (*run)(int argc, char **argv); // argv[0] is the command's name
};

int command_mix(int argc, char **argv);

#endif

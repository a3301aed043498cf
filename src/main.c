/* mixsmith: expands labelled data sets by mixed-sample data augmentation. This file finds the
 * command; the commands do the rest. */
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/words.h"
#include "commands/command.h"
#include "commands/print.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void print_help(void) {
    struct text text = {0};
    text_string(&text,
                "mixsmith: expands labelled data sets by mixup, zeta-mixup, CutMix and FMix\n\n"
                "usage:\n");
    for (int i = 0; i < N_COMMANDS; i++) {
        char line[160];
        snprintf(line, sizeof line, "  mixsmith %-12s %s\n", COMMANDS[i]->name, COMMANDS[i]->help);
        text_string(&text, line);
    }
    text_string(&text, "  mixsmith help [COMMAND] | --help | --version\n\n"
                       "Each command explains itself with --help. See also mixsmith(1) and "
                       "mixsmith-formats(5).\n");
    print_out(text_terminate(&text));
    text_close(&text);
}

static int unknown_command(const char *name) {
    const char *names[COMMANDS_MAX];
    for (int i = 0; i < N_COMMANDS; i++)
        names[i] = COMMANDS[i]->name;
    const char *nearest = nearest_name(name, names, N_COMMANDS);
    if (nearest)
        complain("unknown command '%s'; did you mean %s?", name, nearest);
    else
        complain("unknown command '%s'; see mixsmith --help", name);
    return EXIT_USAGE;
}

static int help_for(const char *name) {
    const struct command *command = command_find(name);
    if (!command)
        return unknown_command(name);
    command_help(command);
    return EXIT_DONE;
}

/* A closed standard stream would lend its number to the next file that is opened, and messages
 * would land there. Opened the wrong way round, it still refuses to be used. */
static void occupy_standard_streams(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            _exit(EXIT_FAILED);
}

int main(int argc, char **argv) {
    occupy_standard_streams();
    memory_keep();
    interrupt_catch();
    if (argc < 2) {
        complain("no command; see mixsmith --help");
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0) {
        print_version();
        return EXIT_DONE;
    }
    bool help = strcmp(name, "help") == 0;
    if (help && argc > 2)
        return help_for(argv[2]);
    if (help || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_help();
        return EXIT_DONE;
    }
    const struct command *command = command_find(name);
    return command ? command->run(command, argc - 1, argv + 1) : unknown_command(name);
}

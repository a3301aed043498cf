/* The help of a command, made from the rows of its options and of the tables it draws on. */
#include "commands/command.h"
#include "commands/print.h"
#include "commands/tables.h"
#include "commands/words.h"

#include <string.h>

int command_options(const struct command *command, struct option_row rows[JOB_OPTIONS_MAX]) {
    return command->job ? job_options(command->job, rows) : wish_options(command, rows);
}

static void help_body(const struct command *command, struct text *text) {
    struct option_row rows[JOB_OPTIONS_MAX];
    int n = command_options(command, rows);
    if (command->job) {
        text_string(text, "\nINPUT is one of\n");
        print_sources(text);
    }
    options_help(rows, n, text);
    if (command->job & JOB_MIXES) {
        text_string(text, "\nMixers, with their parameters (range; standard value)\n");
        print_mixers(text);
    }
    if (command->job & JOB_MIX) {
        text_string(text, "\nForms of output (--to)\n");
        print_sinks(text);
    }
}

static bool has_option(const struct option_row *rows, int n, const char *name) {
    for (int i = 0; i < n; i++)
        if (strcmp(rows[i].name, name) == 0)
            return true;
    return false;
}

static void help_exit(const struct command *command, struct text *text) {
    struct option_row rows[JOB_OPTIONS_MAX];
    int n = command_options(command, rows);
    text_string(text, "\nExit status: 0 done, 1 failed, 2 usage, ");
    if (has_option(rows, n, "strict"))
        text_string(text, "3 done with skips under --strict,\n");
    text_string(text, command->job ? "130 interrupted, " : "");
    text_string(text, "141 the reader of standard output went away.\n");
}

void command_help(const struct command *command) {
    struct text text = {0};
    text_format(&text, "usage: mixsmith %s %s\n\n%s\n", command->name, command->arguments,
                command->idea);
    help_body(command, &text);
    text_format(&text, "\nFor example\n%s", command->examples);
    help_exit(command, &text);
    print_out(text_terminate(&text));
    text_close(&text);
}

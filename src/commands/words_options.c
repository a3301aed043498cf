/* The options of commands that read no input. */
#include "commands/words.h"

static const struct option_row COMMON[] = {
    {.name = "help",
     .letter = 'h',
     .kind = OPTION_FLAG,
     .offset = offsetof(struct wish, help),
     .help = "this text"},
    {.name = "version",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct wish, version),
     .help = "the version"},
};

int wish_options(const struct command *command, struct option_row rows[JOB_OPTIONS_MAX]) {
    int n = 0;
    for (int i = 0; i < command->n_options; i++)
        rows[n++] = command->options[i];
    for (size_t i = 0; i < sizeof COMMON / sizeof *COMMON; i++)
        rows[n++] = COMMON[i];
    rows[0].group = "Options";
    return n;
}

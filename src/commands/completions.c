/* completions: prints the script that teaches a shell to complete. */
#include "commands/completions.h"

#include "base/words.h"
#include "commands/print.h"
#include "commands/words.h"

#include <string.h>

/* In the order of the command's words. */
static void (*const SCRIPTS[])(struct text *text) = {script_bash, script_zsh, script_fish};

enum value_kind value_kind(const struct option_row *row) {
    switch (row->kind) {
    case OPTION_FLAG:
        return VALUE_NONE;
    case OPTION_CHOICE:
        return VALUE_WORD;
    case OPTION_SET:
        return VALUE_WORDS;
    case OPTION_LIST:
        return strcmp(row->argument, "SPEC") == 0 ? VALUE_SPEC : VALUE_OTHER;
    case OPTION_TEXT:
        return choice_index("FILE|PATH", row->argument, strlen(row->argument)) < 0 ? VALUE_OTHER
                                                                                   : VALUE_PATH;
    default:
        return VALUE_OTHER;
    }
}

void add_words(struct text *text, const char *choices) {
    const struct escape bar = {'|', " "};
    add_escaped(text, choices, &bar, 1);
}

void add_value(struct text *text, const struct option_row *row,
               const struct value_form forms[VALUE_KINDS]) {
    enum value_kind kind = value_kind(row);
    struct text words = {0};
    if (kind == VALUE_NONE)
        return;
    if (kind == VALUE_WORD || kind == VALUE_WORDS)
        option_words(row, &words);
    text_string(text, forms[kind].before);
    add_words(text, text_terminate(&words));
    text_string(text, forms[kind].after);
    text_close(&words);
}

void each_parameter_with_words(struct text *text, parameter_words *print) {
    for (int i = 0; i < N_MIXERS; i++)
        for (int k = 0; k < MIXERS[i]->n_params; k++) {
            const struct param *param = &MIXERS[i]->params[k];
            const char *words = param->choices ? param->choices : param->unset;
            if (words)
                print(text, MIXERS[i]->name, param->name, words);
        }
}

void add_commands(struct text *text) {
    for (int i = 0; i < N_COMMANDS; i++)
        text_format(text, "%s ", COMMANDS[i]->name);
    text_string(text, "help");
}

void add_escaped(struct text *text, const char *string, const struct escape *escapes, int n) {
    for (; *string; string++) {
        int i = 0;
        while (i < n && escapes[i].byte != *string)
            i++;
        if (i < n)
            text_string(text, escapes[i].with);
        else
            text_bytes(text, string, 1);
    }
}

static int run_command(const struct command *command, int argc, char **argv) {
    struct wish wish;
    struct text text = {0};
    int status;
    if (!wish_parse(command, argc, argv, &wish, &status))
        return status;
    if (wish.word < 0) {
        complain("completions: say for which shell: %s", command->words);
        return EXIT_USAGE;
    }
    SCRIPTS[wish.word](&text);
    print_out(text_terminate(&text));
    text_close(&text);
    return EXIT_DONE;
}

const struct command command_completions = {
    .name = "completions",
    .arguments = "bash|zsh|fish",
    .help = "a script by which the shell completes what is typed",
    .idea = "Prints a completion script: commands, their options and values, mixers and their\n"
            "parameters. It holds all it needs and does not call mixsmith.",
    .examples = "  . <(mixsmith completions bash)\n"
                "  mixsmith completions zsh >~/.zsh/functions/_mixsmith\n"
                "  mixsmith completions fish >~/.config/fish/completions/mixsmith.fish\n",
    .words = "bash|zsh|fish",
    .run = run_command,
};

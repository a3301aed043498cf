/* The script for fish: one line an option, and a function of ours for mixers. A candidate without
 * an end in `=`, `:` and the like gets a space, so mixers that have parameters stand twice, with
 * and without a colon. */
#include "commands/command.h"
#include "commands/completions.h"

/* Between single quotes. */
static void add_quoted(struct text *text, const char *string) {
    static const struct escape ESCAPES[] = {{'\'', "\\'"}, {'\\', "\\\\"}};
    add_escaped(text, string, ESCAPES, sizeof ESCAPES / sizeof *ESCAPES);
}

/* "NAME 'HELP'", for printf '%s\t%s\n' */
static void add_described(struct text *text, const char *name, const char *help) {
    text_format(text, " %s '", name);
    add_quoted(text, help);
    text_string(text, "'");
}

/* --- options --- */

static const struct value_form VALUES[VALUE_KINDS] = {
    [VALUE_WORD] = {" -x -a '", "'"}, [VALUE_WORDS] = {" -x -a '(__fish_append , ", ")'"},
    [VALUE_PATH] = {" -r -F", ""},    [VALUE_SPEC] = {" -x -a '(__mixsmith_spec)'", ""},
    [VALUE_OTHER] = {" -x", ""},
};

static void print_option(struct text *text, const char *command, const struct option_row *row) {
    text_format(text, "complete -c mixsmith -n '__mixsmith_at %s'", command);
    if (row->letter)
        text_format(text, " -s %c", row->letter);
    text_format(text, " -l %s", row->name);
    add_value(text, row, VALUES);
    text_string(text, " -d '");
    add_quoted(text, row->help);
    text_string(text, "'\n");
}

static void print_command(struct text *text, const struct command *command) {
    struct option_row rows[JOB_OPTIONS_MAX];
    int n = command_options(command, rows);
    text_format(text, "\ncomplete -c mixsmith -n __mixsmith_first -a %s -d '", command->name);
    add_quoted(text, command->help);
    text_string(text, "'\n");
    if (command->words) {
        text_format(text, "complete -c mixsmith -n '__mixsmith_wants %s' -a '", command->name);
        add_words(text, command->words);
        text_string(text, "'\n");
    } else {
        text_format(text, "complete -c mixsmith -n '__mixsmith_at %s' -F\n", command->name);
    }
    for (int i = 0; i < n; i++)
        print_option(text, command->name, &rows[i]);
}

static void print_help(struct text *text) {
    text_string(text, "\ncomplete -c mixsmith -n __mixsmith_first -a help "
                      "-d 'lists the commands, or explains one'\n"
                      "complete -c mixsmith -n '__mixsmith_wants help' -a '");
    add_commands(text);
    text_string(text, "'\n"
                      "complete -c mixsmith -n __mixsmith_first -s h -l help -d 'the commands'\n"
                      "complete -c mixsmith -n __mixsmith_first -l version -d 'the version'\n");
}

/* --- mixers --- */

static void print_mixers(struct text *text) {
    text_string(text, "function __mixsmith_mixers\n"
                      "    printf '%s\\t%s\\n'");
    for (int i = 0; i < N_MIXERS; i++) {
        text_string(text, " \\\n       ");
        add_described(text, MIXERS[i]->name, MIXERS[i]->help);
        if (MIXERS[i]->n_params > 0)
            text_format(text, " %s: 'with parameters'", MIXERS[i]->name);
    }
    text_string(text, "\nend\n\n");
}

static void print_parameters(struct text *text) {
    text_string(text, "# The parameters of a mixer.\n"
                      "function __mixsmith_parameters\n"
                      "    switch $argv[1]\n");
    for (int i = 0; i < N_MIXERS; i++) {
        if (MIXERS[i]->n_params == 0)
            continue;
        text_format(text, "        case %s\n            printf '%%s=\\t%%s\\n'", MIXERS[i]->name);
        for (int k = 0; k < MIXERS[i]->n_params; k++) {
            text_string(text, " \\\n               ");
            add_described(text, MIXERS[i]->params[k].name, MIXERS[i]->params[k].help);
        }
        text_string(text, "\n");
    }
    text_string(text, "    end\nend\n\n");
}

static void print_words(struct text *text, const char *mixer, const char *name, const char *words) {
    text_format(text, "        case %s:%s\n            printf '%%s\\tvalue of %s\\n' ", mixer, name,
                name);
    add_words(text, words);
    text_string(text, "\n");
}

static void print_parameter_words(struct text *text) {
    text_string(text, "# The words that a parameter, as in cutmix:box, takes.\n"
                      "function __mixsmith_parameter_words\n"
                      "    switch $argv[1]\n");
    each_parameter_with_words(text, print_words);
    text_string(text, "    end\nend\n\n");
}

static const char COMPLETION[] =
    "# Is the command one of these?\n"
    "function __mixsmith_at\n"
    "    set -l words (commandline -opc)\n"
    "    test (count $words) -ge 2; and contains -- $words[2] $argv\n"
    "end\n"
    "\n"
    "# Is the command yet to come?\n"
    "function __mixsmith_first\n"
    "    test (count (commandline -opc)) -eq 1\n"
    "end\n"
    "\n"
    "# Is the command this one, and its word yet to come?\n"
    "function __mixsmith_wants\n"
    "    set -l words (commandline -opc | string match -v -- '-*')\n"
    "    test (count $words) -eq 2; and test $words[2] = $argv[1]\n"
    "end\n"
    "\n"
    "# The next part of NAME[:key=value,...][+NAME...][@WEIGHT].\n"
    "function __mixsmith_spec\n"
    "    set -l spec (commandline -ct | string replace -r -- '^(--[a-z-]+=|-[a-zA-Z])' '')\n"
    "    set -l stage (string replace -r -- '.*\\+' '' \"$spec\")\n"
    "    set -l mixer (string replace -r -- ':.*' '' \"$stage\")\n"
    "    set -l parameter (string replace -r -- '.*[:,]' '' \"$stage\")\n"
    "    if string match -q -- '*@*' \"$stage\"\n"
    "        return\n"
    "    else if not string match -q -- '*:*' \"$stage\"\n"
    "        set -l before (string replace -r -- '[^+]*$' '' \"$spec\")\n"
    "        printf '%s\\n' \"$before\"(__mixsmith_mixers)\n"
    "    else if string match -q -- '*=*' \"$parameter\"\n"
    "        set -l name (string replace -r -- '=.*' '' \"$parameter\")\n"
    "        set -l before (string replace -r -- '[^=]*$' '' \"$spec\")\n"
    "        printf '%s\\n' \"$before\"(__mixsmith_parameter_words \"$mixer:$name\")\n"
    "    else\n"
    "        set -l before (string replace -r -- '[^:,]*$' '' \"$spec\")\n"
    "        for line in (__mixsmith_parameters \"$mixer\")\n"
    "            set -l name (string split -f 1 -- \\t $line)\n"
    "            string match -qr -- \"[:,]$name\" \"$stage\"; or printf '%s\\n' "
    "\"$before$line\"\n"
    "        end\n"
    "    end\n"
    "end\n"
    "\n"
    "complete -c mixsmith -f\n";

void script_fish(struct text *text) {
    text_string(text,
                "# Completions of mixsmith for fish, made by `mixsmith completions fish`.\n\n");
    print_mixers(text);
    print_parameters(text);
    print_parameter_words(text);
    text_string(text, COMPLETION);
    for (int i = 0; i < N_COMMANDS; i++)
        print_command(text, COMMANDS[i]);
    print_help(text);
}

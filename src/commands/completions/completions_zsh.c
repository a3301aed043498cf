/* The script for zsh: commands and options in the manner of _arguments, which also knows which
 * options were given already, and a function of ours for mixers. */
#include "commands/command.h"
#include "commands/completions.h"

/* Between single quotes. */
static void add_quoted(struct text *text, const char *string) {
    const struct escape quote = {'\'', "'\\''"};
    add_escaped(text, string, &quote, 1);
}

/* Between single quotes, inside of what _arguments takes apart at colons and brackets. */
static void add_inside(struct text *text, const char *string) {
    static const struct escape ESCAPES[] = {
        {'\'', "'\\''"}, {'\\', "\\\\"}, {':', "\\:"}, {'[', "\\["}, {']', "\\]"},
    };
    add_escaped(text, string, ESCAPES, sizeof ESCAPES / sizeof *ESCAPES);
}

/* A line 'NAME:HELP', n spaces in. */
static void print_described(struct text *text, int n, const char *name, const char *help) {
    text_format(text, "%*s'%s:", n, "", name);
    add_quoted(text, help);
    text_string(text, "'\n");
}

/* --- options --- */

static const struct value_form VALUES[VALUE_KINDS] = {
    [VALUE_WORD] = {"(", ")"},     [VALUE_WORDS] = {"", ""},
    [VALUE_PATH] = {"_files", ""}, [VALUE_SPEC] = {"_mixsmith_spec", ""},
    [VALUE_OTHER] = {"", ""},
};

/* ":what it is called:what completes it" */
static void print_value(struct text *text, const struct option_row *row) {
    text_string(text, ":");
    add_inside(text, row->argument ? row->argument : row->name);
    text_string(text, ":");
    if (value_kind(row) == VALUE_WORDS)
        text_format(text, "_values -s , %s ", row->name);
    add_value(text, row, VALUES);
}

/* '(-s --size)'{-s+,--size=}'[HELP]:WHAT:HOW'; what may be repeated has a star. A value may stand
 * in the same word or in the next. */
static void print_option(struct text *text, const struct option_row *row) {
    bool valued = value_kind(row) != VALUE_NONE, repeats = row->kind == OPTION_LIST;
    const char *equals = valued ? "=" : "", *plus = valued ? "+" : "";
    text_string(text, "            ");
    if (repeats)
        text_string(text, "'*'");
    else if (row->letter)
        text_format(text, "'(-%c --%s)'", row->letter, row->name);
    if (row->letter)
        text_format(text, "{-%c%s,--%s%s}'[", row->letter, plus, row->name, equals);
    else
        text_format(text, "'--%s%s[", row->name, equals);
    add_inside(text, row->help);
    text_string(text, "]");
    if (valued)
        print_value(text, row);
    text_string(text, "' \\\n");
}

static void print_command(struct text *text, const struct command *command) {
    struct option_row rows[JOB_OPTIONS_MAX];
    int n = command_options(command, rows);
    text_format(text, "    %s)\n        _arguments -s -S \\\n", command->name);
    for (int i = 0; i < n; i++)
        print_option(text, &rows[i]);
    if (command->words) {
        text_string(text, "            '1:word:(");
        add_words(text, command->words);
        text_string(text, ")'\n");
    } else {
        text_string(text, "            '*:input:_files'\n");
    }
    text_string(text, "        ;;\n");
}

static void print_commands(struct text *text) {
    text_string(text, "_mixsmith() {\n"
                      "    local curcontext=$curcontext\n"
                      "    local -a commands=(\n");
    for (int i = 0; i < N_COMMANDS; i++)
        print_described(text, 8, COMMANDS[i]->name, COMMANDS[i]->help);
    text_string(text, "        'help:lists the commands, or explains one'\n"
                      "    )\n"
                      "    if (( CURRENT == 2 )); then\n"
                      "        if [[ $PREFIX == -* ]]; then\n"
                      "            compadd -- --help --version\n"
                      "        else\n"
                      "            _describe -t commands command commands\n"
                      "        fi\n"
                      "        return\n"
                      "    fi\n"
                      "    shift words\n"
                      "    (( CURRENT-- ))\n"
                      "    case $words[1] in\n");
    for (int i = 0; i < N_COMMANDS; i++)
        print_command(text, COMMANDS[i]);
    text_string(text, "    help)\n"
                      "        _arguments '1:command:(");
    add_commands(text);
    text_string(text, ")'\n        ;;\n    esac\n}\n\n");
}

/* --- mixers --- */

static void print_mixer(struct text *text, const struct mixer *mixer) {
    text_format(text, "        %s)\n            names=(\n", mixer->name);
    for (int i = 0; i < mixer->n_params; i++)
        print_described(text, 16, mixer->params[i].name, mixer->params[i].help);
    text_string(text, "            )\n            ;;\n");
}

static void print_words(struct text *text, const char *mixer, const char *name, const char *words) {
    text_format(text, "        %s:%s) compadd -S '' -- ", mixer, name);
    add_words(text, words);
    text_string(text, " ;;\n");
}

static void print_mixer_names(struct text *text) {
    text_string(text, "    stage=$PREFIX mixer=${PREFIX%%:*}\n"
                      "    if [[ $stage != *:* ]]; then\n"
                      "        names=(\n");
    for (int i = 0; i < N_MIXERS; i++)
        print_described(text, 12, MIXERS[i]->name, MIXERS[i]->help);
    text_string(text, "        )\n"
                      "        _describe -t mixers mixer names -S ' ' -r ' :+@'\n"
                      "        return\n"
                      "    fi\n");
}

static void print_parameter_values(struct text *text) {
    text_string(text, "    if [[ $PREFIX == *=* ]]; then\n"
                      "        name=${PREFIX%%=*}\n"
                      "        compset -P '*='\n"
                      "        case $mixer:$name in\n");
    each_parameter_with_words(text, print_words);
    text_string(text, "        *) _message value ;;\n"
                      "        esac\n"
                      "        return\n"
                      "    fi\n");
}

static void print_parameter_names(struct text *text) {
    text_string(text, "    case $mixer in\n");
    for (int i = 0; i < N_MIXERS; i++)
        if (MIXERS[i]->n_params > 0)
            print_mixer(text, MIXERS[i]);
    text_string(text, "    esac\n"
                      "    for name in ${names%%:*}; do\n"
                      "        [[ $stage == *[:,]$name=* ]] && names=(${names:#$name:*})\n"
                      "    done\n"
                      "    _describe -t parameters parameter names -S '='\n");
}

static void print_spec(struct text *text) {
    text_string(text, "# The next part of NAME[:key=value,...][+NAME...][@WEIGHT].\n"
                      "_mixsmith_spec() {\n"
                      "    local -a names\n"
                      "    local stage mixer name\n"
                      "    if compset -P '*@'; then\n"
                      "        _message weight\n"
                      "        return\n"
                      "    fi\n"
                      "    compset -P '*+'\n");
    print_mixer_names(text);
    text_string(text, "    compset -P '*[:,]'\n");
    print_parameter_values(text);
    print_parameter_names(text);
    text_string(text, "}\n\n");
}

void script_zsh(struct text *text) {
    text_string(text, "#compdef mixsmith\n"
                      "# Completions of mixsmith for zsh, made by `mixsmith completions zsh`.\n\n");
    print_spec(text);
    print_commands(text);
    text_string(text, "# Found in a folder of functions, or read by `source`.\n"
                      "if [[ $funcstack[1] == _mixsmith ]]; then\n"
                      "    _mixsmith \"$@\"\n"
                      "else\n"
                      "    compdef _mixsmith mixsmith\n"
                      "fi\n");
}

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

/* 'NAME:HELP' */
static void add_described(struct text *text, const char *name, const char *help) {
    text_format(text, "'%s:", name);
    add_quoted(text, help);
    text_string(text, "'");
}

/* --- options --- */

/* ":what it is called:what completes it" */
static void add_value(struct text *text, const struct option_row *row) {
    enum value_kind kind = value_kind(row);
    if (kind == VALUE_NONE)
        return;
    text_string(text, ":");
    add_inside(text, row->argument ? row->argument : row->name);
    text_string(text, ":");
    if (kind == VALUE_WORD) {
        text_string(text, "(");
        add_option_words(text, row);
        text_string(text, ")");
    } else if (kind == VALUE_WORDS) {
        text_format(text, "_values -s , %s ", row->name);
        add_option_words(text, row);
    } else if (kind == VALUE_PATH) {
        text_string(text, "_files");
    } else if (kind == VALUE_SPEC) {
        text_string(text, "_mixsmith_spec");
    }
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
    add_value(text, row);
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
    for (int i = 0; i < N_COMMANDS; i++) {
        text_string(text, "        ");
        add_described(text, COMMANDS[i]->name, COMMANDS[i]->help);
        text_string(text, "\n");
    }
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
    for (int i = 0; i < mixer->n_params; i++) {
        text_string(text, "                ");
        add_described(text, mixer->params[i].name, mixer->params[i].help);
        text_string(text, "\n");
    }
    text_string(text, "            )\n            ;;\n");
}

static void print_parameter_words(struct text *text) {
    for (int i = 0; i < N_MIXERS; i++)
        for (int k = 0; k < MIXERS[i]->n_params; k++) {
            const struct param *param = &MIXERS[i]->params[k];
            const char *words = param->choices ? param->choices : param->unset;
            if (!words)
                continue;
            text_format(text, "        %s:%s) compadd -S '' -- ", MIXERS[i]->name, param->name);
            add_words(text, words);
            text_string(text, " ;;\n");
        }
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
                      "    compset -P '*+'\n"
                      "    stage=$PREFIX mixer=${PREFIX%%:*}\n"
                      "    if [[ $stage != *:* ]]; then\n"
                      "        names=(\n");
    for (int i = 0; i < N_MIXERS; i++) {
        text_string(text, "            ");
        add_described(text, MIXERS[i]->name, MIXERS[i]->help);
        text_string(text, "\n");
    }
    text_string(text, "        )\n"
                      "        _describe -t mixers mixer names -S ' ' -r ' :+@'\n"
                      "        return\n"
                      "    fi\n"
                      "    compset -P '*[:,]'\n"
                      "    if [[ $PREFIX == *=* ]]; then\n"
                      "        name=${PREFIX%%=*}\n"
                      "        compset -P '*='\n"
                      "        case $mixer:$name in\n");
    print_parameter_words(text);
    text_string(text, "        *) _message value ;;\n"
                      "        esac\n"
                      "        return\n"
                      "    fi\n"
                      "    case $mixer in\n");
    for (int i = 0; i < N_MIXERS; i++)
        if (MIXERS[i]->n_params > 0)
            print_mixer(text, MIXERS[i]);
    text_string(text, "    esac\n"
                      "    for name in ${names%%:*}; do\n"
                      "        [[ $stage == *[:,]$name=* ]] && names=(${names:#$name:*})\n"
                      "    done\n"
                      "    _describe -t parameters parameter names -S '='\n"
                      "}\n\n");
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

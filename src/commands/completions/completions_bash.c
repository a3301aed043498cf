/* The script for bash. Readline breaks words at the bytes of COMP_WORDBREAKS, among them `:`, `=`
 * and `@`, which stand inside of our words: the script joins what was broken, and replies with what
 * follows the last break. */
#include "commands/command.h"
#include "commands/completions.h"

static void add_names(struct text *text, const struct option_row *row) {
    text_format(text, "--%s", row->name);
    if (row->letter)
        text_format(text, " -%c", row->letter);
}

/* _mixsmith_options COMMAND */
static void print_options(struct text *text) {
    text_string(text, "# The options of a command.\n"
                      "_mixsmith_options() {\n"
                      "    case $1 in\n");
    for (int i = 0; i < N_COMMANDS; i++) {
        struct option_row rows[JOB_OPTIONS_MAX];
        int n = command_options(COMMANDS[i], rows);
        text_format(text, "    %s) echo '", COMMANDS[i]->name);
        for (int k = 0; k < n; k++) {
            text_string(text, k ? " " : "");
            add_names(text, &rows[k]);
        }
        text_string(text, "' ;;\n");
    }
    text_string(text, "    esac\n}\n\n");
}

static const struct value_form VALUES[VALUE_KINDS] = {
    [VALUE_WORD] = {"", ""},     [VALUE_WORDS] = {"SET ", ""},  [VALUE_PATH] = {"PATH", ""},
    [VALUE_SPEC] = {"SPEC", ""}, [VALUE_OTHER] = {"OTHER", ""},
};

static void print_value(struct text *text, const char *command, const struct option_row *row) {
    text_format(text, "    %s:--%s", command, row->name);
    if (row->letter)
        text_format(text, " | %s:-%c", command, row->letter);
    text_string(text, ") echo '");
    add_value(text, row, VALUES);
    text_string(text, "' ;;\n");
}

/* _mixsmith_value COMMAND OPTION */
static void print_values(struct text *text) {
    text_string(text,
                "# What an option of a command takes: words, a SET of words with commas\n"
                "# between, a PATH, a SPEC of mixers, or something OTHER; a flag takes nothing.\n"
                "_mixsmith_value() {\n"
                "    case $1:$2 in\n");
    for (int i = 0; i < N_COMMANDS; i++) {
        struct option_row rows[JOB_OPTIONS_MAX];
        int n = command_options(COMMANDS[i], rows);
        for (int k = 0; k < n; k++)
            if (value_kind(&rows[k]) != VALUE_NONE)
                print_value(text, COMMANDS[i]->name, &rows[k]);
    }
    text_string(text, "    esac\n}\n\n");
}

/* _mixsmith_argument COMMAND */
static void print_arguments(struct text *text) {
    text_string(text, "# What a command takes that is no option.\n"
                      "_mixsmith_argument() {\n"
                      "    case $1 in\n");
    for (int i = 0; i < N_COMMANDS; i++) {
        text_format(text, "    %s) echo '", COMMANDS[i]->name);
        add_words(text, COMMANDS[i]->words ? COMMANDS[i]->words : "PATH");
        text_string(text, "' ;;\n");
    }
    text_string(text, "    help) echo '");
    add_commands(text);
    text_string(text, "' ;;\n    esac\n}\n\n");
}

/* _mixsmith_parameters MIXER */
static void print_parameters(struct text *text) {
    text_string(text, "# The parameters of a mixer.\n"
                      "_mixsmith_parameters() {\n"
                      "    case $1 in\n");
    for (int i = 0; i < N_MIXERS; i++) {
        if (MIXERS[i]->n_params == 0)
            continue;
        text_format(text, "    %s) echo '", MIXERS[i]->name);
        for (int k = 0; k < MIXERS[i]->n_params; k++)
            text_format(text, "%s%s", k ? " " : "", MIXERS[i]->params[k].name);
        text_string(text, "' ;;\n");
    }
    text_string(text, "    esac\n}\n\n");
}

static void print_words(struct text *text, const char *mixer, const char *name, const char *words) {
    text_format(text, "    %s:%s) echo '", mixer, name);
    add_words(text, words);
    text_string(text, "' ;;\n");
}

/* _mixsmith_parameter_words MIXER:PARAMETER */
static void print_parameter_words(struct text *text) {
    text_string(text, "# The words that a parameter takes.\n"
                      "_mixsmith_parameter_words() {\n"
                      "    case $1 in\n");
    each_parameter_with_words(text, print_words);
    text_string(text, "    esac\n}\n\n");
}

static void print_mixer_names(struct text *text) {
    text_string(text, "_mixsmith_mixers='");
    for (int i = 0; i < N_MIXERS; i++)
        text_format(text, "%s%s", i ? " " : "", MIXERS[i]->name);
    text_string(text, "'\n\n");
}

static const char COMPLETION[] =
    "# _mixsmith_offer WORD TYPED CANDIDATE...: those that begin as TYPED does, which is the end\n"
    "# of WORD. Readline replaces no more than what follows the last break in WORD.\n"
    "_mixsmith_offer() {\n"
    "    local word=$1 before=${1%\"$2\"} candidate\n"
    "    local broken=${word%\"${word##*[\"$COMP_WORDBREAKS\"]}\"}\n"
    "    shift 2\n"
    "    for candidate; do\n"
    "        candidate=$before$candidate\n"
    "        [[ $candidate == \"$word\"* ]] && COMPREPLY+=(\"${candidate#\"$broken\"}\")\n"
    "    done\n"
    "}\n"
    "\n"
    "# _mixsmith_spec WORD TYPED: the next part of NAME[:key=value,...][+NAME...][@WEIGHT].\n"
    "_mixsmith_spec() {\n"
    "    local stage=${2##*+} name names=()\n"
    "    local mixer=${stage%%:*} parameter=${stage##*[:,]}\n"
    "    compopt -o nospace 2>/dev/null\n"
    "    if [[ $stage == *@* ]]; then\n"
    "        return\n"
    "    elif [[ $stage != *:* ]]; then\n"
    "        _mixsmith_offer \"$1\" \"$stage\" $_mixsmith_mixers\n"
    "    elif [[ $parameter == *=* ]]; then\n"
    "        _mixsmith_offer \"$1\" \"${parameter#*=}\" \\\n"
    "            $(_mixsmith_parameter_words \"$mixer:${parameter%%=*}\")\n"
    "    else\n"
    "        for name in $(_mixsmith_parameters \"$mixer\"); do\n"
    "            [[ $stage == *[:,]$name=* ]] || names+=(\"$name=\")\n"
    "        done\n"
    "        _mixsmith_offer \"$1\" \"$parameter\" \"${names[@]}\"\n"
    "    fi\n"
    "}\n"
    "\n"
    "# _mixsmith_words: the words up to the cursor, without the program's name, as they are "
    "typed.\n"
    "_mixsmith_words() {\n"
    "    local part joins=\n"
    "    words=()\n"
    "    for part in \"${COMP_WORDS[@]:1:COMP_CWORD}\"; do\n"
    "        if ((${#words[@]})) && [[ $joins || $part == [:=@]* ]]; then\n"
    "            words[${#words[@]} - 1]+=$part\n"
    "        else\n"
    "            words+=(\"$part\")\n"
    "        fi\n"
    "        joins=\n"
    "        [[ $part == *[:=@] ]] && joins=yes\n"
    "    done\n"
    "}\n"
    "\n"
    "_mixsmith() {\n"
    "    local words word option typed value\n"
    "    COMPREPLY=()\n"
    "    _mixsmith_words\n"
    "    local n=${#words[@]}\n"
    "    word=${words[n - 1]}\n"
    "    if ((n == 1)); then\n"
    "        value=$_mixsmith_commands\n"
    "        [[ $word == -* ]] && value='--help --version'\n"
    "        _mixsmith_offer \"$word\" \"$word\" $value\n"
    "        return\n"
    "    fi\n"
    "    option=${words[n - 2]} typed=$word\n"
    "    [[ $word == --*=* ]] && option=${word%%=*} typed=${word#*=}\n"
    "    value=$(_mixsmith_value \"${words[0]}\" \"$option\")\n"
    "    if [[ ! $value && $word == -* ]]; then\n"
    "        value=$(_mixsmith_options \"${words[0]}\")\n"
    "    elif [[ ! $value ]]; then\n"
    "        value=$(_mixsmith_argument \"${words[0]}\")\n"
    "        # One word is enough.\n"
    "        [[ $value == PATH || \" ${words[*]:1:n-2}\" != *' '[!-]* ]] || value=OTHER\n"
    "    fi\n"
    "    case $value in\n"
    "    PATH) compopt -o default 2>/dev/null ;;\n"
    "    SPEC) _mixsmith_spec \"$word\" \"$typed\" ;;\n"
    "    SET*)\n"
    "        compopt -o nospace 2>/dev/null\n"
    "        _mixsmith_offer \"$word\" \"${typed##*,}\" ${value#SET}\n"
    "        ;;\n"
    "    OTHER) ;;\n"
    "    *) _mixsmith_offer \"$word\" \"$typed\" $value ;;\n"
    "    esac\n"
    "}\n"
    "\n"
    "complete -F _mixsmith mixsmith\n";

void script_bash(struct text *text) {
    text_string(text, "# Completions of mixsmith for bash, made by `mixsmith completions bash`.\n"
                      "# shellcheck shell=bash disable=SC2046,SC2086,SC2206\n\n"
                      "_mixsmith_commands='");
    add_commands(text);
    text_string(text, "'\n");
    print_mixer_names(text);
    print_options(text);
    print_values(text);
    print_arguments(text);
    print_parameters(text);
    print_parameter_words(text);
    text_string(text, COMPLETION);
}

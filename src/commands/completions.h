/* Completions: scripts by which shells complete command lines of mixsmith, made from the rows of
 * commands, options and mixers. They hold all they need and do not call the program.
 *
 * In each script, functions that are made from rows come first: which options a command has, which
 * words an option takes, which parameters a mixer has. What completes by them follows, as it is. */
#ifndef MIXSMITH_COMPLETIONS_H
#define MIXSMITH_COMPLETIONS_H

#include "base/options.h"

void script_bash(struct text *text);
void script_zsh(struct text *text);
void script_fish(struct text *text);

/* What follows an option on the command line. */
enum value_kind {
    VALUE_NONE,  // it is a flag
    VALUE_WORD,  // one of a few words
    VALUE_WORDS, // some of them, with commas between
    VALUE_PATH,  // a file or a folder
    VALUE_SPEC,  // mixers, as in NAME:key=value+NAME
    VALUE_OTHER, // a number, a name
    VALUE_KINDS
};

enum value_kind value_kind(const struct option_row *row);

/* How a shell is told what completes a value: what stands before and after the option's words, if
 * it has some. */
struct value_form {
    const char *before, *after;
};

/* The form of the option's value; nothing for a flag. */
void add_value(struct text *text, const struct option_row *row,
               const struct value_form forms[VALUE_KINDS]);

/* The words of a choice, "a|b|c", with a space between them. */
void add_words(struct text *text, const char *choices);

/* Calls print for every parameter of a mixer that takes words, "a|b|c". */
typedef void parameter_words(struct text *text, const char *mixer, const char *name,
                             const char *words);
void each_parameter_with_words(struct text *text, parameter_words *print);

/* The names of all commands, help among them, with a space between them. */
void add_commands(struct text *text);

/* A byte that a shell would not take as it is, and what stands for it. */
struct escape {
    char byte;
    const char *with;
};

/* string with the bytes of escapes (n) replaced. */
void add_escaped(struct text *text, const char *string, const struct escape *escapes, int n);

#endif

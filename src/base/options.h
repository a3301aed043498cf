/* Options: rows of a table that parse, and from which help and completions are made. Each row says
 * where in the caller's struct its value goes. getopt_long does the parsing. */
#ifndef MIXSMITH_OPTIONS_H
#define MIXSMITH_OPTIONS_H

#include "base/amounts.h"
#include "base/fail.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum option_kind { // and the type at the row's offset
    OPTION_FLAG,   // bool
    OPTION_TEXT,   // const char *
    OPTION_LIST,   // struct option_list: every use adds one
    OPTION_INT,    // int, low..high
    OPTION_SEED,   // uint64_t, any
    OPTION_REAL,   // double, low..high
    OPTION_CHOICE, // int: index of the word in choices
    OPTION_SET,    // unsigned: a bit for each word of choices, given as a list a,b
    OPTION_SIZE,   // struct option_size: WxH
    OPTION_COUNT,  // struct option_count: N, Nx or inf
    OPTION_SHARD,  // struct option_shard: N or bytes
};

enum { OPTION_LIST_MAX = 64 };

struct option_list {
    const char *item[OPTION_LIST_MAX];
    int n;
};

struct option_size {
    int w, h; // 0: not given
};

struct option_row {
    const char *name; // long, without dashes
    char letter;      // short, or 0
    enum option_kind kind;
    size_t offset;        // in the caller's struct
    unsigned of;          // whose option it is, bits as the caller numbers them
    unsigned needs;       // what it does nothing without, the same
    const char *group;    // heading in the help, on the first row of a group
    const char *argument; // how the value is called in the help
    const char *help;
    const char *standard;           // value where none is given, as it would be written; or NULL
    bool decides;                   // what is written depends on it, so that records keep it
    double low, high;               // range of numbers and sides
    const char *choices;            // "clip|inside"; or
    const char *(*word)(int index); // the words of a table, NULL behind the last
};

/* Stores the standard values, then parses argv[1..]; what is no option is a positional and goes to
 * positionals (argc pointers at most). target: the struct the offsets are in. given: (n_rows)
 * set where an option was; or NULL. -1 with a message that suggests the nearest name. */
int options_parse(const struct option_row *rows, int n_rows, int argc, char **argv, void *target,
                  bool *given, char **positionals, int *n_positionals, struct err *err);

/* Stores a value as it was written; target: as above. -1: it is none for this row. */
int option_store(const struct option_row *row, const char *value, void *target, struct err *err);

/* A row's value in target, as it would be written; nothing for a text or a size that
 * was not given. */
void option_print(const struct option_row *row, const void *target, struct text *text);

/* The words of a choice, joined by bars. */
void option_words(const struct option_row *row, struct text *text);

/* All rows, under their groups' headings. */
void options_help(const struct option_row *rows, int n_rows, struct text *text);

/* Two columns: what is explained, and words that are wrapped beside it. */
void help_line(struct text *text, const char *left, const char *help);

#endif

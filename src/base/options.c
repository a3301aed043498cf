#include "base/options.h"

#include "base/utf8.h"
#include "base/words.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { ROWS_MAX = 64, NAME_MAX_TYPED = 64, LONG_CODES = 256 };

/* getopt_long takes letters byte by byte. Where the one in optopt begins a longer character, the
 * rest of that still stands in the word at optind. */
static int unknown_letter(int argc, char **argv, struct err *err) {
    const char *word = optind < argc ? argv[optind] : "", *at = strchr(word, optopt);
    int length = at ? utf8_length(at) : 0;
    if (length > 1)
        return fail(err, "unknown option -%.*s; see --help", length, at);
    return fail(err, "unknown option -%c; see --help", optopt);
}

static int unknown_option(const struct option_row *rows, int n_rows, int argc, char **argv,
                          struct err *err) {
    if (optopt >= LONG_CODES)
        return fail(err, "--%s takes no value; see --help", rows[optopt - LONG_CODES].name);
    if (optopt)
        return unknown_letter(argc, argv, err);
    const char *typed = argv[optind - 1];
    char name[NAME_MAX_TYPED];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(typed + 2, "="), typed + 2);
    const char *names[ROWS_MAX];
    for (int i = 0; i < n_rows; i++)
        names[i] = rows[i].name;
    const char *nearest = nearest_name(name, names, n_rows);
    if (nearest)
        return fail(err, "unknown option --%s; did you mean --%s?", name, nearest);
    return fail(err, "unknown option --%s; see --help", name);
}

/* The word from which getopt_long has just taken a letter, with its value or without; else NULL. */
static const char *word_of_letter(int argc, char **argv, int code) {
    bool ends = optarg || optind == argc;
    const char *word = argv[ends ? optind - 1 : optind];
    return code < LONG_CODES && (!optarg || optarg == word + 2) ? word : NULL;
}

/* "-seed" would be --size eed, and "-force" --force --output rce. */
static int check_dashes(const struct option_row *rows, int n_rows, const char *word,
                        struct err *err) {
    size_t n = word && word[0] == '-' ? strcspn(word, "=") : 0;
    for (int i = 0; i < n_rows && n > 2; i++)
        if (strlen(rows[i].name) == n - 1 && memcmp(word + 1, rows[i].name, n - 1) == 0)
            return fail(err, "%s: names of options take two dashes: -%s", word, word);
    return 0;
}

/* getopt_long's tables: the letters with a colon each for a value, and the long names, whose value
 * is LONG_CODES + row. A colon in front makes it tell a missing value from an unknown option. */
static void getopt_tables(const struct option_row *rows, int n_rows, char *letters,
                          struct option *longs) {
    *letters++ = ':';
    for (int i = 0; i < n_rows; i++) {
        int argument = rows[i].kind == OPTION_FLAG ? no_argument : required_argument;
        longs[i] = (struct option){rows[i].name, argument, NULL, LONG_CODES + i};
        if (rows[i].letter)
            *letters++ = rows[i].letter;
        if (rows[i].letter && argument == required_argument)
            *letters++ = ':';
    }
    *letters = 0;
    longs[n_rows] = (struct option){0};
}

/* The row of a code that getopt_long gave for an option it knows. */
static const struct option_row *row_of(const struct option_row *rows, int n_rows, int code) {
    if (code >= LONG_CODES)
        return &rows[code - LONG_CODES];
    int i = 0;
    while (i + 1 < n_rows && rows[i].letter != code)
        i++;
    return &rows[i];
}

int options_parse(const struct option_row *rows, int n_rows, int argc, char **argv, void *target,
                  bool *given, char **positionals, int *n_positionals, struct err *err) {
    char letters[2 * ROWS_MAX + 2];
    struct option longs[ROWS_MAX + 1];
    for (int i = 0; i < n_rows; i++)
        if (rows[i].standard && option_store(&rows[i], rows[i].standard, target, err) < 0)
            return -1;
    getopt_tables(rows, n_rows, letters, longs);
    opterr = 0;
    optind = 0; // glibc: start afresh
    for (int code; (code = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        if (check_dashes(rows, n_rows, word_of_letter(argc, argv, code), err) < 0)
            return -1;
        if (code == ':')
            return fail(err, "%s needs a value; see --help", argv[optind - 1]);
        if (code == '?')
            return unknown_option(rows, n_rows, argc, argv, err);
        const struct option_row *row = row_of(rows, n_rows, code);
        if (given)
            given[row - rows] = true;
        if (option_store(row, optarg, target, err) < 0)
            return -1;
    }
    *n_positionals = 0;
    for (int i = optind; i < argc; i++)
        positionals[(*n_positionals)++] = argv[i];
    return 0;
}

#include "commands/words.h"

#include "base/memory.h"
#include "base/words.h"
#include "commands/print.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 16, WORD_MAX = 32 };

static int unknown_word(const struct command *command, const char *typed, struct err *err) {
    char word[WORDS_MAX][WORD_MAX];
    const char *names[WORDS_MAX];
    int n = 0;
    for (; n < WORDS_MAX && choice_copy(command->words, n, word[n], WORD_MAX); n++)
        names[n] = word[n];
    const char *nearest = nearest_name(typed, names, n);
    return fail(err, "%s %s: expected one of %s%s%s%s", command->name, typed, command->words,
                nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
}

/* word: (n) what was given beside options */
static int find_word(const struct command *command, char *const *word, int n, struct wish *wish,
                     struct err *err) {
    wish->word = -1;
    if (n == 0)
        return 0;
    if (n > 1)
        return fail(err, "%s takes one of %s, not %d words", command->name, command->words, n);
    wish->word = choice_index(command->words, word[0], strlen(word[0]));
    return wish->word < 0 ? unknown_word(command, word[0], err) : 0;
}

static int parse(const struct command *command, int argc, char **argv, struct wish *wish,
                 struct err *err) {
    struct option_row rows[JOB_OPTIONS_MAX];
    int n_rows = wish_options(command, rows), n_words = 0;
    char **words = must_calloc((size_t)argc + 1, sizeof *words);
    *wish = (struct wish){.word = -1};
    int result = options_parse(rows, n_rows, argc, argv, wish, NULL, words, &n_words, err);
    if (result == 0 && !wish->help && !wish->version)
        result = find_word(command, words, n_words, wish, err);
    free(words);
    return result;
}

bool wish_parse(const struct command *command, int argc, char **argv, struct wish *wish,
                int *status) {
    struct err err;
    *status = EXIT_DONE;
    if (parse(command, argc, argv, wish, &err) < 0) {
        complain("%s", err.text);
        *status = EXIT_USAGE;
        return false;
    }
    if (wish->help)
        command_help(command);
    else if (wish->version)
        print_version();
    return !wish->help && !wish->version;
}

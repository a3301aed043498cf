/* Values of options: from the text on a command line into a struct's field and back, by the kind of
 * their row. */
#include "base/decimal.h"
#include "base/options.h"
#include "base/words.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { WORDS_MAX = 64 };

void option_words(const struct option_row *row, struct text *text) {
    text_string(text, row->choices ? row->choices : "");
    for (int i = 0; row->word && row->word(i); i++) {
        text_string(text, i ? "|" : "");
        text_string(text, row->word(i));
    }
}

static int bad_choice(const struct option_row *row, const char *value, struct err *err) {
    struct text words = {0};
    const char *names[WORDS_MAX], *nearest = NULL;
    int n = 0;
    while (row->word && n < WORDS_MAX && row->word(n)) {
        names[n] = row->word(n);
        n++;
    }
    option_words(row, &words);
    nearest = nearest_name(value, names, n);
    fail(err, "--%s %s: expected one of %s%s%s%s", row->name, value, text_terminate(&words),
         nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    text_close(&words);
    return -1;
}

static int bad_value(const struct option_row *row, const char *given, struct err *err) {
    const char *value = *given ? given : "''";
    if (row->kind == OPTION_CHOICE)
        return bad_choice(row, value, err);
    if (row->kind == OPTION_SET)
        return fail(err, "--%s %s: expected some of %s, with commas between them", row->name, value,
                    row->argument);
    if (row->kind == OPTION_SIZE)
        return fail(err, "--%s %s: expected WxH or N, sides from %g to %g, for example 224x224",
                    row->name, value, row->low, row->high);
    if (row->kind == OPTION_COUNT)
        return fail(err, "--%s %s: expected a number of samples, of passes as in 10x, or inf",
                    row->name, value);
    if (row->kind == OPTION_SHARD)
        return fail(err, "--%s %s: expected a number of samples, or of bytes as in 500MB",
                    row->name, value);
    if (row->kind == OPTION_SEED)
        return fail(err, "--%s %s: expected a whole number from 0 to 18446744073709551615",
                    row->name, value);
    return fail(err, "--%s %s: expected a %snumber from %.15g to %.15g", row->name, value,
                row->kind == OPTION_REAL ? "" : "whole ", row->low, row->high);
}

static int find_word(const struct option_row *row, const char *value) {
    if (row->choices)
        return choice_index(row->choices, value, strlen(value));
    for (int i = 0; row->word(i); i++)
        if (strcmp(row->word(i), value) == 0)
            return i;
    return -1;
}

static bool parse_set(const struct option_row *row, const char *value, unsigned *set) {
    *set = 0;
    for (size_t n;; value += n + 1) {
        n = strcspn(value, ",");
        int index = choice_index(row->choices, value, n);
        if (index < 0)
            return false;
        *set |= 1u << index;
        if (!value[n])
            return true;
    }
}

static bool parse_size(const struct option_row *row, const char *value, struct option_size *size) {
    uint64_t w, h;
    char *end;
    if (!parse_whole(value, &end, &w))
        return false;
    h = w;
    if (*end == 'x' && !parse_whole(end + 1, &end, &h))
        return false;
    if (*end || w < row->low || w > row->high || h < row->low || h > row->high)
        return false;
    *size = (struct option_size){(int)w, (int)h};
    return true;
}

static bool parse_ranged(const struct option_row *row, const char *value, double *number) {
    if (parse_number(value, number) < 0 || *number < row->low || *number > row->high)
        return false;
    return row->kind == OPTION_REAL || *number == rint(*number);
}

static bool add_to_list(struct option_list *list, const char *value) {
    if (list->n == OPTION_LIST_MAX)
        return false;
    list->item[list->n++] = value;
    return true;
}

int option_store(const struct option_row *row, const char *value, void *target, struct err *err) {
    void *place = (char *)target + row->offset;
    char *end;
    double number = 0;
    bool good = true;
    switch (row->kind) {
    case OPTION_FLAG:
        *(bool *)place = true;
        break;
    case OPTION_TEXT:
        *(const char **)place = value;
        break;
    case OPTION_LIST:
        if (!add_to_list(place, value))
            return fail(err, "--%s: given more than %d times", row->name, OPTION_LIST_MAX);
        break;
    case OPTION_INT:
        good = parse_ranged(row, value, &number);
        *(int *)place = good ? (int)number : 0;
        break;
    case OPTION_REAL:
        good = parse_ranged(row, value, place);
        break;
    case OPTION_SEED:
        good = parse_whole(value, &end, place) && *end == 0;
        break;
    case OPTION_CHOICE:
        *(int *)place = find_word(row, value);
        good = *(int *)place >= 0;
        break;
    case OPTION_SET:
        good = parse_set(row, value, place);
        break;
    case OPTION_SIZE:
        good = parse_size(row, value, place);
        break;
    case OPTION_COUNT:
        good = parse_count(value, place);
        break;
    case OPTION_SHARD:
        good = parse_shard(value, place);
        break;
    }
    return good ? 0 : bad_value(row, value, err);
}

static void print_word(const struct option_row *row, int index, struct text *text) {
    int length;
    if (row->word) {
        text_string(text, row->word(index));
        return;
    }
    const char *word = choice_word(row->choices, index, &length);
    text_bytes(text, word, (size_t)length);
}

static void print_set(const struct option_row *row, unsigned set, struct text *text) {
    const char *before = "";
    for (int i = 0; set >> i; i++) {
        if (!(set >> i & 1))
            continue;
        text_string(text, before);
        print_word(row, i, text);
        before = ",";
    }
}

void option_print(const struct option_row *row, const void *target, struct text *text) {
    const void *place = (const char *)target + row->offset;
    const struct option_size *size = place;
    switch (row->kind) {
    case OPTION_FLAG:
        text_string(text, *(const bool *)place ? "yes" : "no");
        break;
    case OPTION_TEXT:
        if (*(const char *const *)place)
            text_string(text, *(const char *const *)place);
        break;
    case OPTION_LIST:
        for (int i = 0; i < ((const struct option_list *)place)->n; i++)
            text_format(text, "%s%s", i ? " " : "", ((const struct option_list *)place)->item[i]);
        break;
    case OPTION_INT:
        text_format(text, "%d", *(const int *)place);
        break;
    case OPTION_REAL:
        text_number(text, *(const double *)place);
        break;
    case OPTION_SEED:
        text_unsigned(text, *(const uint64_t *)place);
        break;
    case OPTION_CHOICE:
        print_word(row, *(const int *)place, text);
        break;
    case OPTION_SET:
        print_set(row, *(const unsigned *)place, text);
        break;
    case OPTION_SIZE:
        if (size->w)
            text_format(text, "%dx%d", size->w, size->h);
        break;
    case OPTION_COUNT:
        count_print(place, text);
        break;
    case OPTION_SHARD:
        shard_print(place, text);
        break;
    }
}

#include "base/options.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { HELP_COLUMN = 28, HELP_WIDTH = 96 };

static void indent(struct text *text, int columns) {
    for (int i = 0; i < columns; i++)
        text_string(text, " ");
}

/* Words from HELP_COLUMN on, a new line where the next does not fit. */
static void wrap(struct text *text, const char *words) {
    int column = HELP_COLUMN;
    for (size_t n; *words; words += n + (words[n] == ' ')) {
        n = strcspn(words, " ");
        bool first = column == HELP_COLUMN;
        if (!first && column + 1 + utf8_width(words, n) > HELP_WIDTH) {
            text_string(text, "\n");
            indent(text, HELP_COLUMN);
            column = HELP_COLUMN;
        } else if (!first) {
            text_string(text, " ");
            column++;
        }
        text_bytes(text, words, n);
        column += utf8_width(words, n);
    }
    text_string(text, "\n");
}

void help_line(struct text *text, const char *left, const char *help) {
    int column = utf8_width(left, strlen(left));
    text_string(text, left);
    if (column + 2 > HELP_COLUMN) {
        text_string(text, "\n");
        column = 0;
    }
    indent(text, HELP_COLUMN - column);
    wrap(text, help);
}

static void print_left(const struct option_row *row, struct text *text) {
    char letter[] = "      ";
    if (row->letter)
        snprintf(letter, sizeof letter, "  -%c, ", row->letter);
    text_string(text, letter);
    text_string(text, "--");
    text_string(text, row->name);
    text_string(text, row->kind == OPTION_FLAG ? "" : " ");
    if (row->kind == OPTION_CHOICE)
        option_words(row, text);
    else if (row->argument)
        text_string(text, row->argument);
}

/* "samples among which partners are found (1 to 65536; 128)" */
static void print_right(const struct option_row *row, struct text *text) {
    char range[64] = "";
    const char *standard = row->standard ? row->standard : "";
    if (row->high > row->low)
        snprintf(range, sizeof range, "%.15g to %.15g", row->low, row->high);
    text_string(text, row->help);
    if (!*range && !*standard)
        return;
    text_string(text, " (");
    text_string(text, range);
    text_string(text, *range && *standard ? "; " : "");
    text_string(text, standard);
    text_string(text, ")");
}

void options_help(const struct option_row *rows, int n_rows, struct text *text) {
    struct text left = {0}, right = {0};
    for (int i = 0; i < n_rows; i++) {
        if (rows[i].group) {
            text_string(text, "\n");
            text_string(text, rows[i].group);
            text_string(text, "\n");
        }
        left.used = right.used = 0;
        print_left(&rows[i], &left);
        print_right(&rows[i], &right);
        help_line(text, text_terminate(&left), text_terminate(&right));
    }
    text_close(&left);
    text_close(&right);
}

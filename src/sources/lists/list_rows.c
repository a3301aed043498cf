#include "sources/lists/list_rows.h"

#include "base/interrupt.h"
#include "base/memory.h"
#include "sources/labels/class_names.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const FORMS[] = {"a name or a number", "a row of numbers",
                                    "classes with shares"};

void list_rows_open(struct list_rows *rows, const char *file) {
    *rows = (struct list_rows){.file = file, .whole = true};
}

void list_rows_close(struct list_rows *rows) {
    string_index_close(&rows->paths);
    string_index_close(&rows->words);
    label_rows_close(&rows->labels);
    free(rows->line);
    free(rows->word_line);
    free(rows->seen);
}

/* Remembers the line of a string that may be new: lines grow as the index does. */
static size_t *note_line(size_t *lines, int number, size_t line) {
    if ((number & (number - 1)) == 0)
        lines = must_realloc(lines, 2 * ((size_t)number + 1) * sizeof *lines);
    lines[number] = line;
    return lines;
}

/* --- file names --- */

/* The name without empty and "." parts. NULL, or what is wrong with it. */
static const char *tidy_path(const char *name, struct text *tidy) {
    if (*name == '/')
        return "is absolute; file names are relative to the folder of the pictures";
    while (*name) {
        size_t n = strcspn(name, "/");
        if (n == 2 && memcmp(name, "..", 2) == 0)
            return "holds '..'; pictures must lie in the folder of the input";
        if (n > 0 && !(n == 1 && *name == '.')) {
            text_string(tidy, tidy->used > 0 ? "/" : "");
            text_bytes(tidy, name, n);
        }
        name += n + (name[n] == '/');
    }
    return tidy->used > 0 ? NULL : "is empty";
}

static int add_tidy(struct list_rows *rows, size_t line, const char *path, struct err *err) {
    int n = rows->paths.n;
    if (n == INT32_MAX)
        return fail(err, "%s: more than %d rows", rows->file, INT32_MAX);
    int number = string_index_add(&rows->paths, path);
    if (number < n)
        return fail(err, "%s: line %zu: '%s' was named before, in line %zu", rows->file, line, path,
                    rows->line[number]);
    rows->line = note_line(rows->line, number, line);
    return 0;
}

static int add_file(struct list_rows *rows, size_t line, const char *file_name, struct err *err) {
    struct text tidy = {0};
    const char *wrong = tidy_path(file_name, &tidy);
    int result =
        wrong ? fail(err, "%s: line %zu: file name '%s' %s", rows->file, line, file_name, wrong)
              : add_tidy(rows, line, text_terminate(&tidy), err);
    text_close(&tidy);
    return result;
}

/* --- labels --- */

static int add_sample(struct list_rows *rows, size_t line, const char *file_name,
                      enum label_form form, struct err *err) {
    if (interrupt_check(err) < 0)
        return -1;
    if (rows->paths.n == 0)
        rows->form = form;
    if (form != rows->form)
        return fail(err, "%s: line %zu: the label is %s, while in line %zu it is %s", rows->file,
                    line, FORMS[form], rows->line[0], FORMS[rows->form]);
    return add_file(rows, line, file_name, err);
}

static int end_row(struct list_rows *rows, size_t line, struct err *err) {
    struct err why;
    if (label_rows_end(&rows->labels, &why) < 0)
        return fail(err, "%s: line %zu: the label %s", rows->file, line, why.text);
    return 0;
}

static int add_word(struct list_rows *rows, size_t line, const char *word) {
    int n = rows->words.n, number = string_index_add(&rows->words, word);
    if (number == n)
        rows->word_line = note_line(rows->word_line, number, line);
    return number;
}

int list_rows_heading(struct list_rows *rows, size_t line, const char *heading, struct err *err) {
    int n = rows->words.n, number = add_word(rows, line, heading);
    if (number < n)
        return fail(err, "%s: line %zu: two columns are called '%s'", rows->file, line, heading);
    return 0;
}

int list_rows_word(struct list_rows *rows, size_t line, const char *file_name, const char *word,
                   bool whole, struct err *err) {
    if (!*word)
        return fail(err, "%s: line %zu: '%s' has no label", rows->file, line, file_name);
    if (add_sample(rows, line, file_name, LABEL_WORDS, err) < 0)
        return -1;
    rows->whole &= whole;
    label_rows_share(&rows->labels, add_word(rows, line, word), 1);
    return end_row(rows, line, err);
}

int list_rows_numbers(struct list_rows *rows, size_t line, const char *file_name,
                      const double *share, int n, struct err *err) {
    if (add_sample(rows, line, file_name, LABEL_NUMBERS, err) < 0)
        return -1;
    if (n > CLASSES_MAX)
        return fail(err, "%s: line %zu: more than %d classes", rows->file, line, CLASSES_MAX);
    if (rows->paths.n == 1)
        rows->n_classes = n;
    if (n != rows->n_classes)
        return fail(err, "%s: line %zu: the label has %d numbers, while in line %zu it has %d",
                    rows->file, line, n, rows->line[0], rows->n_classes);
    for (int k = 0; k < n; k++)
        label_rows_share(&rows->labels, k, share[k]);
    return end_row(rows, line, err);
}

/* The class that a pair names, or -1. */
static int pair_class(struct list_rows *rows, size_t line, double number, struct err *err) {
    if (!(number >= 0 && number < CLASSES_MAX && number == floor(number)))
        return fail(err, "%s: line %zu: %.17g is no class: classes are 0..%d", rows->file, line,
                    number, CLASSES_MAX - 1);
    int class = (int)number;
    if (class >= rows->n_seen) {
        int n = 2 * (class + 1);
        rows->seen = must_realloc(rows->seen, (size_t)n * sizeof *rows->seen);
        memset(rows->seen + rows->n_seen, 0, (size_t)(n - rows->n_seen) * sizeof *rows->seen);
        rows->n_seen = n;
    }
    if (rows->seen[class] == rows->paths.n)
        return fail(err, "%s: line %zu: class %d is named twice", rows->file, line, class);
    rows->seen[class] = rows->paths.n;
    return class;
}

int list_rows_pairs(struct list_rows *rows, size_t line, const char *file_name,
                    const double *class_number, const double *share, int n, struct err *err) {
    if (add_sample(rows, line, file_name, LABEL_PAIRS, err) < 0)
        return -1;
    for (int k = 0; k < n; k++) {
        int class = pair_class(rows, line, class_number[k], err);
        if (class < 0)
            return -1;
        rows->n_classes = class >= rows->n_classes ? class + 1 : rows->n_classes;
        label_rows_share(&rows->labels, class, share[k]);
    }
    return end_row(rows, line, err);
}

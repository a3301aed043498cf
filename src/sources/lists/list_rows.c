#include "sources/lists/list_rows.h"

#include "base/interrupt.h"
#include "base/memory.h"
#include "base/words.h"
#include "sources/labels/class_names.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const FORMS[] = {"a name or a number", "a row of numbers",
                                    "classes with shares"};

void list_rows_open(struct list_rows *rows, const char *file, struct path_list *files, int root,
                    const char *below) {
    *rows = (struct list_rows){
        .file = file,
        .files = files,
        .root = root,
        .below = below,
        .first = files->n,
        .whole = true,
    };
}

void list_rows_end(struct list_rows *rows) {
    string_slots_close(&rows->named);
    text_close(&rows->path);
}

void list_rows_close(struct list_rows *rows) {
    list_rows_end(rows);
    string_index_close(&rows->words);
    label_rows_close(&rows->labels);
    free(rows->runs);
    free(rows->word_line);
    free(rows->seen);
    free(rows->class);
}

/* --- lines --- */

static void note_line(struct list_rows *rows, int row, size_t line) {
    const struct line_run *last = rows->n_runs > 0 ? &rows->runs[rows->n_runs - 1] : NULL;
    if (last && last->line + (size_t)(row - last->row) == line)
        return;
    rows->runs = must_grow(rows->runs, rows->n_runs, &rows->runs_room, sizeof *rows->runs);
    rows->runs[rows->n_runs++] = (struct line_run){line, row};
}

static size_t line_of(const struct list_rows *rows, int row) {
    size_t i = rows->n_runs - 1;
    while (rows->runs[i].row > row)
        i--;
    return rows->runs[i].line + (size_t)(row - rows->runs[i].row);
}

/* --- file names --- */

/* Appends the name without empty and "." parts. NULL, or what is wrong with it. */
static const char *tidy_path(const char *name, struct text *tidy) {
    size_t start = tidy->used;
    if (*name == '/')
        return "is absolute; file names are relative to the folder of the pictures";
    while (*name) {
        size_t n = strcspn(name, "/");
        if (n == 2 && memcmp(name, "..", 2) == 0)
            return "holds '..'; pictures must lie in the folder of the input";
        if (n > 0 && !(n == 1 && *name == '.')) {
            text_string(tidy, tidy->used > start ? "/" : "");
            text_bytes(tidy, name, n);
        }
        name += n + (name[n] == '/');
    }
    return tidy->used > start ? NULL : "is empty";
}

/* As string_slots.h asks for them. */
static const char *file_at(const void *data, int number) {
    const struct list_rows *rows = data;
    return path_list_at(rows->files, rows->first + (uint32_t)number);
}

/* path: in the root; its last part is `tidy`. */
static int add_path(struct list_rows *rows, size_t line, const char *path, const char *tidy,
                    struct err *err) {
    if (rows->n == INT32_MAX)
        return fail(err, "%s: more than %d rows", rows->file, INT32_MAX);
    int number = string_slots_enter(&rows->named, path, rows->n, file_at, rows);
    if (number < rows->n)
        return fail(err, "%s: line %zu: '%s' was named before, in line %zu", rows->file, line, tidy,
                    line_of(rows, number));
    note_line(rows, rows->n++, line);
    return path_list_add(rows->files, rows->root, path, err);
}

static int add_file(struct list_rows *rows, size_t line, const char *file_name, struct err *err) {
    struct text *path = &rows->path;
    path->used = 0;
    if (rows->below) {
        text_string(path, rows->below);
        text_string(path, "/");
    }
    size_t start = path->used;
    const char *wrong = tidy_path(file_name, path);
    if (wrong)
        return fail(err, "%s: line %zu: file name '%s' %s", rows->file, line, file_name, wrong);
    const char *whole = text_terminate(path);
    return add_path(rows, line, whole, whole + start, err);
}

/* --- labels --- */

static int add_sample(struct list_rows *rows, size_t line, const char *file_name,
                      enum label_form form, struct err *err) {
    if (interrupt_check(err) < 0)
        return -1;
    if (rows->n == 0)
        rows->form = form;
    if (form != rows->form)
        return fail(err, "%s: line %zu: the label is %s, while in line %zu it is %s", rows->file,
                    line, FORMS[form], rows->runs[0].line, FORMS[rows->form]);
    return add_file(rows, line, file_name, err);
}

/* class, share: as in label_rows_add. */
static int add_label(struct list_rows *rows, size_t line, const int *class, const double *share,
                     int n, struct err *err) {
    struct err why;
    if (label_rows_add(&rows->labels, class, share, n, &why) < 0)
        return fail(err, "%s: line %zu: the label %s", rows->file, line, why.text);
    return 0;
}

static int add_word(struct list_rows *rows, size_t line, const char *word) {
    size_t n = (size_t)rows->words.n;
    int number = string_index_add(&rows->words, word);
    if ((size_t)number == n) {
        rows->word_line = must_grow(rows->word_line, n, &rows->word_room, sizeof *rows->word_line);
        rows->word_line[n] = line;
    }
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
    int number = add_word(rows, line, word);
    return add_label(rows, line, &number, &(double){1}, 1, err);
}

int list_rows_numbers(struct list_rows *rows, size_t line, const char *file_name,
                      const double *share, int n, struct err *err) {
    if (add_sample(rows, line, file_name, LABEL_NUMBERS, err) < 0)
        return -1;
    if (n > CLASSES_MAX)
        return fail(err, "%s: line %zu: more than %d classes", rows->file, line, CLASSES_MAX);
    if (rows->n == 1)
        rows->n_classes = n;
    if (n != rows->n_classes)
        return fail(err, "%s: line %zu: the label has %d number%s, while in line %zu it has %d",
                    rows->file, line, n, s_of((uint64_t)n), rows->runs[0].line, rows->n_classes);
    return add_label(rows, line, NULL, share, n, err);
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
    if (rows->seen[class] == rows->n)
        return fail(err, "%s: line %zu: class %d is named twice", rows->file, line, class);
    rows->seen[class] = rows->n;
    return class;
}

int list_rows_pairs(struct list_rows *rows, size_t line, const char *file_name,
                    const double *class_number, const double *share, int n, struct err *err) {
    if (add_sample(rows, line, file_name, LABEL_PAIRS, err) < 0)
        return -1;
    for (int k = 0; k < n; k++) {
        rows->class = must_grow(rows->class, (size_t)k, &rows->class_room, sizeof *rows->class);
        int class = rows->class[k] = pair_class(rows, line, class_number[k], err);
        if (class < 0)
            return -1;
        rows->n_classes = class >= rows->n_classes ? class + 1 : rows->n_classes;
    }
    return add_label(rows, line, rows->class, share, n, err);
}

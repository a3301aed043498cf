/* List rows: what one list of labels says, row by row: a file's name and its label, which is a word
 * (a class by its name or its number), a row of numbers (a share for each class), or pairs of class
 * and share. All rows of a list have labels of one form. */
#ifndef MIXSMITH_LIST_ROWS_H
#define MIXSMITH_LIST_ROWS_H

#include "base/string_index.h"
#include "sources/lists/label_rows.h"
#include "sources/pictures/path_list.h"

enum label_form { LABEL_WORDS, LABEL_NUMBERS, LABEL_PAIRS };

/* Rows from `row` on that stand in lines from `line` on, one in each. */
struct line_run {
    size_t line;
    int row;
};

struct list_rows {
    const char *file;        // the list, for messages; owned by the caller
    struct path_list *files; // where rows become files; owned by the caller
    int root;                // of them
    const char *below; // what their paths in the root begin with, or NULL; owned by the caller
    uint32_t first;    // file of row 0
    int n;
    struct line_run *runs; // (n_runs)
    size_t n_runs, runs_room;
    struct string_slots named; // which files have come
    struct text path;          // of the row at hand
    struct label_rows labels;  // (n) classes: of LABEL_WORDS the numbers of `words`
    enum label_form form;      // of all rows
    struct string_index words; // different labels, or the headings of the columns of numbers
    size_t *word_line;         // (words.n) where each comes first
    size_t word_room;
    bool whole;    // LABEL_WORDS: every one is a whole number
    int n_classes; // LABEL_NUMBERS: numbers of a row; LABEL_PAIRS: 1 + the greatest
    int *seen;     // (n_seen) LABEL_PAIRS: 1 + the row that named each class last
    int n_seen;
    int *class; // (class_room) LABEL_PAIRS: of the row at hand
    size_t class_room;
};

/* Of the list `file`, whose pictures lie in `below` in a root of files. */
void list_rows_open(struct list_rows *rows, const char *file, struct path_list *files, int root,
                    const char *below);

/* After the last row: frees what only more rows would need. */
void list_rows_end(struct list_rows *rows);
void list_rows_close(struct list_rows *rows);

/* A column of numbers, by its heading; before the first row. -1: there is one called so. */
int list_rows_heading(struct list_rows *rows, size_t line, const char *heading, struct err *err);

/* Each adds a row; messages name the list and the line. whole: the word is a whole number. -1: a
 * file name that is absolute, holds "..", or came before; a label of another form or length than
 * those before, or with shares that are no label. */
int list_rows_word(struct list_rows *rows, size_t line, const char *file_name, const char *word,
                   bool whole, struct err *err);
int list_rows_numbers(struct list_rows *rows, size_t line, const char *file_name,
                      const double *share, int n, struct err *err);
int list_rows_pairs(struct list_rows *rows, size_t line, const char *file_name,
                    const double *class_number, const double *share, int n, struct err *err);

#endif

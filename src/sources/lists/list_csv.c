#include "sources/lists/list_csv.h"

#include "base/decimal.h"
#include "base/files.h"
#include "base/memory.h"
#include "base/words.h"
#include "formats/csv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What the two columns are called, the words that count first in front; capitals are all one. */
static const char *const FILE_HEADINGS[] = {"file_name", "filename",   "file", "path",
                                            "image",     "image_path", "name", NULL};
static const char *const LABEL_HEADINGS[] = {"label",      "class",      "category",
                                             "label_name", "class_name", NULL};
enum { NO_COLUMN = -1 };

struct table {
    struct list_rows *rows;
    struct csv csv;
    int n_columns;
    size_t first_line; // which has so many
    int file_column;
    int label_column; // or NO_COLUMN: all but the file's are shares of classes
    double *share;    // (n_columns - 1)
};

/* The field without blanks around it. */
static char *trimmed(char *field) {
    field += strspn(field, " \t");
    size_t n = strlen(field);
    while (n > 0 && (field[n - 1] == ' ' || field[n - 1] == '\t'))
        n--;
    field[n] = 0;
    return field;
}

/* --- what the columns are --- */

static int find_column(const struct csv *head, const char *const *headings) {
    for (; *headings; headings++)
        for (int i = 0; i < head->n_fields; i++)
            if (strcasecmp(head->fields[i], *headings) == 0)
                return i;
    return NO_COLUMN;
}

static int read_class_headings(struct table *table, struct err *err) {
    const struct csv *head = &table->csv;
    for (int i = 0; i < head->n_fields; i++) {
        if (i == table->file_column)
            continue;
        if (!*head->fields[i])
            return fail(err,
                        "%s: line %zu: column %d has no heading; where no column is called label, "
                        "each is a class",
                        table->rows->file, head->line, i + 1);
        if (list_rows_heading(table->rows, head->line, head->fields[i], err) < 0)
            return -1;
    }
    return 0;
}

static int read_head(struct table *table, const char *base, struct err *err) {
    const struct csv *head = &table->csv;
    for (int i = 0; i < head->n_fields; i++)
        head->fields[i] = trimmed(head->fields[i]);
    table->file_column = find_column(head, FILE_HEADINGS);
    table->label_column = find_column(head, LABEL_HEADINGS);
    if (table->file_column == NO_COLUMN)
        return fail(err,
                    "%s: line %zu: no column is called file_name; nor is '%s' a file in %s, as it "
                    "would be without headings",
                    table->rows->file, head->line, head->fields[0], base);
    return table->label_column == NO_COLUMN ? read_class_headings(table, err) : 0;
}

/* The first record: a head, or already a row. */
static int settle_columns(struct table *table, const char *base, bool *has_head, struct err *err) {
    const struct csv *first = &table->csv;
    table->n_columns = first->n_fields;
    table->first_line = first->line;
    if (first->n_fields < 2)
        return fail(err, "%s: line %zu: one column only: file names and labels are expected",
                    table->rows->file, first->line);
    table->share = must_calloc((size_t)first->n_fields, sizeof *table->share);
    *has_head = !has_file(base, first->fields[0]);
    table->label_column = first->n_fields == 2 ? 1 : NO_COLUMN;
    return *has_head ? read_head(table, base, err) : 0;
}

/* --- rows --- */

static bool is_whole(const char *word) {
    word += *word == '-';
    return *word && word[strspn(word, "0123456789")] == 0;
}

static int read_word(struct table *table, struct err *err) {
    const struct csv *csv = &table->csv;
    const char *word = trimmed(csv->fields[table->label_column]);
    return list_rows_word(table->rows, csv->line, csv->fields[table->file_column], word,
                          is_whole(word), err);
}

static int read_numbers(struct table *table, struct err *err) {
    const struct csv *csv = &table->csv;
    int n = 0;
    for (int i = 0; i < csv->n_fields; i++) {
        if (i == table->file_column)
            continue;
        const char *field = trimmed(csv->fields[i]);
        if (parse_number(field, &table->share[n++]) < 0)
            return fail(err, "%s: line %zu: '%s' in column %d is no number", table->rows->file,
                        csv->line, field, i + 1);
    }
    return list_rows_numbers(table->rows, csv->line, csv->fields[table->file_column], table->share,
                             n, err);
}

static int read_row(struct table *table, struct err *err) {
    const struct csv *csv = &table->csv;
    if (csv->n_fields != table->n_columns)
        return fail(err, "%s: line %zu has %d field%s, while line %zu has %d", table->rows->file,
                    csv->line, csv->n_fields, s_of((uint64_t)csv->n_fields), table->first_line,
                    table->n_columns);
    return (table->label_column == NO_COLUMN ? read_numbers : read_word)(table, err);
}

/* Every record of the piece at hand. */
static int read_piece(struct table *table, const char *base, struct err *err) {
    struct err why;
    bool has_head = false;
    int found;
    while ((found = csv_next(&table->csv, &why)) > 0) {
        bool first = table->n_columns == 0;
        if (first && settle_columns(table, base, &has_head, err) < 0)
            return -1;
        if (!(first && has_head) && read_row(table, err) < 0)
            return -1;
    }
    return found < 0 ? fail(err, "%s: %s", table->rows->file, why.text) : 0;
}

int list_csv_read(struct list_rows *rows, struct pieces *list, const char *base, struct err *err) {
    struct table table = {.rows = rows};
    char *piece;
    size_t n;
    int found;
    while ((found = pieces_next(list, csv_whole, &piece, &n, err)) > 0) {
        (table.csv.at ? csv_go_on : csv_open)(&table.csv, piece, n);
        if ((found = read_piece(&table, base, err)) < 0)
            break;
    }
    csv_close(&table.csv);
    free(table.share);
    return found;
}

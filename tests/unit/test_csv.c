/* CSV: what is printed reads back whatever it holds, and whatever bytes there are, reading ends
 * within them. */
#include "formats/csv.h"

#include "base/text.h"

#include <stdio.h>

#include "support.h"

enum { COLUMNS = 4, RECORDS = 5, LONGEST = 8 };

/* A copy as csv_open wants it, with nothing behind the zero byte. */
static char *copy_of(const char *bytes, size_t n) {
    char *copy = malloc(n + 1);
    assert_non_null(copy);
    memcpy(copy, bytes, n);
    copy[n] = 0;
    return copy;
}

static void random_field(struct rng *rng, char *field) {
    static const char *const pieces[] = {"\"", ",", ";", "\t", "\n", "\r\n", "\r", " ", "é", "x"};
    int n = between(rng, 0, LONGEST);
    field[0] = 0;
    for (int i = 0; i < n; i++)
        strcat(field, pieces[rng_below(rng, sizeof pieces / sizeof *pieces)]);
}

/* A field as csv_next reads it back, in quotes where it needs them. */
static void print_field(struct text *text, const char *field, char separator) {
    bool plain = *field && !strchr(field, separator) && !strpbrk(field, "\"\r\n");
    if (plain) {
        text_string(text, field);
        return;
    }
    text_string(text, "\"");
    for (const char *at = field; *at; at++) {
        text_string(text, *at == '"' ? "\"" : "");
        text_bytes(text, at, 1);
    }
    text_string(text, "\"");
}

/* Random fields below plain headings, which settle the separator. */
static void print_table(struct rng *rng, char separator, const char *end, struct text *text,
                        char fields[RECORDS][COLUMNS][4 * LONGEST]) {
    for (int r = 0; r < RECORDS; r++)
        for (int c = 0; c < COLUMNS; c++) {
            random_field(rng, fields[r][c]);
            if (r == 0)
                snprintf(fields[r][c], 4 * LONGEST, "heading %d", c);
            print_field(text, fields[r][c], separator);
            bool last = c == COLUMNS - 1, whole = r < RECORDS - 1 || rng_below(rng, 2);
            text_bytes(text, &separator, last ? 0 : 1);
            text_string(text, last && whole ? end : "");
        }
}

/* In one piece, or two of whole records. */
static void random_tables_read_back(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    struct err err;
    for (int i = 0; i < 30000; i++) {
        char fields[RECORDS][COLUMNS][4 * LONGEST];
        struct text text = {0};
        struct csv csv;
        print_table(&rng, ",;\t"[rng_below(&rng, 3)], rng_below(&rng, 2) ? "\n" : "\r\n", &text,
                    fields);
        size_t cut = csv_whole(text.bytes, (size_t)between(&rng, 0, (int)text.used));
        char *copy = copy_of(text.bytes, text.used), *rest = copy_of(copy + cut, text.used - cut);
        csv_open(&csv, copy, cut ? cut : text.used);
        for (int r = 0; r < RECORDS; r++) {
            int found = csv_next(&csv, &err);
            if (found == 0) {
                csv_go_on(&csv, rest, text.used - cut);
                found = csv_next(&csv, &err);
            }
            assert_int_equal(found, 1);
            assert_int_equal(csv.n_fields, COLUMNS);
            for (int c = 0; c < COLUMNS; c++)
                assert_string_equal(csv.fields[c], fields[r][c]);
        }
        assert_int_equal(csv_next(&csv, &err), 0);
        csv_close(&csv);
        free(copy);
        free(rest);
        text_close(&text);
    }
}

static void whole_records_end_outside_of_quotes(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t whole;
    } cases[] = {{"", 0},         {"a", 0},          {"a\n", 2},       {"a\nb\n,", 4},
                 {"a\n\"b\n", 2}, {"a\n\"b\n\"", 2}, {"\"b\n\"\n", 5}, {"\"\"\"\n\"\nc", 6}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(csv_whole(cases[i].bytes, strlen(cases[i].bytes)), cases[i].whole);
}

/* Bytes that mean something to CSV, and some that do not. */
static void hostile_bytes_end(void **state) {
    (void)state;
    static const char alphabet[] = "\",;\t\n\r\0ax\xef\xbb\xbf";
    struct rng rng = rng_for(2, 0, 0);
    struct err err;
    for (int i = 0; i < 100000; i++) {
        char bytes[24];
        int n = between(&rng, 0, sizeof bytes), found;
        for (int k = 0; k < n; k++)
            bytes[k] = alphabet[rng_below(&rng, sizeof alphabet - 1)];
        char *copy = copy_of(bytes, (size_t)n);
        struct csv csv;
        size_t line = 0, read = 0;
        csv_open(&csv, copy, (size_t)n);
        while ((found = csv_next(&csv, &err)) > 0) {
            assert_true(csv.n_fields > 0 && csv.line > line);
            line = csv.line;
            for (int k = 0; k < csv.n_fields; k++)
                read += strlen(csv.fields[k]) + 1;
        }
        assert_true(read <= (size_t)n + 1);
        if (found < 0)
            assert_contains(err.text, "line ");
        csv_close(&csv);
        free(copy);
    }
}

/* "a|b/c|d": fields and records, or the message. */
static void check(const char *bytes, size_t n, const char *expected) {
    struct text text = {0};
    struct err err;
    struct csv csv;
    char *copy = copy_of(bytes, n);
    int found;
    csv_open(&csv, copy, n);
    for (bool first = true; (found = csv_next(&csv, &err)) > 0; first = false)
        for (int k = 0; k < csv.n_fields; k++)
            text_format(&text, "%s%s", k > 0 ? "|" : first ? "" : "/", csv.fields[k]);
    assert_string_equal(found < 0 ? err.text : text_terminate(&text), expected);
    csv_close(&csv);
    free(copy);
    text_close(&text);
}

static void check_text(const char *text, const char *expected) {
    check(text, strlen(text), expected);
}

static void tables_are_read(void **state) {
    (void)state;
    check_text("", "");
    check_text("\n\r\n", "");
    check_text("a,b\nc,d\n", "a|b/c|d");
    check_text("a,b\r\nc,d", "a|b/c|d");
    check_text("\xef\xbb\xbf"
               "a,b\n",
               "a|b");
    check_text("a,b\n\n\nc,d\n", "a|b/c|d");
    check_text("a,\n,b\n", "a|/|b");
    check_text("\"a,\"\"b\"\"\",\"c\nd\"\n", "a,\"b\"|c\nd");
    check_text("\"\"\n\"\"\n", "/");
    check_text("a;b\nc,d;e\n", "a|b/c,d|e");
    check_text("a\tb\nc;d\te\n", "a|b/c;d|e");
    check_text("\"a;b\"\tc\n", "a;b|c");
    check_text(" a , b \n", " a | b ");
}

static void broken_tables_are_refused(void **state) {
    (void)state;
    check_text("a,b\nc,\"d\n", "line 2: field 2 begins with a quote, and none ends it");
    check_text("a\n\"b\nc\"d,e\n", "line 2: field 1 goes on after the quote that ends it");
    check_text("a\n\nb\"c\"\n", "line 3: a quote within field 1; put the field in quotes and write "
                                "the quote twice");
    check_text("a,b\rc,d\r", "line 1: a carriage return without a line feed in field 2");
    check("a,b\0c\n", 6, "line 1: a zero byte in field 2; CSV is expected as UTF-8 text");
    check("a,\"b\0c\"\n", 8, "line 1: a zero byte in field 2; CSV is expected as UTF-8 text");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_tables_read_back),
        cmocka_unit_test(whole_records_end_outside_of_quotes),
        cmocka_unit_test(hostile_bytes_end),
        cmocka_unit_test(tables_are_read),
        cmocka_unit_test(broken_tables_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

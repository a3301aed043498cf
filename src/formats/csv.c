#include "formats/csv.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MAX = 1 << 21 }; // of one record

/* Outside of quotes, in the first line. */
static bool first_line_has(const struct csv *csv, char separator) {
    bool quoted = false;
    for (const char *at = csv->at; at < csv->end && (quoted || *at != '\n'); at++) {
        quoted ^= *at == '"';
        if (!quoted && *at == separator)
            return true;
    }
    return false;
}

void csv_open(struct csv *csv, char *bytes, size_t size) {
    size_t mark = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    *csv = (struct csv){.at = bytes + mark, .end = bytes + size};
    csv->separator = first_line_has(csv, ',')    ? ','
                     : first_line_has(csv, ';')  ? ';'
                     : first_line_has(csv, '\t') ? '\t'
                                                 : ',';
}

void csv_go_on(struct csv *csv, char *bytes, size_t size) {
    csv->at = bytes;
    csv->end = bytes + size;
}

size_t csv_whole(const char *bytes, size_t n) {
    const char *end = bytes + n, *whole = bytes;
    bool quoted = false;
    for (const char *at = bytes; at < end; quoted = !quoted) {
        const char *quote = memchr(at, '"', (size_t)(end - at));
        size_t run = (size_t)((quote ? quote : end) - at);
        const char *last = quoted ? NULL : memrchr(at, '\n', run);
        whole = last ? last + 1 : whole;
        at += run + 1;
    }
    return (size_t)(whole - bytes);
}

void csv_close(struct csv *csv) {
    free(csv->fields);
}

/* Bytes of the line end that stands at `at`; 0 where none does. */
static size_t line_end(const struct csv *csv, const char *at) {
    return *at == '\n' ? 1 : *at == '\r' && csv->end - at > 1 && at[1] == '\n' ? 2 : 0;
}

static void skip_empty_lines(struct csv *csv) {
    for (size_t n; csv->at < csv->end && (n = line_end(csv, csv->at)) > 0; csv->at += n)
        csv->lines++;
}

static int add_field(struct csv *csv, char *field, struct err *err) {
    if (csv->n_fields == FIELDS_MAX)
        return fail(err, "line %zu: more than %d fields", csv->line, FIELDS_MAX);
    csv->fields = must_grow(csv->fields, (size_t)csv->n_fields, &csv->room, sizeof *csv->fields);
    csv->fields[csv->n_fields++] = field;
    return 0;
}

/* A field in quotes, whose opening quote has been read; *end: where its text ends. */
static int read_quoted(struct csv *csv, char **end, struct err *err) {
    char *to = csv->at;
    for (char *at = csv->at; at < csv->end; at++) {
        if (*at == '"' && at[1] != '"') {
            *end = to;
            csv->at = at + 1;
            return 0;
        }
        at += *at == '"';
        csv->lines += *at == '\n';
        *to++ = *at;
    }
    return fail(err, "line %zu: field %d begins with a quote, and none ends it", csv->line,
                csv->n_fields + 1);
}

static int read_plain(struct csv *csv, char **end, struct err *err) {
    char *at = csv->at;
    for (; at < csv->end && *at != csv->separator && line_end(csv, at) == 0; at++) {
        if (*at == '"')
            return fail(err,
                        "line %zu: a quote within field %d; put the field in quotes and write the "
                        "quote twice",
                        csv->line, csv->n_fields + 1);
        if (*at == '\r')
            return fail(err, "line %zu: a carriage return without a line feed in field %d",
                        csv->line, csv->n_fields + 1);
    }
    *end = csv->at = at;
    return 0;
}

/* One field and what ends it. 1: another field follows, 0: the record ends. */
static int read_field(struct csv *csv, struct err *err) {
    bool quoted = csv->at < csv->end && *csv->at == '"';
    char *field = csv->at += quoted, *end = field;
    if ((quoted ? read_quoted : read_plain)(csv, &end, err) < 0 || add_field(csv, field, err) < 0)
        return -1;
    if (memchr(field, 0, (size_t)(end - field)))
        return fail(err, "line %zu: a zero byte in field %d; CSV is expected as UTF-8 text",
                    csv->line, csv->n_fields);
    bool more = csv->at < csv->end && *csv->at == csv->separator;
    size_t last = csv->at < csv->end ? line_end(csv, csv->at) : 0;
    if (csv->at < csv->end && !more && last == 0)
        return fail(err, "line %zu: field %d goes on after the quote that ends it", csv->line,
                    csv->n_fields);
    csv->at += more ? 1 : last;
    csv->lines += last > 0;
    *end = 0;
    return more;
}

int csv_next(struct csv *csv, struct err *err) {
    skip_empty_lines(csv);
    csv->line = csv->lines + 1;
    csv->n_fields = 0;
    if (csv->at == csv->end)
        return 0;
    for (;;) {
        int more = read_field(csv, err);
        if (more <= 0)
            return more < 0 ? -1 : 1;
    }
}

/* CSV: records of fields, as RFC 4180 has it. A field that holds separators, quotes or line ends
 * stands in double quotes, a quote inside it doubled; lines end with LF or CR LF. Beyond it: a
 * byte order mark is passed over, empty lines too, and the separator may be a semicolon or a tab.
 * Takes bytes; opens no file. */
#ifndef MIXSMITH_CSV_H
#define MIXSMITH_CSV_H

#include "base/fail.h"

#include <stddef.h>

struct csv {
    char *at, *end; // what is not yet read
    char separator;
    size_t line;   // where the record at hand begins, from 1
    size_t lines;  // line ends read so far
    char **fields; // (n_fields) of the record at hand; they lie in the caller's bytes
    int n_fields;
    size_t room; // for fields
};

/* bytes: (size) followed by a zero byte, or whole records; fields are cut out of them in place. The
 * separator is the comma, unless the first line has none but a semicolon, or a tab. */
void csv_open(struct csv *csv, char *bytes, size_t size);

/* The bytes that follow, after the last of those before. */
void csv_go_on(struct csv *csv, char *bytes, size_t size);

/* Bytes of the whole records that n bytes begin with: up to the last line end outside of quotes. */
size_t csv_whole(const char *bytes, size_t n);

/* 1: a record, 0: the end, -1: neither. Messages name the line but not the file. */
int csv_next(struct csv *csv, struct err *err);

void csv_close(struct csv *csv);

#endif

/* Lines of a text file, one after the other, in memory that does not grow with the file. */
#ifndef MIXSMITH_LINES_H
#define MIXSMITH_LINES_H

#include "base/fail.h"

#include <stdbool.h>
#include <stdint.h>

enum { LINE_BYTES_MAX = 1 << 26 };

struct lines {
    const char *path; // the caller's, for messages
    int fd;
    char *bytes; // (size) what was read of the file and not given out yet lies in from..to-1
    size_t size, from, to;
    uint64_t number; // of the line last given out, from 1
};

/* lines_close follows in any case. */
int lines_open(struct lines *lines, const char *path, struct err *err);

/* The next line without its end, valid until the next call; *more is false after the last one,
 * which may lack its end. -1: reading failed, or a line of more than LINE_BYTES_MAX. */
int lines_next(struct lines *lines, const char **line, size_t *n, bool *more, struct err *err);

void lines_close(struct lines *lines);

#endif

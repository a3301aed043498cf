#include "base/lines.h"

#include "base/files.h"
#include "base/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_SIZE = 1 << 16 };

int lines_open(struct lines *lines, const char *path, struct err *err) {
    uint64_t ignored;
    *lines = (struct lines){.path = path};
    lines->fd = file_open(path, &ignored, err);
    return lines->fd < 0 ? -1 : 0;
}

void lines_close(struct lines *lines) {
    if (lines->fd >= 0)
        close(lines->fd);
    free(lines->bytes);
}

/* Makes room behind what is there already. */
static int make_room(struct lines *lines, struct err *err) {
    if (lines->from > 0)
        memmove(lines->bytes, lines->bytes + lines->from, lines->to - lines->from);
    lines->to -= lines->from;
    lines->from = 0;
    if (lines->to < lines->size)
        return 0;
    if (lines->size >= LINE_BYTES_MAX)
        return fail(err, "%s: line %llu has more than %d bytes", lines->path,
                    (unsigned long long)lines->number + 1, LINE_BYTES_MAX);
    lines->size = lines->size ? lines->size * 2 : FIRST_SIZE;
    lines->bytes = must_realloc(lines->bytes, lines->size);
    return 0;
}

/* Reads on; *more is false at the end of the file. */
static int read_on(struct lines *lines, bool *more, struct err *err) {
    ssize_t got;
    if (make_room(lines, err) < 0)
        return -1;
    do
        got = read(lines->fd, lines->bytes + lines->to, lines->size - lines->to);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return fail(err, "%s: %s", lines->path, strerror(errno));
    lines->to += (size_t)got;
    *more = got > 0;
    return 0;
}

int lines_next(struct lines *lines, const char **line, size_t *n, bool *more, struct err *err) {
    const char *end = NULL;
    size_t seen = 0; // bytes that hold no line's end
    *more = true;
    for (;;) {
        size_t held = lines->to - lines->from;
        if (held > seen)
            end = memchr(lines->bytes + lines->from + seen, '\n', held - seen);
        seen = held;
        if (end || !*more)
            break;
        if (read_on(lines, more, err) < 0)
            return -1;
    }
    *more = end || seen > 0;
    *line = lines->bytes + lines->from;
    *n = end ? (size_t)(end - *line) : seen;
    lines->from += *n + (end != NULL);
    lines->number += *more;
    return 0;
}

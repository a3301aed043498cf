#include "base/pieces.h"

#include "base/files.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_ROOM = 1 << 19 }; // doubled until a record fits

int pieces_open(struct pieces *pieces, const char *path, struct err *err) {
    *pieces = (struct pieces){.path = path};
    pieces->fd = file_open(path, &pieces->size, err);
    return pieces->fd < 0 ? -1 : 0;
}

void pieces_close(struct pieces *pieces) {
    if (pieces->fd >= 0)
        close(pieces->fd);
    free(pieces->bytes);
}

/* Reads on behind what is there, which fills less than the room. */
static int fill(struct pieces *pieces, struct err *err) {
    uint64_t left = pieces->size - pieces->read;
    size_t room = pieces->room - pieces->to, n = left < room ? (size_t)left : room;
    if (file_read_at(pieces->fd, pieces->path, pieces->bytes + pieces->to, n, pieces->read, err) <
        0)
        return -1;
    pieces->read += n;
    pieces->to += n;
    pieces->bytes[pieces->to] = 0;
    return 0;
}

/* More room, for a record that fills what there is. */
static int grow(struct pieces *pieces, struct err *err) {
    if (pieces->room == RECORD_BYTES_MAX)
        return fail(err, "%s: the record at byte %llu has more than %d bytes", pieces->path,
                    (unsigned long long)(pieces->read - pieces->to), RECORD_BYTES_MAX);
    pieces->room = pieces->room ? 2 * pieces->room : FIRST_ROOM;
    pieces->bytes = must_realloc(pieces->bytes, pieces->room + 1);
    return 0;
}

int pieces_next(struct pieces *pieces, pieces_whole *whole, char **piece, size_t *n,
                struct err *err) {
    size_t held = pieces->to - pieces->from;
    if (held > 0)
        memmove(pieces->bytes, pieces->bytes + pieces->from, held);
    pieces->from = 0;
    pieces->to = held;
    do {
        if (pieces->to == pieces->room && grow(pieces, err) < 0)
            return -1;
        if (fill(pieces, err) < 0)
            return -1;
        *n = pieces->read < pieces->size ? whole(pieces->bytes, pieces->to) : pieces->to;
    } while (*n == 0 && pieces->read < pieces->size);
    *piece = pieces->bytes;
    pieces->from = *n;
    return *n > 0;
}

size_t pieces_lines(const char *bytes, size_t n) {
    const char *last = memrchr(bytes, '\n', n);
    return last ? (size_t)(last - bytes) + 1 : 0;
}

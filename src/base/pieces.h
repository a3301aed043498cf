/* Pieces of a regular file of text, one after the other, each of whole records: in memory that does
 * not grow with the file, but only with its longest record. */
#ifndef MIXSMITH_PIECES_H
#define MIXSMITH_PIECES_H

#include "base/fail.h"

#include <stddef.h>
#include <stdint.h>

enum { RECORD_BYTES_MAX = 1 << 26 };

struct pieces {
    const char *path; // the caller's, for messages
    int fd;
    uint64_t size, read; // bytes of the file
    char *bytes;         // (room + 1) what was read and not given out yet lies in from..to-1
    size_t room, from, to;
};

/* pieces_close follows in any case. */
int pieces_open(struct pieces *pieces, const char *path, struct err *err);

/* Bytes of the records at the beginning of n bytes that are whole; 0: not one. */
typedef size_t pieces_whole(const char *bytes, size_t n);

/* 1: the next piece, at least one record, valid until the next call; the last may lack its end, and
 * a zero byte follows it. The caller may change the piece. 0: there is none, -1: reading failed, or
 * a record has more than RECORD_BYTES_MAX. */
int pieces_next(struct pieces *pieces, pieces_whole *whole, char **piece, size_t *n,
                struct err *err);

void pieces_close(struct pieces *pieces);

/* Records that are a line each. */
size_t pieces_lines(const char *bytes, size_t n);

#endif

/* A walk over the files in a tar archive, in the order in which they stand there: names of any
 * length, in the forms of POSIX and of GNU. Folders are passed over; links, devices and files with
 * holes, which hold no data of their own, are refused, and so are names that lead out of the
 * archive. A missing end is accepted where a member ends, a member that is cut is not; what follows
 * the end is ignored: all as GNU tar does. */
#ifndef MIXSMITH_TAR_WALK_H
#define MIXSMITH_TAR_WALK_H

#include "base/text.h"
#include "sources/archives/tar_bytes.h"

struct tar_walk {
    struct tar_bytes bytes;
    uint64_t next; // header after the member at hand
    bool ended;
    /* the member at hand */
    struct text path; // its name, terminated
    uint64_t header;  // byte at which it begins
    uint64_t data;    // byte at which its data begin
    uint64_t data_size;
};

/* bytes: opened, then owned by the walk. */
void tar_walk_open(struct tar_walk *walk, const struct tar_bytes *bytes);
void tar_walk_close(struct tar_walk *walk);

/* 1: a file is at hand; 0: the archive is at its end, and so it stays; -1: an error. */
int tar_walk_next(struct tar_walk *walk, struct err *err);

/* The data of the file at hand; at most once for each. What is set is owned by the caller, after an
 * error too. Memory grows with the data that come, not with what the header promises. */
int tar_walk_data(struct tar_walk *walk, uint8_t **bytes, struct err *err);

#endif

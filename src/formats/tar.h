/* Tar archives, one header block at a time: POSIX ustar (IEEE 1003.1, pax, "ustar Interchange
 * Format") is written; the older V7 and GNU forms are read as well. An archive is a row of members,
 * each a header block, then its data padded to whole blocks; blocks of zeros end it. Takes bytes
 * and gives bytes; any thread may call it. */
#ifndef MIXSMITH_TAR_H
#define MIXSMITH_TAR_H

#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TAR_BLOCK = 512,         // bytes
    TAR_END = 2 * TAR_BLOCK, // bytes of zeros at the end
    TAR_NAME = 100,          // bytes of a name without a prefix, not terminated
    TAR_PREFIX = 155,        // bytes of folders before it
};

/* The type flags of POSIX, and those that GNU tar adds. */
enum tar_type {
    TAR_FILE = '0',
    TAR_HARD_LINK = '1',
    TAR_SYMBOLIC_LINK = '2',
    TAR_CHARACTER_DEVICE = '3',
    TAR_BLOCK_DEVICE = '4',
    TAR_FOLDER = '5',
    TAR_FIFO = '6',
    TAR_RECORDS = 'x',        // pax records for the next member
    TAR_GLOBAL_RECORDS = 'g', // pax records for all that follow
    TAR_LONG_NAME = 'L',      // its data is the name of the next member
    TAR_LONG_LINK = 'K',
    TAR_SPARSE = 'S',
    TAR_VOLUME_LABEL = 'V',
};

struct tar_member {
    char name[TAR_PREFIX + 1 + TAR_NAME + 1]; // bytes as they stand there
    uint64_t size;                            // bytes of data, below 2^63
    int type;                                 // enum tar_type, or another letter
};

/* The header of a file of `size` bytes, readable by all, of no owner and of no time: the same bytes
 * that Python's tarfile writes. name: (length) bytes; up to TAR_NAME fit always, more where they
 * can be split at a slash. -1: the name does not fit, or 8 GiB and more. */
int tar_header(uint8_t block[TAR_BLOCK], const char *name, size_t length, uint64_t size,
               struct err *err);

/* Bytes of zeros after `size` bytes of data, up to a whole block. */
static inline uint32_t tar_padding(uint64_t size) {
    return (uint32_t)(-size % TAR_BLOCK);
}

/* Whether the block is one of zeros, which ends an archive. */
bool tar_is_end(const uint8_t block[TAR_BLOCK]);

/* Whether its checksum makes it a header. */
bool tar_is_header(const uint8_t block[TAR_BLOCK]);

/* -1: the checksum is wrong, or the size is no number. Messages do not name the archive. */
int tar_parse(const uint8_t block[TAR_BLOCK], struct tar_member *member, struct err *err);

#endif

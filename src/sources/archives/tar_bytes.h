/* The bytes of an archive: of a file, which are read where they are wanted, or of a stream, which
 * are read once from its beginning. */
#ifndef MIXSMITH_TAR_BYTES_H
#define MIXSMITH_TAR_BYTES_H

#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TAR_AHEAD = 1 << 13 }; // bytes of a file that are read at once: small members lie together

struct tar_bytes {
    const char *archive; // its name; owned by the caller
    int fd;              // owned by the caller
    bool stream;
    uint64_t size;  // of the archive; UINT64_MAX: not known
    uint64_t at;    // byte that is taken next
    uint8_t *ahead; // (TAR_AHEAD) of a file: what was read last,
    uint64_t ahead_at;
    size_t ahead_size; // where it stands, and how much it is
};

/* size: of the archive, a regular file open for reading. */
void tar_bytes_file(struct tar_bytes *bytes, const char *archive, int fd, uint64_t size);
void tar_bytes_stream(struct tar_bytes *bytes, const char *archive, int fd);
void tar_bytes_close(struct tar_bytes *bytes);

/* The next n bytes, or fewer where the archive ends; *got: how many. The size of a stream is known
 * from then on. */
int tar_bytes_take(struct tar_bytes *bytes, void *to, size_t n, size_t *got, struct err *err);

/* Passes over all bytes before `next`, or as many as there are. */
int tar_bytes_pass(struct tar_bytes *bytes, uint64_t next, struct err *err);

/* n bytes of a file that holds them, wherever they stand. */
int tar_bytes_read(struct tar_bytes *bytes, void *to, size_t n, uint64_t at, struct err *err);

#endif

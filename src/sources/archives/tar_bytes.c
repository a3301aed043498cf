#include "sources/archives/tar_bytes.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/memory.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void tar_bytes_file(struct tar_bytes *bytes, const char *archive, int fd, uint64_t size) {
    *bytes = (struct tar_bytes){.archive = archive, .fd = fd, .size = size};
    bytes->ahead = must_calloc(TAR_AHEAD, 1);
}

void tar_bytes_stream(struct tar_bytes *bytes, const char *archive, int fd) {
    *bytes = (struct tar_bytes){.archive = archive, .fd = fd, .stream = true, .size = UINT64_MAX};
}

void tar_bytes_close(struct tar_bytes *bytes) {
    free(bytes->ahead);
}

static bool is_ahead(const struct tar_bytes *bytes, size_t n, uint64_t at) {
    return at >= bytes->ahead_at && at + n <= bytes->ahead_at + bytes->ahead_size;
}

static int read_ahead(struct tar_bytes *bytes, uint64_t at, struct err *err) {
    uint64_t left = bytes->size - at;
    size_t n = left < TAR_AHEAD ? (size_t)left : TAR_AHEAD;
    bytes->ahead_size = 0;
    if (file_read_at(bytes->fd, bytes->archive, bytes->ahead, n, at, err) < 0)
        return -1;
    bytes->ahead_at = at;
    bytes->ahead_size = n;
    return 0;
}

int tar_bytes_read(struct tar_bytes *bytes, void *to, size_t n, uint64_t at, struct err *err) {
    if (n == 0)
        return 0;
    if (n > TAR_AHEAD)
        return file_read_at(bytes->fd, bytes->archive, to, n, at, err);
    if (!is_ahead(bytes, n, at) && read_ahead(bytes, at, err) < 0)
        return -1;
    memcpy(to, bytes->ahead + (at - bytes->ahead_at), n);
    return 0;
}

static int take_from_stream(struct tar_bytes *bytes, uint8_t *to, size_t n, size_t *got,
                            struct err *err) {
    for (*got = 0; *got < n;) {
        interrupt_wait(bytes->fd, POLLIN, 0);
        if (interrupt_check(err) < 0)
            return -1;
        ssize_t more = read(bytes->fd, to + *got, n - *got);
        if (more < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (more < 0)
            return fail(err, "%s: %s", bytes->archive, strerror(errno));
        if (more == 0) {
            bytes->size = bytes->at + *got;
            return 0;
        }
        *got += (size_t)more;
    }
    return 0;
}

static int take_from_file(struct tar_bytes *bytes, uint8_t *to, size_t n, size_t *got,
                          struct err *err) {
    uint64_t left = bytes->size > bytes->at ? bytes->size - bytes->at : 0;
    *got = left < n ? (size_t)left : n;
    return tar_bytes_read(bytes, to, *got, bytes->at, err);
}

int tar_bytes_take(struct tar_bytes *bytes, void *to, size_t n, size_t *got, struct err *err) {
    if ((bytes->stream ? take_from_stream : take_from_file)(bytes, to, n, got, err) < 0)
        return -1;
    bytes->at += *got;
    return 0;
}

int tar_bytes_pass(struct tar_bytes *bytes, uint64_t next, struct err *err) {
    uint8_t passed[1 << 12];
    size_t got = 1;
    if (!bytes->stream)
        bytes->at = next;
    while (bytes->at < next && got > 0) {
        uint64_t left = next - bytes->at;
        size_t n = left < sizeof passed ? (size_t)left : sizeof passed;
        if (tar_bytes_take(bytes, passed, n, &got, err) < 0)
            return -1;
    }
    return 0;
}

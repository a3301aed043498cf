#include "base/files.h"

#include "base/interrupt.h"
#include "base/words.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    BUFFERS_AT_ONCE = 256,
    BYTES_AT_ONCE = 1 << 26, // that a signal waits for
    BEHIND_BYTES = 1 << 18,  // fewer are not worth a request
    PATIENCE = 1000,         // milliseconds that a reader has after a signal
};

enum file_kind file_kind(const char *path) {
    struct stat status;
    if (stat(path, &status) < 0)
        return FILE_MISSING;
    return S_ISREG(status.st_mode)   ? FILE_REGULAR
           : S_ISDIR(status.st_mode) ? FILE_FOLDER
                                     : FILE_ELSE;
}

int file_open(const char *path, uint64_t *size, struct err *err) {
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return fail(err, "%s: %s", path, strerror(errno));
    struct stat status;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
        *size = (uint64_t)status.st_size;
        return fd;
    }
    close(fd);
    return fail(err, "%s: not a regular file", path);
}

int file_read_at(int fd, const char *path, void *bytes, size_t n, uint64_t offset,
                 struct err *err) {
    size_t done = 0;
    while (done < n) {
        size_t want = n - done < BYTES_AT_ONCE ? n - done : BYTES_AT_ONCE;
        ssize_t got = pread(fd, (uint8_t *)bytes + done, want, (off_t)(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(err, "%s: %s", path, strerror(errno));
        if (got == 0)
            return fail(err, "%s: ends at byte %zu, where %zu more %s expected", path,
                        (size_t)offset + done, n - done, n - done == 1 ? "was" : "were");
        done += (size_t)got;
        if (done < n && interrupt_check(err) < 0)
            return -1;
    }
    return 0;
}

bool file_is_cached_at(int fd, uint64_t offset) {
    char byte;
    struct iovec vector = {&byte, 1};
    return preadv2(fd, &vector, 1, (off_t)offset, RWF_NOWAIT) >= 0 || errno != EAGAIN;
}

int file_read(const char *path, size_t most, struct arena *arena, uint8_t **bytes, size_t *size,
              struct err *err) {
    uint64_t whole;
    int fd = file_open(path, &whole, err);
    if (fd < 0)
        return -1;
    *size = whole < most ? (size_t)whole : most;
    *bytes = arena_take(arena, *size + 1);
    int result = file_read_at(fd, path, *bytes, *size, 0, err);
    close(fd);
    if (result == 0)
        (*bytes)[*size] = 0;
    return result;
}

/* After a write that took nothing: whether to try again, when there is room. A reader that does not
 * read must not keep a run from ending after a signal. */
static int recover(int fd, const char *name, size_t n, ssize_t put, struct err *err) {
    int error = put < 0 ? errno : EIO;
    if (error == EINTR || (error == EAGAIN && interrupt_wait(fd, POLLOUT, PATIENCE)))
        return 0;
    if (error == EAGAIN)
        return fail(err, "interrupted");
    fail(err, "%s: cannot write %zu byte%s: %s", name, n, s_of(n), strerror(error));
    err->reader_gone = error == EPIPE;
    return -1;
}

/* After n bytes more: a disk begins to write what it has not yet, so that a flush at the end has
 * little left to wait for. Nothing happens where there is no disk. */
static void write_behind(int fd, size_t n) {
    if (n >= BEHIND_BYTES)
        sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

int file_write(int fd, const char *name, const void *bytes, size_t n, struct err *err) {
    size_t done = 0;
    while (done < n) {
        ssize_t put = write(fd, (const uint8_t *)bytes + done, n - done);
        if (put > 0)
            done += (size_t)put;
        else if (recover(fd, name, n - done, put, err) < 0)
            return -1;
    }
    write_behind(fd, n);
    return 0;
}

int file_close(int fd, const char *name, int result, struct err *err) {
    if (fd >= 0 && close(fd) < 0 && result == 0)
        return fail(err, "%s: cannot close: %s", name, strerror(errno));
    return result;
}

/* The buffers, but for the first `done` bytes of the first; the bytes that they take. */
static size_t list_buffers(const struct buffer *buffers, int n, size_t done, struct iovec *vector) {
    size_t bytes = 0;
    for (int i = 0; i < n; i++, done = 0) {
        vector[i].iov_base = (uint8_t *)buffers[i].bytes + done;
        vector[i].iov_len = buffers[i].n - done;
        bytes += vector[i].iov_len;
    }
    return bytes;
}

int file_write_buffers(int fd, const char *name, const struct buffer *buffers, size_t n,
                       struct err *err) {
    struct iovec vector[BUFFERS_AT_ONCE];
    size_t written = 0;
    for (size_t at = 0, done = 0; at < n;) {
        int now = n - at < BUFFERS_AT_ONCE ? (int)(n - at) : BUFFERS_AT_ONCE;
        size_t bytes = list_buffers(buffers + at, now, done, vector);
        ssize_t put = bytes > 0 ? writev(fd, vector, now) : 0;
        if (put > 0)
            done += (size_t)put;
        else if (bytes > 0 && recover(fd, name, bytes, put, err) < 0)
            return -1;
        written += put > 0 ? (size_t)put : 0;
        for (; at < n && done >= buffers[at].n; at++)
            done -= buffers[at].n;
    }
    write_behind(fd, written);
    return 0;
}

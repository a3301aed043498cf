#include "sinks/label_output.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/streams.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BETWEEN_TRIES = 50, // milliseconds
    UTF8_MOST = 4,      // bytes of a character
};

static const float SHARE_MAX = 1.00001F; // which rounding may make of 1

/* n: up to ARCHIVE_HEAD; text that goes on behind them may be cut within a character. */
static bool is_text(const uint8_t *bytes, size_t n) {
    char text[ARCHIVE_HEAD + 1] = {0};
    size_t at = 0;
    memcpy(text, bytes, n);
    for (int length; (length = utf8_length(text + at)) > 0;)
        at += (size_t)length;
    return at == n || (n == ARCHIVE_HEAD && n - at < UTF8_MOST);
}

/* Labels have no header. But each number is a share, and no text has bytes like theirs. */
static bool are_labels(const uint8_t *bytes, size_t n) {
    for (size_t at = 0; at + sizeof(float) <= n; at += sizeof(float)) {
        float share;
        memcpy(&share, bytes + at, sizeof share);
        if (!(share >= 0 && share <= SHARE_MAX))
            return false;
    }
    return n >= sizeof(float) && !is_text(bytes, n);
}

static bool is_in_place(const char *path) {
    return descriptor_named(path) >= 0 || file_kind(path) == FILE_ELSE;
}

/* What standard output writes to would lose its name to the labels. */
int label_output_check(const char *path, bool force, struct err *err) {
    if (is_in_place(path))
        return 0;
    if (path_is_same(path, "/dev/fd/1"))
        return fail(err, "--labels-to %s: standard output goes there", path);
    if (archive_check(path, force, are_labels, err) < 0) {
        struct err why = *err;
        return fail(err, "--labels-to %s", why.text);
    }
    return 0;
}

static bool is_fifo(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISFIFO(status.st_mode);
}

/* Waits for the reader of a FIFO, who must not keep a run from ending after a signal. Nor do writes
 * wait then: see pipe_reopen. */
static int open_device(const char *path, struct err *err) {
    int flags = O_WRONLY | O_NONBLOCK | O_CLOEXEC, fd;
    while ((fd = open(path, flags)) < 0 && errno == ENXIO && is_fifo(path)) {
        if (interrupt_check(err) < 0)
            return -1;
        poll(NULL, 0, BETWEEN_TRIES);
    }
    return fd < 0 ? fail(err, "%s: cannot open for labels: %s", path, strerror(errno)) : fd;
}

/* One of our own, in its place. Descriptors that are closed by exec were not handed over. */
static int open_descriptor(int given, const char *path, struct err *err) {
    int flags = fcntl(given, F_GETFD), fd = -1;
    if (flags >= 0 && !(flags & FD_CLOEXEC))
        fd = fcntl(given, F_DUPFD_CLOEXEC, 0);
    if (fd < 0)
        return fail(err, "%s: cannot open for labels: %s", path, strerror(EBADF));
    int own = pipe_reopen(fd);
    if (own != fd)
        close(fd);
    return own;
}

int label_output_open(struct label_output *labels, const char *path, bool force, struct err *err) {
    int given = descriptor_named(path);
    *labels = (struct label_output){.path = path, .fd = -1};
    if (given >= 0) {
        labels->fd = open_descriptor(given, path, err);
    } else if (is_in_place(path)) {
        labels->fd = open_device(path, err);
    } else {
        if (archive_open(&labels->archive, path, force, are_labels, err) < 0)
            return -1;
        labels->fd = labels->archive.fd;
    }
    return labels->fd < 0 ? -1 : 0;
}

int label_output_close(struct label_output *labels, bool keep, struct err *err) {
    int fd = labels->fd;
    labels->fd = -1;
    if (fd < 0)
        return 0;
    if (!labels->archive.path)
        return file_close(fd, labels->path, 0, err);
    if (keep)
        return archive_commit(&labels->archive, err);
    archive_abandon(&labels->archive);
    return 0;
}

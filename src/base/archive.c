#include "base/archive.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* An empty file holds nothing that could be lost. */
static bool begins_like_ours(int fd, archive_is_ours *is_ours) {
    uint8_t head[ARCHIVE_HEAD];
    ssize_t n = pread(fd, head, sizeof head, 0);
    return n == 0 || (n > 0 && is_ours(head, (size_t)n));
}

static bool holds_ours(const char *path, archive_is_ours *is_ours) {
    struct err ignored;
    uint64_t size;
    int fd = file_kind(path) == FILE_REGULAR ? file_open(path, &size, &ignored) : -1;
    bool ours = fd >= 0 && begins_like_ours(fd, is_ours);
    if (fd >= 0)
        close(fd);
    return ours;
}

static bool is_called_like_a_folder(const char *path) {
    return ends_with(path, "/") || file_kind(path) == FILE_FOLDER;
}

int archive_check(const char *path, bool force, archive_is_ours *is_ours, struct err *err) {
    if (is_called_like_a_folder(path))
        return fail(err, "%s: names a folder, where a file is to be made; name a file", path);
    int taken = place_look(path, err);
    if (taken <= 0)
        return taken;
    bool ours = holds_ours(path, is_ours);
    return ours && force ? 0 : place_refuse(path, ours, force, err);
}

/* Another run may have given the file its final name between opening and locking. */
static bool is_still_called(int fd, const char *path) {
    struct stat here, there;
    return fstat(fd, &here) == 0 && lstat(path, &there) == 0 && S_ISREG(here.st_mode) &&
           here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

static int take_partial(const char *partial, archive_is_ours *is_ours, struct err *err) {
    int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
    int fd = open(partial, flags, MODE_FILE), result = 0;
    if (fd < 0)
        return fail(err, "%s: cannot create: %s", partial, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) < 0 || !is_still_called(fd, partial))
        result = fail(err, "%s: another run is writing there", partial);
    else if (!begins_like_ours(fd, is_ours))
        result =
            fail(err, "%s: exists, and is not what an interrupted run left; move it away", partial);
    else if (ftruncate(fd, 0) < 0) {
        result = fail(err, "%s: %s", partial, strerror(errno));
        unlink(partial);
    }
    if (result == 0)
        return fd;
    close(fd);
    return -1;
}

static void free_names(struct archive *archive) {
    free(archive->path);
    free(archive->partial);
    *archive = (struct archive){.fd = -1};
}

int archive_open(struct archive *archive, const char *path, bool force, archive_is_ours *is_ours,
                 struct err *err) {
    if (archive_check(path, force, is_ours, err) < 0)
        return -1;
    *archive = (struct archive){.path = must_strdup(path), .replace = force};
    archive->partial = path_partial(path);
    archive->fd = take_partial(archive->partial, is_ours, err);
    if (archive->fd >= 0)
        return 0;
    free_names(archive);
    return -1;
}

int archive_commit(struct archive *archive, struct err *err) {
    int (*move)(const char *, const char *) = archive->replace ? rename : place_take;
    int result = 0;
    if (fsync(archive->fd) < 0)
        result = fail(err, "%s: cannot flush to disk: %s", archive->partial, strerror(errno));
    else if (move(archive->partial, archive->path) < 0)
        result = fail(err, "%s: cannot take this name: %s", archive->path, strerror(errno));
    if (result < 0) {
        archive_abandon(archive);
        return -1;
    }
    result = folder_flush_parent(archive->path, err);
    close(archive->fd);
    free_names(archive);
    return result;
}

void archive_abandon(struct archive *archive) {
    if (archive->fd < 0)
        return;
    unlink(archive->partial);
    close(archive->fd);
    free_names(archive);
}

int archive_write(const char *path, bool force, archive_is_ours *is_ours, const void *bytes,
                  size_t n, struct err *err) {
    struct archive archive;
    if (archive_open(&archive, path, force, is_ours, err) < 0)
        return -1;
    if (file_write(archive.fd, archive.partial, bytes, n, err) == 0)
        return archive_commit(&archive, err);
    archive_abandon(&archive);
    return -1;
}

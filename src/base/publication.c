#include "base/publication.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/place.h"
#include "base/unpublished.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECORD_HEAD = 64 }; // bytes that tell a record of ours

bool publication_is_ours(const char *folder) {
    char *record = path_join(folder, PUBLICATION_RECORD);
    struct arena arena = {0};
    struct err ignored;
    uint8_t *bytes;
    size_t size;
    bool ours = file_read(record, RECORD_HEAD, &arena, &bytes, &size, &ignored) == 0 &&
                strstr((char *)bytes, "\"mixsmith\"") != NULL;
    arena_close(&arena);
    free(record);
    return ours;
}

/* --- opening --- */

static bool is_link(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

int publication_check(const char *path, bool force, bool *replaces, struct err *err) {
    int taken = place_look(path, err);
    *replaces = false;
    if (taken <= 0)
        return taken;
    bool ours = !is_link(path) && (publication_is_ours(path) || folder_is_empty(path));
    if (!ours || !force)
        return place_refuse(path, ours, force, err);
    *replaces = true;
    return 0;
}

/* Takes the lock of the partial folder; a folder that is not ours is left alone. */
static int lock_partial(struct publication *publication, bool fresh, struct err *err) {
    const char *partial = publication->partial;
    int fd = open(partial, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return fail(err, "%s: %s", partial, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        close(fd);
        return fail(err, "%s: another run is writing there", partial);
    }
    if (!fresh && !unpublished_is_marked(fd) && !folder_is_empty(partial)) {
        close(fd);
        return fail(err, "%s: exists, and is not what an interrupted run left; move it away",
                    partial);
    }
    publication->folder = fd;
    return 0;
}

static int make_partial(struct publication *publication, struct err *err) {
    const char *partial = publication->partial;
    for (int attempt = 0; attempt < 2; attempt++) {
        bool fresh = mkdir(partial, MODE_FOLDER) == 0;
        if (!fresh && errno != EEXIST)
            return fail(err, "%s: cannot make this folder: %s", partial, strerror(errno));
        if (lock_partial(publication, fresh, err) < 0)
            return -1;
        if (fresh)
            return unpublished_mark(publication->folder, partial, err);
        unpublished_remove(partial);
        close(publication->folder);
    }
    return fail(err, "%s: what an interrupted run left there cannot be removed", partial);
}

static void free_names(struct publication *publication) {
    free(publication->path);
    free(publication->partial);
    *publication = (struct publication){.folder = -1};
}

int publication_open(struct publication *publication, const char *path, bool force,
                     struct err *err) {
    *publication = (struct publication){.folder = -1};
    publication->path = path_trimmed(path);
    publication->partial = path_partial(publication->path);
    if (publication_check(publication->path, force, &publication->replace, err) == 0 &&
        make_partial(publication, err) == 0)
        return 0;
    free_names(publication);
    return -1;
}

/* --- the end --- */

/* Without a way to swap names: the old output is moved away, back again if that leads nowhere, and
 * removed. For a moment nothing has the name. */
static int replace_in_steps(const char *partial, const char *path) {
    char old[PATH_MAX];
    if (snprintf(old, sizeof old, "%s.old.XXXXXX", path) >= (int)sizeof old) {
        errno = ENAMETOOLONG;
        return -1;
    }
    if (!mkdtemp(old))
        return -1;
    if (rename(path, old) < 0 || rename(partial, path) < 0) {
        int error = errno;
        if (rename(old, path) < 0)
            rmdir(old);
        errno = error;
        return -1;
    }
    unpublished_remove(old);
    return 0;
}

static int swap_names(const char *partial, const char *path) {
    if (renameat2(AT_FDCWD, partial, AT_FDCWD, path, RENAME_EXCHANGE) == 0) {
        unpublished_remove(partial);
        return 0;
    }
    return errno == EINVAL ? replace_in_steps(partial, path) : -1;
}

/* The new for the old, which is marked so that it may go, and keeps no mark where it stays. */
static int exchange(const char *partial, const char *path) {
    struct err ignored;
    int old = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (old < 0)
        return -1;
    int result = unpublished_mark(old, path, &ignored) < 0 ? -1 : swap_names(partial, path);
    int error = errno;
    if (result < 0)
        unpublished_unmark(old);
    close(old);
    errno = error;
    return result;
}

int publication_commit(struct publication *publication, struct err *err) {
    if (syncfs(publication->folder) < 0) {
        fail(err, "%s: cannot flush to disk: %s", publication->partial, strerror(errno));
        publication_abandon(publication);
        return -1;
    }
    int (*move)(const char *, const char *) = publication->replace ? exchange : place_take;
    int moved = move(publication->partial, publication->path);
    if (moved < 0) {
        fail(err, "%s: cannot take this name: %s", publication->path, strerror(errno));
        publication_abandon(publication);
        return -1;
    }
    unpublished_unmark(publication->folder);
    int result = folder_flush_parent(publication->path, err);
    close(publication->folder);
    free_names(publication);
    return result;
}

void publication_abandon(struct publication *publication) {
    if (publication->folder < 0)
        return;
    unpublished_remove(publication->partial);
    close(publication->folder);
    free_names(publication);
}

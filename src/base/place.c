#include "base/place.h"

#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int check_parent(const char *path, struct err *err) {
    char *parent = path_parent(path);
    enum file_kind kind = file_kind(parent);
    int result = 0;
    if (kind == FILE_MISSING)
        result = fail(err, "%s: the folder %s does not exist; make it first", path, parent);
    else if (kind != FILE_FOLDER)
        result = fail(err, "%s: %s is no folder; choose another place", path, parent);
    else if (access(parent, W_OK | X_OK) < 0)
        result = fail(err, "%s: the folder %s cannot be written to (%s); choose another place",
                      path, parent, strerror(errno));
    free(parent);
    return result;
}

int place_look(const char *path, struct err *err) {
    struct stat status;
    if (lstat(path, &status) == 0)
        return 1;
    int error = errno;
    if (check_parent(path, err) < 0)
        return -1;
    return error == ENOENT ? 0 : fail(err, "%s: %s", path, strerror(error));
}

int place_refuse(const char *path, bool ours, bool force, struct err *err) {
    if (ours)
        return fail(err, "%s: exists already; choose another name, or replace it with --force",
                    path);
    if (force)
        return fail(err, "%s: not an output of mixsmith: --force does not replace it", path);
    return fail(err, "%s: exists already, and is no output of mixsmith; choose another name", path);
}

/* EINVAL: the file system cannot refuse to replace, or the kernel does not know how (glibc says the
 * same of both). Then a moment passes between looking and renaming. */
int place_take(const char *partial, const char *path) {
    struct stat status;
    if (renameat2(AT_FDCWD, partial, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL)
        return -1;
    if (lstat(path, &status) < 0)
        return rename(partial, path);
    errno = EEXIST;
    return -1;
}

#include "base/unpublished.h"

#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char MARK[] = ".unpublished";

int unpublished_mark(int folder, const char *path, struct err *err) {
    int fd = openat(folder, MARK, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, MODE_FILE);
    if (fd < 0)
        return fail(err, "%s/%s: cannot create: %s", path, MARK, strerror(errno));
    close(fd);
    return 0;
}

void unpublished_unmark(int folder) {
    unlinkat(folder, MARK, 0);
}

bool unpublished_is_marked(int folder) {
    return faccessat(folder, MARK, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* --- removing --- */

static void remove_tree(int folder, const char *name);

/* Everything in an open folder but `last`, then `last`. Ends the descriptor. */
static void remove_inside(int fd, const char *last) {
    DIR *inside = fdopendir(fd);
    if (!inside) {
        close(fd);
        return;
    }
    for (struct dirent *entry; (entry = readdir(inside));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            strcmp(entry->d_name, last) != 0)
            remove_tree(fd, entry->d_name);
    unlinkat(fd, last, 0);
    closedir(inside);
}

/* Removes name in folder and all below it, the mark of a folder last. */
static void remove_tree(int folder, const char *name) {
    if (unlinkat(folder, name, 0) == 0 || (errno != EISDIR && errno != EPERM))
        return;
    int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    remove_inside(fd, MARK);
    unlinkat(folder, name, AT_REMOVEDIR);
}

void unpublished_remove(const char *path) {
    remove_tree(AT_FDCWD, path);
}

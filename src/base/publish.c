#include "base/publish.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MODE_FOLDER = 0777, MODE_FILE = 0666 };
enum { RECORD_HEAD = 64 }; // bytes that tell a record of ours

static const char NEW_RECORD[] = "." PUBLICATION_RECORD; // until it is complete

/* What a folder holds as long as it is not published: a folder with it is an interrupted run's, or
 * an old output that has been replaced and is about to go. */
static const char MARK[] = ".unpublished";

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

/* Removes name in folder and all below it; follows no link. Best effort: callers look again. The
 * mark goes last, so that a folder that is half removed still shows that it may go. */
static void remove_tree(int folder, const char *name) {
    if (unlinkat(folder, name, 0) == 0 || (errno != EISDIR && errno != EPERM))
        return;
    int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    remove_inside(fd, MARK);
    unlinkat(folder, name, AT_REMOVEDIR);
}

/* Whether a folder holds nothing. */
static bool is_empty_folder(const char *path) {
    DIR *folder = opendir(path);
    if (!folder)
        return false;
    bool empty = true;
    for (struct dirent *entry; empty && (entry = readdir(folder));)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(folder);
    return empty;
}

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

static bool is_marked(int folder) {
    return faccessat(folder, MARK, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static int set_mark(int folder, const char *path, struct err *err) {
    int fd = openat(folder, MARK, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, MODE_FILE);
    if (fd < 0)
        return fail(err, "%s/%s: cannot create: %s", path, MARK, strerror(errno));
    close(fd);
    return 0;
}

/* --- opening --- */

int publication_check(const char *path, bool force, bool *replaces, struct err *err) {
    struct stat status;
    *replaces = false;
    if (lstat(path, &status) < 0)
        return errno == ENOENT ? folder_check_parent(path, err)
                               : fail(err, "%s: %s", path, strerror(errno));
    if (!force)
        return fail(err, "%s: exists already; choose another name, or replace it with --force",
                    path);
    if (S_ISLNK(status.st_mode) || (!publication_is_ours(path) && !is_empty_folder(path)))
        return fail(err, "%s: not an output of mixsmith: --force does not replace it", path);
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
    if (!fresh && !is_marked(fd) && !is_empty_folder(partial)) {
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
            return set_mark(publication->folder, partial, err);
        remove_tree(AT_FDCWD, partial);
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
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    *publication = (struct publication){.folder = -1};
    publication->path = memcpy(must_calloc(n + 1, 1), path, n);
    publication->partial = path_partial(publication->path);
    if (publication_check(publication->path, force, &publication->replace, err) == 0 &&
        make_partial(publication, err) == 0)
        return 0;
    free_names(publication);
    return -1;
}

/* --- writing --- */

/* Makes the folders that name leads through. */
static int make_parents(int folder, const char *name, struct err *err) {
    char path[4096];
    for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
        int n = snprintf(path, sizeof path, "%.*s", (int)(slash - name), name);
        if (n >= (int)sizeof path)
            return fail(err, "%s: name too long", name);
        if (mkdirat(folder, path, MODE_FOLDER) < 0 && errno != EEXIST)
            return fail(err, "%s: cannot make this folder: %s", path, strerror(errno));
    }
    return 0;
}

int publication_create(const struct publication *publication, const char *name, struct err *err) {
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(publication->folder, name, flags, MODE_FILE);
    if (fd < 0 && errno == ENOENT) {
        if (make_parents(publication->folder, name, err) < 0)
            return -1;
        fd = openat(publication->folder, name, flags, MODE_FILE);
    }
    return fd >= 0
               ? fd
               : fail(err, "%s/%s: cannot create: %s", publication->partial, name, strerror(errno));
}

int publication_write(const struct publication *publication, const char *name, const void *bytes,
                      size_t n, struct err *err) {
    int fd = publication_create(publication, name, err);
    if (fd < 0)
        return -1;
    int result = file_write(fd, name, bytes, n, err);
    if (close(fd) < 0 && result == 0)
        result = fail(err, "%s: cannot close: %s", name, strerror(errno));
    return result;
}

int publication_write_lines(const struct publication *publication, const char *name, char **lines,
                            int n, struct err *err) {
    struct text text = {0};
    for (int i = 0; i < n; i++) {
        text_string(&text, lines[i]);
        text_string(&text, "\n");
    }
    int result = publication_write(publication, name, text.bytes, text.used, err);
    text_close(&text);
    return result;
}

/* Under another name first, so that there is never half a record. */
int publication_write_record(const struct publication *publication, const void *bytes, size_t n,
                             struct err *err) {
    if (publication_write(publication, NEW_RECORD, bytes, n, err) < 0)
        return -1;
    if (renameat(publication->folder, NEW_RECORD, publication->folder, PUBLICATION_RECORD) < 0)
        return fail(err, "%s: cannot take this name: %s", PUBLICATION_RECORD, strerror(errno));
    return 0;
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
    remove_tree(AT_FDCWD, old);
    return 0;
}

static int swap_names(const char *partial, const char *path) {
    if (renameat2(AT_FDCWD, partial, AT_FDCWD, path, RENAME_EXCHANGE) == 0) {
        remove_tree(AT_FDCWD, partial);
        return 0;
    }
    return errno == EINVAL || errno == ENOSYS ? replace_in_steps(partial, path) : -1;
}

/* The new for the old, which is marked so that it may go, and keeps no mark where it stays. */
static int exchange(const char *partial, const char *path) {
    struct err ignored;
    int old = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (old < 0)
        return -1;
    int result = set_mark(old, path, &ignored) < 0 ? -1 : swap_names(partial, path);
    int error = errno;
    if (result < 0)
        unlinkat(old, MARK, 0);
    close(old);
    errno = error;
    return result;
}

/* Takes a name that nobody has, as far as the file system can promise it. */
static int take_name(const char *partial, const char *path) {
    if (renameat2(AT_FDCWD, partial, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return 0;
    return errno == EINVAL || errno == ENOSYS ? rename(partial, path) : -1;
}

int publication_commit(struct publication *publication, struct err *err) {
    if (syncfs(publication->folder) < 0) {
        fail(err, "%s: cannot flush to disk: %s", publication->partial, strerror(errno));
        publication_abandon(publication);
        return -1;
    }
    int (*move)(const char *, const char *) = publication->replace ? exchange : take_name;
    int moved = move(publication->partial, publication->path);
    if (moved < 0) {
        fail(err, "%s: cannot take this name: %s", publication->path, strerror(errno));
        publication_abandon(publication);
        return -1;
    }
    unlinkat(publication->folder, MARK, 0);
    int result = folder_flush_parent(publication->path, err);
    close(publication->folder);
    free_names(publication);
    return result;
}

void publication_abandon(struct publication *publication) {
    if (publication->folder < 0)
        return;
    remove_tree(AT_FDCWD, publication->partial);
    close(publication->folder);
    free_names(publication);
}

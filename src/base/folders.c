/* Folders and the names in them. */
#include "base/files.h"

#include "base/interrupt.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In the order of the folder. */
static int read_names(DIR *folder, const char *path, char ***names, size_t *n, struct err *err) {
    size_t room = 0;
    errno = 0;
    for (struct dirent *entry; (entry = readdir(folder)); errno = 0) {
        if (interrupt_check(err) < 0)
            return -1;
        if (entry->d_name[0] == '.')
            continue;
        *names = must_grow(*names, *n, &room, sizeof **names);
        (*names)[(*n)++] = must_strdup(entry->d_name);
    }
    return errno ? fail(err, "%s: %s", path, strerror(errno)) : 0;
}

int folder_names(const char *path, char ***names, size_t *n, struct err *err) {
    DIR *folder = opendir(path);
    *names = NULL;
    *n = 0;
    if (!folder)
        return fail(err, "%s: %s", path, strerror(errno));
    int result = read_names(folder, path, names, n, err);
    closedir(folder);
    if (result < 0)
        strings_free(*names, *n);
    else
        strings_sort(*names, *n);
    return result;
}

bool folder_has_folders(const char *path) {
    struct err ignored;
    char **names;
    size_t n;
    bool found = false;
    if (folder_names(path, &names, &n, &ignored) < 0)
        return false;
    for (size_t i = 0; i < n && !found && !interrupted(); i++) {
        char *below = path_join(path, names[i]);
        found = file_kind(below) == FILE_FOLDER;
        free(below);
    }
    strings_free(names, n);
    return found;
}

bool folder_is_empty(const char *path) {
    DIR *folder = opendir(path);
    if (!folder)
        return false;
    bool empty = true;
    for (struct dirent *entry; empty && (entry = readdir(folder));)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(folder);
    return empty;
}

void strings_sort(char **strings, size_t n) {
    if (n > 0)
        qsort(strings, n, sizeof *strings, by_bytes);
}

void strings_free(char **strings, size_t n) {
    for (size_t i = 0; i < n; i++)
        free(strings[i]);
    free(strings);
}

char *file_in(const char *folder, const char *name) {
    char *path = path_join(folder, name);
    if (file_kind(path) == FILE_REGULAR)
        return path;
    free(path);
    return NULL;
}

bool has_file(const char *folder, const char *name) {
    char *path = file_in(folder, name);
    bool there = path != NULL;
    free(path);
    return there;
}

int folder_flush_parent(const char *path, struct err *err) {
    char *parent = path_parent(path);
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC), result = 0;
    if (fd < 0 || fsync(fd) < 0)
        result = fail(err, "%s: cannot flush this folder: %s", parent, strerror(errno));
    if (fd >= 0)
        close(fd);
    free(parent);
    return result;
}

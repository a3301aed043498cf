/* Paths: their parts, and where they lead. */
#include "base/files.h"

#include "base/memory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *path_join(const char *a, const char *b) {
    size_t n = strlen(a), m = strlen(b);
    char *path = must_calloc(n + m + 2, 1);
    memcpy(path, a, n);
    path[n] = '/';
    memcpy(path + n + 1, b, m);
    return path;
}

/* The first n bytes of path, but for slashes at their end; the root's own stays. */
static size_t without_slashes(const char *path, size_t n) {
    while (n > 1 && path[n - 1] == '/')
        n--;
    return n;
}

/* Where the name begins that ends behind n bytes of path. */
static size_t name_start(const char *path, size_t n) {
    while (n > 0 && path[n - 1] != '/')
        n--;
    return n;
}

char *path_trimmed(const char *path) {
    return must_strndup(path, without_slashes(path, strlen(path)));
}

char *path_base(const char *path) {
    size_t end = without_slashes(path, strlen(path)), start = name_start(path, end);
    return must_strndup(path + start, end - start);
}

char *path_parent(const char *path) {
    size_t end = without_slashes(path, strlen(path));
    size_t parent = without_slashes(path, name_start(path, end));
    return parent > 0 ? must_strndup(path, parent) : must_strdup(".");
}

char *path_partial(const char *path) {
    static const char ending[] = ".partial";
    size_t n = strlen(path);
    char *partial = must_calloc(n + sizeof ending, 1);
    memcpy(partial, path, n);
    memcpy(partial + n, ending, sizeof ending);
    return partial;
}

bool ends_with(const char *path, const char *suffix) {
    size_t n = strlen(path), m = strlen(suffix);
    return n >= m && strcmp(path + n - m, suffix) == 0;
}

bool path_is_inside(const char *path, const char *root) {
    char real_path[PATH_MAX], real_root[PATH_MAX];
    if (file_kind(root) != FILE_FOLDER || !realpath(path, real_path) || !realpath(root, real_root))
        return false;
    size_t n = strlen(real_root);
    bool begins = strncmp(real_path, real_root, n) == 0;
    return begins && (real_path[n] == '/' || real_path[n] == 0 || n == 1);
}

bool path_is_same(const char *a, const char *b) {
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

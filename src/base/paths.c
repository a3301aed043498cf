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

char *path_base(const char *path) {
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    char *base = must_calloc(end - start + 1, 1);
    memcpy(base, path + start, end - start);
    return base;
}

char *path_parent(const char *path) {
    char *parent = must_strdup(path), *base = path_base(path);
    size_t end = strlen(parent);
    while (end > 1 && parent[end - 1] == '/')
        end--;
    end -= strlen(base);
    while (end > 1 && parent[end - 1] == '/')
        end--;
    parent[end] = 0;
    free(base);
    if (end > 0)
        return parent;
    free(parent);
    return must_strdup(".");
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

#include "sources/pictures/file_tree.h"

#include "base/files.h"
#include "base/interrupt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 128 }; // folders below each other

static bool is_loop(const struct trail *trail) {
    for (const struct trail *at = trail->up; at; at = at->up)
        if (at->device == trail->device && at->inode == trail->inode)
            return true;
    return false;
}

int trail_enter(const char *path, const struct trail *up, struct trail *here, struct err *err) {
    struct stat status;
    if (stat(path, &status) < 0)
        return fail(err, "%s: %s", path, strerror(errno));
    *here = (struct trail){up, status.st_dev, status.st_ino, up ? up->depth + 1 : 0};
    if (here->depth > DEPTH_MAX)
        return fail(err, "%s: more than %d folders below each other", path, DEPTH_MAX);
    return 0;
}

static int visit(struct path_list *files, int root, const char *path, const struct trail *up,
                 struct err *err) {
    if (interrupt_check(err) < 0)
        return -1;
    char *full = path_join(files->roots[root], path);
    int result = file_kind(full) == FILE_FOLDER ? file_tree_list(files, root, path, up, err)
                                                : path_list_add(files, root, path, err);
    free(full);
    return result;
}

/* full: path with its root. */
static int visit_all(struct path_list *files, int root, const char *path, const char *full,
                     const struct trail *here, struct err *err) {
    char **names;
    size_t n;
    if (folder_names(full, &names, &n, err) < 0)
        return -1;
    int result = 0;
    for (size_t i = 0; i < n && result == 0; i++) {
        char *below = path_join(path, names[i]);
        result = visit(files, root, below, here, err);
        free(below);
    }
    strings_free(names, n);
    return result;
}

int file_tree_list(struct path_list *files, int root, const char *path, const struct trail *up,
                   struct err *err) {
    char *full = path_join(files->roots[root], path);
    struct trail here;
    int result = trail_enter(full, up, &here, err);
    if (result == 0 && !is_loop(&here))
        result = visit_all(files, root, path, full, &here, err);
    free(full);
    return result;
}

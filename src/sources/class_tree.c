#include "sources/class_tree.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/names.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 128 }; // folders below each other

static const char *entry_path(const struct class_tree *tree, const struct entry *entry) {
    return tree->paths.bytes + entry->path;
}

const char *class_tree_path(const struct class_tree *tree, uint32_t file) {
    return entry_path(tree, &tree->entries[file]);
}

char *class_tree_full_path(const struct class_tree *tree, uint32_t file) {
    return path_join(tree->roots[tree->entries[file].root], class_tree_path(tree, file));
}

/* The folders that lead to where the walk is: a link back to one of them is a loop. */
struct trail {
    const struct trail *up;
    dev_t device;
    ino_t inode;
    int depth;
};

static bool is_loop(const struct trail *trail) {
    for (const struct trail *at = trail->up; at; at = at->up)
        if (at->device == trail->device && at->inode == trail->inode)
            return true;
    return false;
}

/* One folder further. */
static int enter(const char *path, const struct trail *up, struct trail *here, struct err *err) {
    struct stat status;
    if (stat(path, &status) < 0)
        return fail(err, "%s: %s", path, strerror(errno));
    *here = (struct trail){up, status.st_dev, status.st_ino, up ? up->depth + 1 : 0};
    if (here->depth > DEPTH_MAX)
        return fail(err, "%s: more than %d folders below each other", path, DEPTH_MAX);
    return 0;
}

static int add_entry(struct class_tree *tree, int root, const char *path, struct err *err) {
    if (tree->n == INT32_MAX)
        return fail(err, "%s: more than %d files", tree->roots[root], INT32_MAX);
    if (tree->n == tree->room) {
        tree->room = tree->room ? tree->room * 2 : 1024;
        tree->entries = must_realloc(tree->entries, (size_t)tree->room * sizeof *tree->entries);
    }
    tree->entries[tree->n++] = (struct entry){tree->paths.used, root};
    text_bytes(&tree->paths, path, strlen(path) + 1);
    return 0;
}

static int walk(struct class_tree *tree, int root, const char *path, const struct trail *up,
                struct err *err);

static int visit(struct class_tree *tree, int root, const char *path, const struct trail *up,
                 struct err *err) {
    char *full = path_join(tree->roots[root], path);
    int result = file_kind(full) == FILE_FOLDER ? walk(tree, root, path, up, err)
                                                : add_entry(tree, root, path, err);
    free(full);
    return result;
}

static int visit_all(struct class_tree *tree, int root, const char *path, const char *full,
                     const struct trail *here, struct err *err) {
    char **names;
    size_t n;
    if (folder_names(full, &names, &n, err) < 0)
        return -1;
    int result = 0;
    for (size_t i = 0; i < n && result == 0; i++) {
        char *below = path_join(path, names[i]);
        result = visit(tree, root, below, here, err);
        free(below);
    }
    strings_free(names, n);
    return result;
}

/* All files below path (relative to the root). */
static int walk(struct class_tree *tree, int root, const char *path, const struct trail *up,
                struct err *err) {
    char *full = path_join(tree->roots[root], path);
    struct trail here;
    int result = enter(full, up, &here, err);
    if (result == 0 && !is_loop(&here))
        result = visit_all(tree, root, path, full, &here, err);
    free(full);
    return result;
}

static int find_class(const struct class_tree *tree, const char *name) {
    for (int k = 0; k < tree->n_class_names; k++)
        if (strcmp(tree->class_names[k], name) == 0)
            return k;
    return -1;
}

static void add_class(struct class_tree *tree, const char *name) {
    char *escaped = escape_folder(name);
    if (find_class(tree, escaped) >= 0) {
        free(escaped);
        return;
    }
    size_t n = (size_t)tree->n_class_names + 1;
    tree->class_names = must_realloc(tree->class_names, n * sizeof(char *));
    tree->class_names[tree->n_class_names++] = escaped;
}

static int list_class(struct class_tree *tree, int root, const char *name, const char *full,
                      const struct trail *up, struct err *err) {
    uint32_t before = tree->n;
    add_class(tree, name);
    if (walk(tree, root, name, up, err) < 0)
        return -1;
    if (tree->n == before)
        return fail(err, "%s: class '%s' has no pictures; put some there or remove the folder",
                    full, name);
    return 0;
}

static int list_root(struct class_tree *tree, int root, struct err *err) {
    const char *path = tree->roots[root];
    uint32_t before = tree->n;
    struct trail trail;
    char **names;
    size_t n;
    if (enter(path, NULL, &trail, err) < 0 || folder_names(path, &names, &n, err) < 0)
        return -1;
    int result = 0;
    for (size_t i = 0; i < n && result == 0; i++) {
        char *full = path_join(path, names[i]);
        if (file_kind(full) == FILE_FOLDER)
            result = list_class(tree, root, names[i], full, &trail, err);
        free(full);
    }
    strings_free(names, n);
    if (result == 0 && tree->n == before)
        return fail(err,
                    "%s: no class folders (%zu other names): pictures are expected as "
                    "%s/CLASS/PICTURE",
                    path, n, path);
    return result;
}

static int by_path(const void *a, const void *b, void *context) {
    const struct class_tree *tree = context;
    const struct entry *x = a, *y = b;
    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return strcmp(entry_path(tree, x), entry_path(tree, y));
}

/* The class is the first folder of the path; neighbours in the list mostly share it. */
static void label_entries(struct class_tree *tree) {
    char *class_folder = must_strdup("");
    int label = -1;
    tree->label = must_calloc(tree->n, sizeof *tree->label);
    for (uint32_t i = 0; i < tree->n; i++) {
        const char *path = entry_path(tree, &tree->entries[i]);
        size_t length = (size_t)(strchr(path, '/') - path);
        if (strlen(class_folder) != length || memcmp(class_folder, path, length) != 0) {
            free(class_folder);
            class_folder = memcpy(must_calloc(length + 1, 1), path, length);
            char *name = escape_folder(class_folder);
            label = find_class(tree, name);
            free(name);
        }
        tree->label[i] = label;
    }
    free(class_folder);
}

int class_tree_open(struct class_tree *tree, char **roots, int n_roots, struct err *err) {
    *tree = (struct class_tree){.roots = roots, .n_roots = n_roots};
    for (int i = 0; i < n_roots; i++)
        if (list_root(tree, i, err) < 0)
            return -1;
    strings_sort(tree->class_names, (size_t)tree->n_class_names);
    qsort_r(tree->entries, tree->n, sizeof *tree->entries, by_path, tree);
    label_entries(tree);
    return 0;
}

void class_tree_close(struct class_tree *tree) {
    strings_free(tree->class_names, (size_t)tree->n_class_names);
    text_close(&tree->paths);
    free(tree->entries);
    free(tree->label);
}

#include "sources/pictures/class_tree.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/names.h"
#include "base/string_index.h"
#include "base/words.h"
#include "sources/labels/class_names.h"
#include "sources/pictures/file_tree.h"
#include "sources/pictures/splits.h"

#include <stdlib.h>
#include <string.h>

/* --- the classes of an input --- */

struct walk {
    struct path_list *files;
    int root;
    struct string_index classes; // as names.h writes them, in the order in which they are found
    uint32_t n_folders;          // of classes, in all inputs
    bool empty_allowed;          // classes without files
    bool as_stored;              // even all of them
};

static void add_class(struct walk *walk, const char *name) {
    char *escaped = escape_folder(name);
    string_index_add(&walk->classes, escaped);
    free(escaped);
}

/* The folder `full` of a class, which lies at `below` in the root. */
static int list_class(struct walk *walk, const char *full, const char *below, const char *name,
                      const struct trail *up, struct err *err) {
    uint32_t before = walk->files->n;
    add_class(walk, name);
    if (file_tree_list(walk->files, walk->root, below, up, err) < 0)
        return -1;
    if (walk->files->n == before && !walk->empty_allowed)
        return fail(err, "%s: class '%s' has no pictures; put some there or remove the folder",
                    full, name);
    return 0;
}

static int visit_class(struct walk *walk, const char *full, const char *split, const char *name,
                       const struct trail *up, struct err *err) {
    if (interrupt_check(err) < 0)
        return -1;
    char *class_folder = path_join(full, name);
    char *below = split ? path_join(split, name) : must_strdup(name);
    int result = 0;
    if (file_kind(class_folder) == FILE_FOLDER) {
        result = list_class(walk, class_folder, below, name, up, err);
        walk->n_folders++;
    }
    free(below);
    free(class_folder);
    return result;
}

/* What every input must add to. */
static uint32_t found_so_far(const struct walk *walk) {
    return walk->as_stored ? walk->n_folders : walk->files->n;
}

/* The classes in the folder `full`, which is the root or a split of it. */
static int list_classes(struct walk *walk, const char *full, const char *split, struct err *err) {
    uint32_t before = found_so_far(walk);
    struct trail trail;
    char **names;
    size_t n;
    if (trail_enter(full, NULL, &trail, err) < 0 || folder_names(full, &names, &n, err) < 0)
        return -1;
    int result = 0;
    for (size_t i = 0; i < n && result == 0; i++)
        result = visit_class(walk, full, split, names[i], &trail, err);
    strings_free(names, n);
    if (result == 0 && found_so_far(walk) == before)
        return fail(err,
                    "%s: no class folders (%zu other name%s): pictures are expected as "
                    "%s/CLASS/PICTURE",
                    full, n, s_of(n), full);
    return result;
}

static int list_root(struct walk *walk, const char *wanted, char **split, struct text *note,
                     struct err *err) {
    const char *root = walk->files->roots[walk->root];
    if (split_choose(root, wanted, folder_has_folders, split, note, err) < 0)
        return -1;
    if (!*split)
        return list_classes(walk, root, NULL, err);
    char *full = path_join(root, *split);
    int result = list_classes(walk, full, *split, err);
    free(full);
    return result;
}

/* --- labels --- */

static void sort_classes(struct class_tree *tree, const struct string_index *found) {
    tree->n_classes = found->n;
    tree->class_names = must_calloc((size_t)found->n, sizeof *tree->class_names);
    for (int k = 0; k < found->n; k++)
        tree->class_names[k] = must_strdup(string_index_at(found, k));
    strings_sort(tree->class_names, (size_t)found->n);
}

static int check_classes(const struct class_tree *tree, const struct string_index *names,
                         const struct string_index *found, const char *file, struct err *err) {
    for (int k = 0; k < found->n; k++) {
        const char *name = string_index_at(found, k);
        if (string_index_find(names, name) != STRING_NONE)
            continue;
        const char *near =
            nearest_name(name, (const char *const *)tree->class_names, tree->n_classes);
        return fail(err, "%s: does not name the class folder '%s'%s%s%s", file, name,
                    near ? " (nearest: '" : "", near ? near : "", near ? "')" : "");
    }
    return 0;
}

/* The class is the first folder of the path below the split; neighbours in the list mostly share
 * it. */
static void label_files(struct class_tree *tree, const struct path_list *files, char **splits,
                        const struct string_index *names) {
    char *class_folder = must_strdup("");
    int label = STRING_NONE;
    tree->label = must_calloc(files->n, sizeof *tree->label);
    for (uint32_t i = 0; i < files->n; i++) {
        const char *split = splits[files->entries[i].root];
        const char *path = path_list_at(files, i) + (split ? strlen(split) + 1 : 0);
        size_t length = (size_t)(strchr(path, '/') - path);
        if (strlen(class_folder) != length || memcmp(class_folder, path, length) != 0) {
            free(class_folder);
            class_folder = must_strndup(path, length);
            char *name = escape_folder(class_folder);
            label = string_index_find(names, name);
            free(name);
        }
        tree->label[i] = label;
    }
    free(class_folder);
}

static int settle_labels(struct class_tree *tree, const struct path_list *files, char **splits,
                         const struct string_index *found, const char *file, struct err *err) {
    struct string_index names = {0};
    if (!file)
        sort_classes(tree, found);
    else if (class_names_read(file, &tree->class_names, &tree->n_classes, err) < 0)
        return -1;
    for (int k = 0; k < tree->n_classes; k++)
        string_index_add(&names, tree->class_names[k]);
    int result = check_classes(tree, &names, found, file, err);
    if (result == 0)
        label_files(tree, files, splits, &names);
    string_index_close(&names);
    return result;
}

int class_tree_open(struct class_tree *tree, const struct input *input, struct path_list *files,
                    struct text *note, struct err *err) {
    struct walk walk = {.files = files,
                        .empty_allowed = input->classes || input->as_stored,
                        .as_stored = input->as_stored};
    char **splits = must_calloc((size_t)input->n_paths, sizeof *splits);
    int result = 0;
    for (int i = 0; i < input->n_paths && result == 0; i++) {
        walk.root = i;
        result = list_root(&walk, input->split, &splits[i], note, err);
    }
    path_list_sort(files);
    if (result == 0)
        result = settle_labels(tree, files, splits, &walk.classes, input->classes, err);
    strings_free(splits, (size_t)input->n_paths);
    string_index_close(&walk.classes);
    return result;
}

void class_tree_close(struct class_tree *tree) {
    strings_free(tree->class_names, (size_t)tree->n_classes);
    free(tree->label);
}

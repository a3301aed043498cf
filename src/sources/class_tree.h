/* Class tree: the files below ROOT/CLASS/, as torchvision's ImageFolder finds them. Classes and
 * files stand in byte order of their names; links are followed, names with a leading dot passed
 * over. */
#ifndef MIXSMITH_CLASS_TREE_H
#define MIXSMITH_CLASS_TREE_H

#include "base/fail.h"
#include "base/text.h"

#include <stdint.h>

/* One file: where its path begins in `paths`, and its root. */
struct entry {
    uint64_t path;
    int root;
};

struct class_tree {
    char **roots; // (n_roots) owned by the caller
    int n_roots;
    struct text paths;     // all paths relative to their roots, zero-terminated
    struct entry *entries; // (n) by root, then by path
    uint32_t n, room;
    int *label;         // (n) class
    char **class_names; // (n_class_names) as names.h writes them
    int n_class_names;
};

/* -1: a root without class folders, a class without files, a folder that cannot be read. close
 * follows in any case. */
int class_tree_open(struct class_tree *tree, char **roots, int n_roots, struct err *err);
void class_tree_close(struct class_tree *tree);

/* Relative to its root: CLASS/…/NAME. */
const char *class_tree_path(const struct class_tree *tree, uint32_t file);

/* As it is opened; owned by the caller. */
char *class_tree_full_path(const struct class_tree *tree, uint32_t file);

#endif

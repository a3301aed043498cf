/* Class tree: the files below ROOT/CLASS/, as torchvision's ImageFolder finds them, or below
 * ROOT/SPLIT/CLASS/. Classes and files stand in byte order of their names, unless a file of names
 * orders the classes; links are followed, names with a leading dot passed over. */
#ifndef MIXSMITH_CLASS_TREE_H
#define MIXSMITH_CLASS_TREE_H

#include "sources/pictures/path_list.h"
#include "sources/source.h"

struct class_tree {
    int *label;         // (files) class
    char **class_names; // (n_classes) as names.h writes them
    int n_classes;
};

/* Adds the files of all inputs to `files`, whose roots they are, and what was chosen unasked to
 * note. -1: an input without class folders, a class without files where the input is not as_stored,
 * one that input->classes does not name, no such split, a folder that cannot be read. close follows
 * in any case. */
int class_tree_open(struct class_tree *tree, const struct input *input, struct path_list *files,
                    struct text *note, struct err *err);
void class_tree_close(struct class_tree *tree);

#endif

/* File tree: all files below a folder, in byte order of their names, however deep. Links are
 * followed, those that lead back left out; names with a leading dot are passed over. */
#ifndef MIXSMITH_FILE_TREE_H
#define MIXSMITH_FILE_TREE_H

#include "base/fail.h"
#include "sources/pictures/path_list.h"

#include <sys/types.h>

/* The folders that lead to one: a link back to one of them is a loop. */
struct trail {
    const struct trail *up; // NULL: the first
    dev_t device;
    ino_t inode;
    int depth;
};

/* One folder further: *here becomes that of path. -1: too many folders below each other. */
int trail_enter(const char *path, const struct trail *up, struct trail *here, struct err *err);

/* Adds the files below path, which is relative to that root of the list; up: the folders above. */
int file_tree_list(struct path_list *files, int root, const char *path, const struct trail *up,
                   struct err *err);

#endif

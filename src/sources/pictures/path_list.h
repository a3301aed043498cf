/* Path list: the files that are samples, of all inputs. Hundreds of thousands of paths lie one
 * behind the other in one text. */
#ifndef MIXSMITH_PATH_LIST_H
#define MIXSMITH_PATH_LIST_H

#include "base/fail.h"
#include "base/text.h"

/* One file: where its path begins in `paths`, and its root. */
struct path_entry {
    uint64_t path;
    int root;
};

struct path_list {
    char **roots; // (n_roots) the inputs as given; owned by the caller
    int n_roots;
    struct text paths;          // all paths relative to their roots, zero-terminated
    struct path_entry *entries; // (n)
    uint32_t n;
    size_t room;
};

/* -1: more files than can be counted. */
int path_list_add(struct path_list *list, int root, const char *path, struct err *err);

/* Puts the files in order: by root, then by path in byte order. */
void path_list_sort(struct path_list *list);

/* Relative to its root. */
const char *path_list_at(const struct path_list *list, uint32_t file);

/* As it is opened; owned by the caller. */
char *path_list_full(const struct path_list *list, uint32_t file);

void path_list_close(struct path_list *list);

#endif

#include "sources/pictures/path_list.h"

#include "base/files.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

int path_list_add(struct path_list *list, int root, const char *path, struct err *err) {
    if (list->n == INT32_MAX)
        return fail(err, "%s: more than %d files", list->roots[root], INT32_MAX);
    list->entries = must_grow(list->entries, list->n, &list->room, sizeof *list->entries);
    list->entries[list->n++] = (struct path_entry){list->paths.used, root};
    text_bytes(&list->paths, path, strlen(path) + 1);
    return 0;
}

static int by_path(const void *a, const void *b, void *context) {
    const struct path_list *list = context;
    const struct path_entry *x = a, *y = b;
    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return strcmp(list->paths.bytes + x->path, list->paths.bytes + y->path);
}

void path_list_sort(struct path_list *list) {
    if (list->n > 0)
        qsort_r(list->entries, list->n, sizeof *list->entries, by_path, list);
}

const char *path_list_at(const struct path_list *list, uint32_t file) {
    return list->paths.bytes + list->entries[file].path;
}

char *path_list_full(const struct path_list *list, uint32_t file) {
    return path_join(list->roots[list->entries[file].root], path_list_at(list, file));
}

void path_list_close(struct path_list *list) {
    text_close(&list->paths);
    free(list->entries);
}

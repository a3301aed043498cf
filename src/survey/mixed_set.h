/* Mixed set: an output folder of this program as an input, known by its dataset.json
 * (man/mixsmith-formats.5). */
#ifndef MIXSMITH_MIXED_SET_H
#define MIXSMITH_MIXED_SET_H

#include <stdbool.h>

struct mixed_set {
    char *folder;             // the output; owned, as all below
    char *manifest, *sources; // paths
    char **class_names;       // (n_classes) as dataset.json has them
    int n_classes;
};

/* Whether path is an output folder, or the folder in one that holds the manifest. set is closed in
 * that case only. */
bool mixed_set_find(const char *path, struct mixed_set *set);
void mixed_set_close(struct mixed_set *set);

#endif

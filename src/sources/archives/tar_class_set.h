/* Class set: the classes of all archives of an input, settled when it opens: by name, or by what
 * the labels say. Later windows of a stream must keep to them. */
#ifndef MIXSMITH_TAR_CLASS_SET_H
#define MIXSMITH_TAR_CLASS_SET_H

#include "sources/archives/tar_shards.h"
#include "sources/labels/class_names.h"

struct tar_class_set {
    struct class_names names;
    bool soft; // rows of shares are handed over
};

/* set: zeroed. The shards are indexed. close follows in any case. */
int tar_class_set_open(struct tar_class_set *set, const struct tar_shards *shards,
                       const struct input *input, struct err *err);

/* Whether what the shards hold now keeps to the classes; the error names a sample. */
int tar_class_set_check(const struct tar_class_set *set, const struct tar_shards *shards,
                        struct err *err);

void tar_class_set_close(struct tar_class_set *set);

#endif

/* Shards: the tar archives of an input. They are named themselves, or by their folder, which holds
 * *.tar files and perhaps several splits of them: train-000000.tar, test-000000.tar. */
#ifndef MIXSMITH_TAR_SHARDS_H
#define MIXSMITH_TAR_SHARDS_H

#include "sources/archives/tar_index.h"
#include "sources/source.h"

struct tar_shards {
    struct tar_index *index; // (n) in input order
    int n;
    size_t room; // in index
};

/* Whether the thing at path is an archive, or a folder of archives without folders in it. */
bool tar_shards_probe(const char *path);

/* Names the archives of the input; nothing is read yet. What was chosen from several splits without
 * being asked is added to note. tar_shards_close follows in any case. */
int tar_shards_list(struct tar_shards *shards, const struct input *input, struct text *note,
                    struct err *err);
void tar_shards_close(struct tar_shards *shards);

/* Lists the samples of all archives, which are files. The error is the first in input order. */
int tar_shards_index(struct tar_shards *shards, struct pool *pool, struct err *err);

/* The archive that holds a sample. */
const struct tar_index *tar_shards_of(const struct tar_shards *shards, uint32_t sample);

/* Appends what messages call a sample. */
void tar_shards_name(const struct tar_shards *shards, uint32_t sample, struct text *name);

/* fail() with the name of a sample in front. */
int tar_shards_fail(const struct tar_shards *shards, uint32_t sample, const char *why,
                    struct err *err);

#endif

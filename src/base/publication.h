/* Publication: an output folder gets its name only when it is complete. It grows under OUT.partial,
 * which is locked while a run is at work; then everything is flushed to disk and renamed. So what
 * carries the final name is whole, whenever the run or the machine stops. */
#ifndef MIXSMITH_PUBLICATION_H
#define MIXSMITH_PUBLICATION_H

#include "base/fail.h"

#include <stdbool.h>

struct publication {
    char *path;    // the final name
    char *partial; // path + ".partial"
    int folder;    // descriptor of partial
    bool replace;  // what stands at path is an earlier output that may go
};

/* Whether path may become an output; makes nothing. *replaces: an earlier one stands there and
 * goes. */
int publication_check(const char *path, bool force, bool *replaces, struct err *err);

/* Makes OUT.partial. Refuses where path exists, but with force takes the place of an earlier output
 * (a folder with a dataset.json of ours) or of an empty folder. What a killed run left behind is
 * removed; it is known by a mark that published outputs do not have. */
int publication_open(struct publication *publication, const char *path, bool force,
                     struct err *err);

/* Flushes everything, gives the final name. Ends the publication in either case: after an error
 * nothing is left, but where only the flush of the parent folder failed, which leaves the output
 * complete. */
int publication_commit(struct publication *publication, struct err *err);

/* Removes what there is. */
void publication_abandon(struct publication *publication);

/* The record of the job, written first and last. */
#define PUBLICATION_RECORD "dataset.json"

/* Whether a folder holds a record that begins as ours do. */
bool publication_is_ours(const char *folder);

/* --- publication_files.c --- */

/* A new file in it, opened for writing; its descriptor. Folders on the way are made. */
int publication_create(const struct publication *publication, const char *name, struct err *err);

/* A small file in it, written at once. */
int publication_write(const struct publication *publication, const char *name, const void *bytes,
                      size_t n, struct err *err);

/* A small file of n lines. */
int publication_write_lines(const struct publication *publication, const char *name, char **lines,
                            int n, struct err *err);

/* PUBLICATION_RECORD; takes the place of an earlier one. */
int publication_write_record(const struct publication *publication, const void *bytes, size_t n,
                             struct err *err);

#endif

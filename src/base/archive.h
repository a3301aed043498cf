/* Archive: an output that is one file. It grows as PATH.partial and takes its name when it is
 * complete and on disk, as a folder does (publication.h). */
#ifndef MIXSMITH_ARCHIVE_H
#define MIXSMITH_ARCHIVE_H

#include "base/fail.h"

#include <stdbool.h>
#include <stdint.h>

/* Whether an earlier run wrote a file that begins with these n bytes. */
typedef bool archive_is_ours(const uint8_t *bytes, size_t n);

enum { ARCHIVE_HEAD = 512 }; // bytes that tell

struct archive {
    char *path, *partial;
    bool replace;
    int fd; // of the partial file
};

/* Everything that can be said against path before it is made: that it exists, but for an archive of
 * ours with force; that its folder does not. */
int archive_check(const char *path, bool force, archive_is_ours *is_ours, struct err *err);

/* Makes PATH.partial. What a killed run left behind is overwritten, if it is ours. */
int archive_open(struct archive *archive, const char *path, bool force, archive_is_ours *is_ours,
                 struct err *err);

/* Flushes it, gives the final name. Ends the archive in either case: after an error nothing is
 * left, but where only the flush of the folder failed. */
int archive_commit(struct archive *archive, struct err *err);

/* Removes what there is. */
void archive_abandon(struct archive *archive);

/* All of it at once, from opening to commit. */
int archive_write(const char *path, bool force, archive_is_ours *is_ours, const void *bytes,
                  size_t n, struct err *err);

#endif

/* Label output: where raw writes the soft labels. A file grows as PATH.partial and takes its name
 * when it is complete and on disk (base/archive.h); a FIFO, a device or a descriptor that the
 * caller has opened (/dev/fd/3) has its name already, and is written in place. */
#ifndef MIXSMITH_LABEL_OUTPUT_H
#define MIXSMITH_LABEL_OUTPUT_H

#include "base/archive.h"

struct label_output {
    const char *path;       // as given; owned by the caller
    struct archive archive; // path is NULL: in place
    int fd;                 // that is written to, or -1
};

/* Everything that can be said against path; makes nothing. */
int label_output_check(const char *path, bool force, struct err *err);

/* label_output_close follows in any case. Waits for the reader of a FIFO. */
int label_output_open(struct label_output *labels, const char *path, bool force, struct err *err);

/* keep: a file gets its name; else none is left. */
int label_output_close(struct label_output *labels, bool keep, struct err *err);

#endif

/* List file: JSON lines of the output, each about one sample of the input (man/mixsmith-formats.5).
 * They are printed in slices, which threads may do side by side, and written in order. */
#ifndef MIXSMITH_LIST_FILE_H
#define MIXSMITH_LIST_FILE_H

#include "engine/run.h"

/* Lines one after the other, printed by one thread. */
struct slice {
    struct text text;
    struct text path;                 // of the sample at hand, not escaped
    struct text last_path, json_path; // of the one before, and how it is written
    uint64_t escaped;                 // paths that are written otherwise than they are
};

struct list_file {
    const char *name;
    int fd;
    struct slice *slices; // (n_slices)
    int n_slices;
    uint64_t escaped; // of the lines written
};

/* close follows where open has given 0. */
int list_file_open(struct list_file *list, const struct publication *publication, const char *name,
                   int n_slices, struct err *err);
/* Returns result, or -1 where it was 0 and closing fails. */
int list_file_close(struct list_file *list, int result, struct err *err);

/* Begins a line about the sample whose path lies in slice->path: its number and where it came from.
 * What else there is to say, and the closing brace, the caller adds to slice->text. */
void slice_begin_line(struct slice *slice, const struct run *run, uint64_t id,
                      const struct origin *origin);

/* Begins a slice as if a line about the sample whose path lies in slice->path came before it: a
 * path that goes on is counted once, however a list is cut. */
void slice_go_on(struct slice *slice);

/* Writes n of its slices, which are empty afterwards. -1 also after a signal. */
int list_file_write(struct list_file *list, struct slice *slices, int n, struct err *err);

#endif

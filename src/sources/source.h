/* Source: the plug that reads an input. It lists the samples once, in input order; reading and
 * decoding one is then a pure function of its number, so that any thread may do it in any order. A
 * stream, which can be read only once, lists a window of samples at a time. A new source is one
 * file and one row in table.c. */
#ifndef MIXSMITH_SOURCE_H
#define MIXSMITH_SOURCE_H

#include "base/arena.h"
#include "base/fail.h"
#include "base/parallel.h"
#include "base/shape.h"
#include "base/text.h"
#include "formats/resize.h"

#include <stdbool.h>
#include <stdint.h>

/* What the job says of the input. */
struct input {
    char **paths; // (n_paths) as given; "-": standard input
    int n_paths;
    const char *labels;  // file of labels, or NULL: where the source itself looks for them
    const char *classes; // file of class names in the order of their indices, one a line, or NULL
    const char *split;   // of an input that has several, or NULL
    int window;          // samples of a stream that are listed at a time
    bool coarse;         // of two label sets the coarse one
    bool as_stored;      // samples are looked at, not mixed: sizes may differ, classes be empty
    int w, h;            // pictures are fitted into this size; 0: all have one size already
    enum fit fit;
    int channels;    // 1, 3, or 0: 3 unless every picture is grey
    bool upright;    // EXIF orientation is applied
    long max_pixels; // of one picture
};

/* A sample that cannot be used, and why (the reason names its file). */
struct failure {
    uint32_t source;
    char *reason; // owned
};

enum { LABEL_IN_RECORD = -1 }; // a class that is known when the sample has been read

/* What was found there. Arrays are owned by the source's state but for failures. */
struct contents {
    uint32_t n;         // samples, those that cannot be used among them
    uint64_t first;     // number of sample 0 in the input: 0 but for later windows of a stream
    bool stream;        // n is one window: advance lists the next
    bool soft;          // samples have soft labels: see soft_label
    const char *note;   // what was chosen, one line for people, or NULL; owned by the state
    struct shape shape; // with input.as_stored of rank 0 where look tells it of each sample
    enum dtype dtype;
    int n_classes;
    char **class_names;       // (n_classes) as names.h writes them
    int *label;               // (n) class; of soft labels the argmax, ties to the lower;
                              // LABEL_IN_RECORD: see label. Owned by the state
    const uint8_t *unusable;  // (n) flags, or NULL: all can be used
    struct failure *failures; // (n_failures) by rising source; owned by the caller
    size_t n_failures;
};

/* Empties the list of failures: their reasons have been taken over, or nobody wants them. */
void failures_taken(struct contents *contents);
void failures_drop(struct contents *contents);

struct raw {
    uint8_t *bytes; // lie in the arena
    size_t size;
};

/* A sample as it is stored, fitted into nothing. */
struct stored {
    struct picture_info info; // of a picture file; PICTURE_UNKNOWN: it is none
    struct shape shape;       // of a picture upright, without alpha
    enum dtype dtype;
    const void *values; // (shape…) lie in the arena
};

struct origin {
    int input;      // of input.paths
    int64_t record; // in the file, or -1 where the file is the sample
};

struct source {
    const char *name, *help;
    size_t state_size; // bytes, zeroed before open

    /* Whether the thing at path is of this kind, judged by its content. */
    bool (*probe)(const char *path);
    /* Lists the samples; pool serves for looking into many files. close follows in any case. */
    int (*open)(void *state, const struct input *input, struct pool *pool,
                struct contents *contents, struct err *err);
    int (*read)(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                struct err *err);
    /* pixels: one sample of contents.shape, owned by the caller. */
    int (*decode)(const void *state, uint32_t sample, const struct raw *raw, struct arena *arena,
                  void *pixels, struct err *err);
    /* The i-th of the open files that samples are read from in whatever order, and its bytes: a
     * descriptor, or -1 where there are no more. NULL: there are none. See warming.h. */
    int (*file)(const void *state, int i, uint64_t *size);
    /* The class of a sample that has been read: any thread, pure. NULL where contents.label says
     * them all. See labelling.h. */
    int (*label)(const void *state, uint32_t sample, const struct raw *raw, int *label,
                 struct err *err);
    /* n samples from the first on, as read does one by one, in fewer steps. With label. */
    int (*read_run)(const void *state, uint32_t first, uint32_t n, struct arena *arena,
                    struct raw *raw, struct err *err);
    /* With input.as_stored, instead of decode: any thread, pure. NULL: all samples have
     * contents.shape, and decode gives them as they are. */
    int (*look)(const void *state, uint32_t sample, const struct raw *raw, struct arena *arena,
                struct stored *stored, struct err *err);
    /* row: (n_classes) the sample's soft label, each entry 0..1: they sum to 1, or to more (a
     * sample of several classes). Only where contents.soft. */
    int (*soft_label)(const void *state, uint32_t sample, struct arena *arena, float *row,
                      struct err *err);
    /* With input.as_stored: the JSON beside a sample, which is a row of the manifest where an
     * earlier job wrote it; no bytes where there is none. NULL: such samples have none. */
    int (*json)(const void *state, uint32_t sample, struct arena *arena, struct raw *json,
                struct err *err);
    /* Of a stream: lists the next window (n, first, label, unusable, failures change; n = 0 at the
     * end) and forgets the one before. NULL for sources that are no streams. */
    int (*advance)(void *state, struct contents *contents, struct err *err);
    /* Where a sample came from; appends the path, relative to its input and not escaped. */
    struct origin (*origin)(const void *state, uint32_t sample, struct text *path);
    void (*close)(void *state);
    bool file_per_sample; // every sample is a picture file of its own: one that fails is left out,
                          // while elsewhere it ends the run; the output is a folder of pictures
                          // again
    bool splits;          // --split chooses among several
    int label_sets;       // to choose from, 1 or 2 (fine, coarse)
};

extern const struct source *const SOURCES[];
extern const int N_SOURCES;

/* The first source whose probe takes path; that of lists where path is a folder and labels (a file,
 * or NULL) is called as lists are. NULL with a message where none does. */
const struct source *source_detect(const char *path, const char *labels, struct err *err);

#endif

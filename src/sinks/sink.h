/* Sink: the plug that writes an output. Encoding a sample is pure and runs on any thread;
 * committing is serial and in order. A new sink is one file and one row in table.c. */
#ifndef MIXSMITH_SINK_H
#define MIXSMITH_SINK_H

#include "base/amounts.h"
#include "base/arena.h"
#include "base/fail.h"
#include "base/files.h"
#include "base/publication.h"
#include "base/shape.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum image_kind { IMAGE_PNG, IMAGE_JPEG };

/* What a sink is told when it opens. */
struct output {
    const struct publication *publication; // the folder to write into; NULL: there is none,
    int stream;                            // but this descriptor, or -1,
    const char *stream_name;               // and what messages call it
    struct shape shape;
    enum dtype dtype;
    int n_classes;
    char **class_names; // (n_classes)
    uint64_t count;     // samples that will come, at most
    bool endless;       // they come until the reader of a stream goes away
    enum image_kind image;
    int quality;               // of JPEG, 1..100
    int png_level;             // 0..12
    struct option_shard shard; // what goes into one archive at most
    const char *labels_to;     // path of a second output; of sinks with labels_apart
    bool force;                // what is there already is replaced
};

/* A finished sample. */
struct sample {
    uint64_t id;
    uint64_t row;            // place in the output, from 0
    int label;               // the argmax of soft_label
    const void *pixels;      // (shape…)
    const float *soft_label; // (n_classes)
    const char *line;        // (line_bytes) its manifest line, without the line's end
    size_t line_bytes;
};

enum { STREAMS_MAX = 2 };

/* Where the bytes of a sample go. */
struct slot {
    uint8_t *record[STREAMS_MAX]; // (record size of the stream)
    struct text *blob;            // of sinks whose samples vary in size: appended to it
};

/* Samples whose records are to be committed, in order. */
struct records {
    uint8_t *stream[STREAMS_MAX]; // (n, record size of the stream)
    const struct buffer *blobs;   // (n)
    int n;
};

struct sink {
    const char *name, *help;
    const char *manifest; // its path in the output; NULL: the output is no folder and has none
    size_t state_size;    // bytes, zeroed before open
    const char *load;     // Python that reads the output, for its card
    const char *files;    // the files of the split there, as Hugging Face looks for them
    bool pictures;        // samples are picture files
    bool shards;          // a folder of several archives
    bool class_folders;   // a class is known by its folder, and one without samples has none
    bool verbatim;        // a record of stream 0 is the pixels as they are: they are made in it
    bool blobs;           // samples vary in size: they go to slot.blob
    bool streams;         // can write to standard output, and then has no manifest
    bool labels_apart;    // soft labels go to an output of their own
    bool rows;            // a sample carries its manifest line, manifest or not
    const char *suffix;   // of an output that is one file: ".tar"; NULL: there is no such
    /* Whether an earlier run wrote a file that begins with these bytes. With suffix. */
    bool (*is_ours)(const uint8_t *bytes, size_t n);

    /* Whether the sink can hold such samples; makes nothing. NULL: it can hold any. */
    int (*check)(const struct output *output, struct err *err);
    /* Says in record[k] how many bytes of a sample go to stream k; 0 where there is no such stream.
     */
    int (*open)(void *state, const struct output *output, size_t record[STREAMS_MAX],
                struct err *err);
    int (*encode)(const void *state, const struct sample *sample, struct arena *arena,
                  const struct slot *slot, struct err *err);
    /* The file, relative to the manifest, that holds the sample; returns the record in it, or -1.
     */
    int64_t (*place)(const void *state, const struct sample *sample, struct text *file_name);
    int (*commit)(void *state, const struct records *records, struct err *err);
    /* ok: all samples came; only then are headers made final. result gets a line for people. Comes
     * after open in any case, even one that failed. */
    int (*close)(void *state, bool ok, struct text *result, struct err *err);
};

extern const struct sink *const SINKS[];
extern const int N_SINKS;

const struct sink *sink_find(const char *name); // NULL where there is none

#endif

/* Index of the samples in one tar archive: where the picture and the soft label of each lie, and
 * its class. Of a file the bytes are read when they are wanted; of a stream the index is a window,
 * which holds the bytes of its samples and is filled again and again. */
#ifndef MIXSMITH_TAR_INDEX_H
#define MIXSMITH_TAR_INDEX_H

#include "sources/archives/tar_classes.h"

/* Bytes of a sample in its archive. */
struct tar_entry {
    uint64_t picture, soft; // where they begin
    uint32_t picture_size, soft_size;
    uint64_t name; // of the picture, in names
    uint8_t part;  // that holds the soft label: PART_SOFT or PART_JSON; PART_CLASS: none
};

/* A member. */
struct tar_extent {
    uint64_t at;
    uint32_t size;
};

struct tar_index {
    char *path, *name; // of the archive, as given and without folders; owned
    int input;         // that it belongs to
    int fd;            // of a file that stays open; else -1
    bool stream;
    bool keeps_json; // set before samples are listed
    uint32_t first;  // number of sample 0 among those of all archives
    uint32_t n, room;
    struct tar_entry *entries;  // (n)
    int *label;                 // (n) class
    struct tar_extent *json;    // (n) with keeps_json: KEY.json, where it is not the soft label
    uint8_t *(*held)[3];        // (n) of a stream: bytes of the picture, the soft label, the JSON
    struct text names;          // each terminated
    struct tar_classes classes; // samples counted from 0
};

/* path: as given; stream: it can be read only once (path_is_stream). */
void tar_index_open(struct tar_index *index, const char *path, int input, bool stream);
void tar_index_close(struct tar_index *index);

/* Lists all samples of a file. keep: it stays open. */
int tar_index_file(struct tar_index *index, bool keep, struct arena *arena, struct err *err);

/* Forgets its samples and lists the next ones of a stream, up to `most`. */
int tar_index_window(struct tar_index *index, struct tar_samples *samples, uint32_t most,
                     struct arena *arena, struct err *err);

/* As the sample's picture is called inside of the archive. */
const char *tar_index_picture(const struct tar_index *index, uint32_t sample);

/* Appends how messages call the picture. */
void tar_index_name(const struct tar_index *index, uint32_t sample, struct text *name);

/* The first `most` bytes of the picture, or all where there are fewer. They lie in the arena, or
 * belong to the index. */
int tar_index_read(const struct tar_index *index, uint32_t sample, size_t most, struct arena *arena,
                   uint8_t **bytes, size_t *size, struct err *err);

/* row: (n_classes) the soft label, of samples that have only a class one of 0 and 1. */
int tar_index_row(const struct tar_index *index, uint32_t sample, int n_classes,
                  struct arena *arena, float *row, struct err *err);

/* The bytes of KEY.json, with keeps_json; size 0 where there are none. They lie in the arena, or
 * belong to the index. */
int tar_index_json(const struct tar_index *index, uint32_t sample, struct arena *arena,
                   uint8_t **bytes, size_t *size, struct err *err);

#endif

/* Headers: a look into every file before anything is made. Which are pictures, of what size and
 * kind. A struct headers says it of a run of files, or of all. What is a file, and where it lies,
 * the source says. */
#ifndef MIXSMITH_HEADERS_H
#define MIXSMITH_HEADERS_H

#include "base/parallel.h"
#include "sources/source.h"

enum { PICTURE_BYTES_MAX = 1 << 30 }; // of one file

struct header_rules {
    long max_pixels; // of one picture
    bool upright;    // EXIF orientation is applied
};

/* Appends how messages call a file of data, which the source knows. */
typedef void header_name(const void *data, uint32_t file, struct text *name);

struct header_files {
    const void *data; // of the source
    uint32_t n;
    /* The first `most` bytes of a file, or all of it where it is shorter, in the arena. */
    int (*read)(const void *data, uint32_t file, size_t most, struct arena *arena, uint8_t **bytes,
                size_t *size, struct err *err);
    header_name *name;
};

struct headers {
    struct failure *failures; // (n_failures) by rising file; owned by the caller
    size_t n_failures;
    uint32_t first, odd; // a picture, and one of another size, or UINT32_MAX
    int w, h;            // of first
    int odd_w, odd_h;
    bool colour; // some picture has
};

/* unusable: (files->n) flags, zeroed; set for files that are no pictures. -1: interrupted, and
 * *found tells of some files only. */
int headers_scan(const struct header_files *files, const struct header_rules *rules,
                 struct pool *pool, uint8_t *unusable, struct headers *found, struct err *err);

#endif

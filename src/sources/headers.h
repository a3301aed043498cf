/* Headers: a look into every file before anything is made. Which are pictures, of what size and
 * kind. A struct headers says it of a run of files, or of all. */
#ifndef MIXSMITH_HEADERS_H
#define MIXSMITH_HEADERS_H

#include "base/parallel.h"
#include "sources/path_list.h"
#include "sources/source.h"

enum { PICTURE_BYTES_MAX = 1 << 30 }; // of one file

struct header_rules {
    long max_pixels; // of one picture
    bool upright;    // EXIF orientation is applied
};

struct headers {
    struct failure *failures; // (n_failures) by rising file; owned by the caller
    size_t n_failures;
    uint32_t first, odd; // a picture, and one of another size, or UINT32_MAX
    int w, h;            // of first
    int odd_w, odd_h;
    bool colour; // some picture has
};

/* unusable: (files->n) flags, zeroed; set for files that are no pictures. */
struct headers headers_scan(const struct path_list *files, const struct header_rules *rules,
                            struct pool *pool, uint8_t *unusable);

#endif

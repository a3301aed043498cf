/* The outside of a PNG file (W3C PNG, 2003, clauses 5 and 11): every chunk is whole and its CRC
 * right, the header makes sense, and the data and the end are there. Inflates nothing. */
#ifndef MIXSMITH_PNG_CHECK_H
#define MIXSMITH_PNG_CHECK_H

#include "base/fail.h"

#include <stdbool.h>
#include <stdint.h>

enum { PNG_SIGNATURE_SIZE = 8, PNG_IHDR_SIZE = 13 };
enum png_colour { PNG_GREY = 0, PNG_RGB = 2, PNG_PALETTE = 3, PNG_GREY_ALPHA = 4, PNG_RGBA = 6 };

extern const uint8_t png_signature[PNG_SIGNATURE_SIZE];

struct png {
    const uint8_t *bytes; // the whole file, the caller's; the pointers below point into it
    size_t size;          // bytes up to the end of IEND
    const uint8_t *ihdr;  // (PNG_IHDR_SIZE)
    uint32_t w, h;        // pixels; not yet checked against any bound
    int depth;            // bits a sample: 1, 2, 4, 8, 16
    enum png_colour colour;
    bool interlaced;        // Adam7
    const uint8_t *palette; // (n_colours, 3), NULL where there is none
    int n_colours;
    bool transparent;    // some colours are (tRNS)
    const uint8_t *exif; // NULL where there is none
    size_t exif_size;
    size_t idat_size; // bytes of all IDAT chunks together
};

struct png_chunk {
    const uint8_t *type; // (4) letters
    const uint8_t *data; // (size)
    size_t size;
};

/* bytes: (size) a whole file, which begins with png_signature; they outlive png. -1: cut short,
 * broken, or with a critical chunk that is not known. */
int png_check(const uint8_t *bytes, size_t size, struct png *png, struct err *err);

/* The chunk that begins at *at, CRC checked; moves *at behind it. */
int png_next_chunk(const uint8_t *bytes, size_t size, size_t *at, struct png_chunk *chunk,
                   struct err *err);
bool png_chunk_is(const struct png_chunk *chunk, const char *type);

int png_channels(enum png_colour colour); // samples a pixel in the data: 1 for palettes

/* Bytes that the data must inflate to: a filter byte and the packed samples of each row, of each of
 * the seven passes if interlaced. For sides up to PICTURE_MAX_SIDE. */
size_t png_inflated_size(const struct png *png);

#endif

/* The gate for BMP files (BITMAPINFOHEADER and its successors; OS/2 BITMAPCOREHEADER without
 * palette): stb_image reads what the header says, so the header is held against the file first. */
#ifndef MIXSMITH_BMP_CHECK_H
#define MIXSMITH_BMP_CHECK_H

#include "base/fail.h"

#include <stdint.h>

struct bmp {
    long w, h;        // pixels; h as stored: negative where rows run top down
    int bits;         // a pixel: 1, 4, 8, 16, 24, 32
    size_t pixels_at; // bytes from the start
    int n_colours;    // that stb_image will read: all between header and pixels
};

/* What the header says. -1: cut short within the header, or of a kind that is not supported. */
int bmp_header(const uint8_t *bytes, size_t size, struct bmp *bmp, struct err *err);

/* Are all rows there, and every pixel's colour in the palette? For sides that picture.h allows. */
int bmp_check(const uint8_t *bytes, size_t size, const struct bmp *bmp, struct err *err);

#endif

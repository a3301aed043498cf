/* Pictures: files' bytes ↔ pixels. Takes bytes and gives bytes; opens no file; any thread may call
 * it.
 *
 * JPEG (baseline, progressive) by libjpeg-turbo, which jpeg.c alone names; PNG (W3C PNG, 2003) and
 * BMP by stb_image, which stb_decode.c alone names, behind a gate, because stb_image trusts its
 * input: png_check.c and bmp_check.c see to magic, dimensions, chunks and their CRCs, png_decode.c
 * to the inflated size and the palette, and a decoder that read past the end of its bytes is
 * refused. So every byte of a decoded picture comes from the file. PNG is written by
 * stb_image_write, which png_encode.c alone names, its deflate streams by libdeflate, which
 * deflate.c alone names. */
#ifndef MIXSMITH_PICTURE_H
#define MIXSMITH_PICTURE_H

#include "base/arena.h"
#include "base/fail.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PICTURE_MAX_SIDE = 16384, // pixels
};

enum picture_format { PICTURE_UNKNOWN, PICTURE_PNG, PICTURE_JPEG, PICTURE_BMP };

struct picture_info {
    enum picture_format format;
    int w, h;        // pixels, as stored in the file (before orientation)
    int channels;    // 1 grey, 2 grey + alpha, 3 colour, 4 colour + alpha; palettes and CMYK are
                     // colour
    int depth;       // bits of a stored sample: 1, 2, 4, 8, 16; of a colour in a palette 8
    bool alpha;      // has transparency: a channel of it, or transparent colours
    int orientation; // EXIF 2.32 tag 0x0112: 1..8; 1 where there is none
};

struct picture {
    int w, h, c;     // pixels, channels
    uint8_t *pixels; // (h, w, c) rows top down, channels interleaved, 0..255
};

/* Whether the first bytes are those of one of the three formats. */
bool picture_is_known(const uint8_t *bytes, size_t size);

/* What the header says. -1: not a picture of the three formats, or w, h outside
 * 1..PICTURE_MAX_SIDE, or more than max_pixels; for PNG and BMP also: cut short. Messages do not
 * name the file: the caller does. */
int picture_probe(const uint8_t *bytes, size_t size, long max_pixels, struct picture_info *info,
                  struct err *err);

/* Decodes to `channels` (1 or 3) channels: alpha and transparent colours are dropped, grey is
 * repeated, colour becomes grey by ITU-R 601 luma as Pillow's convert("L") does, CMYK becomes
 * colour as its convert("RGB") does. 16-bit samples keep their high byte. upright: applies the EXIF
 * orientation. out->pixels lies in the arena, and so does all scratch: up to fifteen bytes a byte
 * of pixels. -1: as picture_probe, or the data is cut short or broken. Bytes behind the picture's
 * own end are ignored. */
int picture_decode(const uint8_t *bytes, size_t size, long max_pixels, int channels, bool upright,
                   struct arena *arena, struct picture *out, struct err *err);

/* Encoded bytes lie in the arena and are deterministic in (pixels, settings).
 * PNG: level 0..12 as libdeflate's (0 stores). JPEG: quality 1..100, always 4:2:0 like Pillow,
 * OpenCV and torchvision: the same bytes as Pillow's save(quality=...) with libjpeg-turbo. */
int picture_encode_png(const struct picture *picture, int level, struct arena *arena,
                       uint8_t **bytes, size_t *size, struct err *err);
int picture_encode_jpeg(const struct picture *picture, int quality, struct arena *arena,
                        uint8_t **bytes, size_t *size, struct err *err);

#endif

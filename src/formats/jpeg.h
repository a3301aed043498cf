/* JPEG (ITU-T T.81, JFIF, EXIF), baseline and progressive. */
#ifndef MIXSMITH_JPEG_H
#define MIXSMITH_JPEG_H

#include "formats/picture.h"

struct jpeg {
    int w, h, components; // 1 grey, 3 colour, 4 CMYK
    int orientation;      // EXIF: 1..8
};

/* What stands before the first scan. */
int jpeg_header(const uint8_t *bytes, size_t size, struct jpeg *jpeg, struct err *err);

/* To 1 (grey) or 3 channels; CMYK becomes colour. Refuses whatever libjpeg only warns of: data cut
 * short, a missing end marker, broken entropy codes; and more than 500 scans. */
int jpeg_decode(const uint8_t *bytes, size_t size, const struct jpeg *jpeg, struct arena *arena,
                struct picture *out, struct err *err);

#endif

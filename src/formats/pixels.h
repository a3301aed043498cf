/* What is done to decoded pixels before anyone sees them: channels and orientation. */
#ifndef MIXSMITH_PIXELS_H
#define MIXSMITH_PIXELS_H

#include "formats/picture.h"

/* 1..4 channels (grey, grey + alpha, colour, colour + alpha) → 1 or 3. out: (n, channels) and may
 * not overlap in: (n, c). */
void pixels_convert(const uint8_t *in, size_t n, int c, uint8_t *out, int channels);

/* Stands the picture upright: orientation 2..8 as EXIF stores it. out: (in->w, in->h) or (in->h,
 * in->w) pixels; only its pixels are given, the sides are set here. */
void pixels_orient(const struct picture *in, int orientation, struct picture *out);

#endif

/* stb_image 2.27 with a belt: PNG and BMP only, from memory, nothing beyond the end, memory zeroed
 * and bounded. Its callers check first what it does not check. */
#ifndef MIXSMITH_STB_DECODE_H
#define MIXSMITH_STB_DECODE_H

#include "formats/picture.h"

/* To 8 bits and the picture's own channels, 1..4; pixels and scratch lie in the arena, and take no
 * more than a picture of n_pixels can need. -1 also where the decoder wanted bytes past the end. */
int stb_decode(const uint8_t *bytes, size_t size, size_t n_pixels, struct arena *arena,
               struct picture *out, struct err *err);

#endif

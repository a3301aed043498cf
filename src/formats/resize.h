/* Resizing: the separable antialiased triangle filter in 8-bit fixed point, equal bit for bit to
 * Pillow's Image.resize(size, BILINEAR, box=box) of 9.4. Any thread may call it. */
#ifndef MIXSMITH_RESIZE_H
#define MIXSMITH_RESIZE_H

#include "base/arena.h"
#include "formats/picture.h"

enum fit {
    FIT_CROP,   // fills the frame, cuts what hangs over: Pillow's ImageOps.fit, centred
    FIT_PAD,    // all of the picture, black bars: Pillow's ImageOps.pad, centred
    FIT_SQUASH, // both sides scaled on their own: Image.resize
};

/* Makes a size of w × h no longer than `most` on either side, in proportion, and no shorter than 1.
 */
void size_within(int *w, int *h, int most);

/* Fits src into w × h pixels of as many channels (1 or 3). dst: (h, w, c), owned by the caller.
 * Scratch comes from the arena. A picture of that size is copied. FIT_PAD keeps at least one pixel
 * of the shorter side, where Pillow refuses. */
void resize_fit(const struct picture *src, enum fit fit, int w, int h, struct arena *arena,
                uint8_t *dst);

#endif

#include "formats/pixels.h"

#include <string.h>

/* ITU-R BT.601 in 16 bits, rounded: Pillow's convert("L"). */
static uint8_t luma(const uint8_t *rgb) {
    return (uint8_t)((rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16);
}

void pixels_convert(const uint8_t *in, size_t n, int c, uint8_t *out, int channels) {
    bool colour = c >= 3;
    for (size_t i = 0; i < n; i++, in += c, out += channels) {
        if (channels == 1)
            out[0] = colour ? luma(in) : in[0];
        else
            for (int k = 0; k < 3; k++)
                out[k] = in[colour ? k : 0];
    }
}

/* EXIF 2.32, tag 0x0112: row 0 and column 0 of the file lie at the picture's top, bottom, left or
 * right; from 5 on, rows of the file are columns of the picture. */
void pixels_orient(const struct picture *in, int orientation, struct picture *out) {
    bool turned = orientation >= 5;
    bool from_right = orientation == 2 || orientation == 3 || orientation >= 7;
    bool from_bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    ptrdiff_t c = in->c, right = c, down = c * in->w;
    const uint8_t *start = in->pixels;
    if (from_right) {
        start += right * (in->w - 1);
        right = -right;
    }
    if (from_bottom) {
        start += down * (in->h - 1);
        down = -down;
    }
    out->w = turned ? in->h : in->w;
    out->h = turned ? in->w : in->h;
    out->c = in->c;
    uint8_t *to = out->pixels;
    ptrdiff_t along = turned ? down : right, across = turned ? right : down;
    for (int y = 0; y < out->h; y++)
        for (int x = 0; x < out->w; x++, to += c)
            memcpy(to, start + y * across + x * along, (size_t)c);
}

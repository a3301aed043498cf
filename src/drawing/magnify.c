#include "drawing/magnify.h"

#include "formats/resize.h"

#include <string.h>

/* The nearest pixel. */
static void magnify(const struct picture *small, struct picture *large) {
    size_t c = (size_t)small->c;
    uint8_t *out = large->pixels;
    for (int y = 0; y < large->h; y++)
        for (int x = 0; x < large->w; x++, out += c) {
            size_t row = (size_t)((int64_t)y * small->h / large->h);
            size_t column = (size_t)((int64_t)x * small->w / large->w);
            memcpy(out, small->pixels + (row * (size_t)small->w + column) * c, c);
        }
}

struct picture picture_in_size(const struct picture *picture, int w, int h, struct arena *arena) {
    size_t bytes = (size_t)w * (size_t)h * (size_t)picture->c;
    struct picture sized = {w, h, picture->c, arena_take(arena, bytes)};
    if (w >= picture->w && h >= picture->h)
        magnify(picture, &sized);
    else
        resize_fit(picture, FIT_SQUASH, w, h, arena, sized.pixels);
    return sized;
}

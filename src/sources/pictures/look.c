#include "sources/pictures/look.h"

int look_at_picture(const struct raw *raw, const struct header_rules *rules, struct arena *arena,
                    struct stored *stored, struct err *err) {
    struct picture picture;
    if (picture_probe(raw->bytes, raw->size, rules->max_pixels, &stored->info, err) < 0)
        return -1;
    int channels = stored->info.channels >= 3 ? 3 : 1;
    if (picture_decode(raw->bytes, raw->size, rules->max_pixels, channels, rules->upright, arena,
                       &picture, err) < 0)
        return -1;
    stored->shape = (struct shape){3, {picture.h, picture.w, picture.c}};
    stored->dtype = DTYPE_UINT8;
    stored->values = picture.pixels;
    return 0;
}

#include "formats/picture.h"

#include "base/words.h"
#include "formats/bmp_check.h"
#include "formats/exif.h"
#include "formats/jpeg.h"
#include "formats/pixels.h"
#include "formats/png_check.h"
#include "formats/png_decode.h"
#include "formats/stb_decode.h"

#include <stdlib.h>
#include <string.h>

/* A picture's header, read and held against the bounds. */
struct header {
    struct picture_info info;
    struct png png; // that of info.format alone is set
    struct jpeg jpeg;
    struct bmp bmp;
};

static int check_sides(long w, long h, long max_pixels, struct picture_info *info,
                       struct err *err) {
    if (w < 1 || h < 1 || w > PICTURE_MAX_SIDE || h > PICTURE_MAX_SIDE)
        return fail(err, "%ld × %ld pixels: sides must lie in 1..%d", w, h, PICTURE_MAX_SIDE);
    if (w * h > max_pixels)
        return fail(err, "%ld × %ld pixels are more than %ld (--max-pixels)", w, h, max_pixels);
    info->w = (int)w;
    info->h = (int)h;
    return 0;
}

static int read_png(const uint8_t *bytes, size_t size, long max_pixels, struct header *header,
                    struct err *err) {
    struct png *png = &header->png;
    struct picture_info *info = &header->info;
    if (png_check(bytes, size, png, err) < 0)
        return -1;
    info->format = PICTURE_PNG;
    info->channels = png->colour == PNG_PALETTE ? 3 : png_channels(png->colour);
    info->depth = png->colour == PNG_PALETTE ? 8 : png->depth;
    info->alpha = png->transparent || info->channels % 2 == 0;
    info->orientation = exif_orientation(png->exif, png->exif_size);
    return check_sides(png->w, png->h, max_pixels, info, err);
}

static int read_jpeg(const uint8_t *bytes, size_t size, long max_pixels, struct header *header,
                     struct err *err) {
    const struct jpeg *jpeg = &header->jpeg;
    struct picture_info *info = &header->info;
    if (jpeg_header(bytes, size, &header->jpeg, err) < 0)
        return -1;
    if (jpeg->components != 1 && jpeg->components != 3 && jpeg->components != 4)
        return fail(err, "JPEG not supported: %d colour components", jpeg->components);
    info->format = PICTURE_JPEG;
    info->channels = jpeg->components == 1 ? 1 : 3;
    info->depth = 8;
    info->alpha = false;
    info->orientation = jpeg->orientation;
    return check_sides(jpeg->w, jpeg->h, max_pixels, info, err);
}

static int read_bmp(const uint8_t *bytes, size_t size, long max_pixels, struct header *header,
                    struct err *err) {
    const struct bmp *bmp = &header->bmp;
    struct picture_info *info = &header->info;
    if (bmp_header(bytes, size, &header->bmp, err))
        return -1;
    info->format = PICTURE_BMP;
    info->channels = 3;
    info->depth = 8;
    info->alpha = false;
    info->orientation = 1;
    return check_sides(bmp->w, labs(bmp->h), max_pixels, info, err) ||
                   bmp_check(bytes, size, bmp, err)
               ? -1
               : 0;
}

static bool begins_with(const uint8_t *bytes, size_t size, const void *magic, size_t n) {
    return size >= n && memcmp(bytes, magic, n) == 0;
}

static enum picture_format format_of(const uint8_t *bytes, size_t size) {
    if (begins_with(bytes, size, png_signature, PNG_SIGNATURE_SIZE))
        return PICTURE_PNG;
    if (begins_with(bytes, size, "\xff\xd8\xff", 3))
        return PICTURE_JPEG;
    return begins_with(bytes, size, "BM", 2) ? PICTURE_BMP : PICTURE_UNKNOWN;
}

bool picture_is_known(const uint8_t *bytes, size_t size) {
    return format_of(bytes, size) != PICTURE_UNKNOWN;
}

static int read_header(const uint8_t *bytes, size_t size, long max_pixels, struct header *header,
                       struct err *err) {
    switch (format_of(bytes, size)) {
    case PICTURE_PNG:
        return read_png(bytes, size, max_pixels, header, err);
    case PICTURE_JPEG:
        return read_jpeg(bytes, size, max_pixels, header, err);
    case PICTURE_BMP:
        return read_bmp(bytes, size, max_pixels, header, err);
    default:
        return fail(err, "neither PNG, JPEG nor BMP (%zu byte%s)", size, s_of(size));
    }
}

int picture_probe(const uint8_t *bytes, size_t size, long max_pixels, struct picture_info *info,
                  struct err *err) {
    struct header header;
    if (read_header(bytes, size, max_pixels, &header, err) < 0)
        return -1;
    *info = header.info;
    return 0;
}

/* To 8 bits and the file's own 1..4 channels. */
static int decode_raw(const uint8_t *bytes, size_t size, const struct header *header,
                      struct arena *arena, struct picture *out, struct err *err) {
    const struct picture_info *info = &header->info;
    switch (info->format) {
    case PICTURE_PNG:
        return png_decode(&header->png, arena, out, err);
    case PICTURE_JPEG:
        return jpeg_decode(bytes, size, &header->jpeg, arena, out, err);
    default:
        return stb_decode(bytes, size, (size_t)info->w * (size_t)info->h, arena, out, err);
    }
}

static void convert(struct picture *picture, int channels, struct arena *arena) {
    size_t n = (size_t)picture->w * (size_t)picture->h;
    if (picture->c == channels)
        return;
    uint8_t *pixels = arena_take(arena, n * (size_t)channels);
    pixels_convert(picture->pixels, n, picture->c, pixels, channels);
    picture->pixels = pixels;
    picture->c = channels;
}

static void stand_upright(struct picture *picture, int orientation, struct arena *arena) {
    size_t size = (size_t)picture->w * (size_t)picture->h * (size_t)picture->c;
    if (orientation == 1)
        return;
    struct picture upright = {.pixels = arena_take(arena, size)};
    pixels_orient(picture, orientation, &upright);
    *picture = upright;
}

int picture_decode(const uint8_t *bytes, size_t size, long max_pixels, int channels, bool upright,
                   struct arena *arena, struct picture *out, struct err *err) {
    struct header header;
    if (read_header(bytes, size, max_pixels, &header, err) < 0 ||
        decode_raw(bytes, size, &header, arena, out, err) < 0)
        return -1;
    convert(out, channels, arena);
    stand_upright(out, upright ? header.info.orientation : 1, arena);
    return 0;
}

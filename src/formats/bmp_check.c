#include "formats/bmp_check.h"

#include "base/words.h"
#include "formats/byte_order.h"
#include "formats/codecs.h"

#include <stdbool.h>
#include <stdlib.h>

enum { FILE_HEADER = 14, CORE_HEADER = 12, INFO_HEADER = 40, MAX_COLOURS = 256 };
enum { COMPRESSION_NONE = 0, COMPRESSION_MASKS = 3 };

/* The Windows headers give the height as a signed number: below zero where rows run top down. */
static long height_of(const uint8_t *at) {
    uint32_t stored = read_little_endian(at, 4);
    return stored < 0x80000000u ? (long)stored : (long)stored - 0x100000000L;
}

static bool bits_known(int bits) {
    return bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
}

/* Colours lie between the header and the pixels, four bytes each. */
static int find_palette(size_t header, struct bmp *bmp, struct err *err) {
    size_t room = bmp->pixels_at - FILE_HEADER - header;
    if (bmp->bits > 8)
        return 0;
    if (header == CORE_HEADER || room < 4 || room / 4 > MAX_COLOURS)
        return fail(err, "BMP not supported: %zu byte%s of palette behind a header of %zu", room,
                    s_of(room), header);
    bmp->n_colours = (int)(room / 4);
    return 0;
}

int bmp_header(const uint8_t *bytes, size_t size, struct bmp *bmp, struct err *err) {
    if (size < FILE_HEADER + CORE_HEADER)
        return fail(err, "BMP cut short: %zu bytes", size);
    size_t header = read_little_endian(bytes + FILE_HEADER, 4);
    bool core = header == CORE_HEADER;
    if (!core && header != INFO_HEADER && header != 56 && header != 108 && header != 124)
        return fail(err, "BMP not supported: a header of %zu byte%s", header, s_of(header));
    *bmp = (struct bmp){.pixels_at = read_little_endian(bytes + 10, 4)};
    if (bmp->pixels_at < FILE_HEADER + header || bmp->pixels_at > size)
        return fail(err, "BMP cut short or broken: pixels at byte %zu of %zu", bmp->pixels_at,
                    size);
    const uint8_t *at = bytes + FILE_HEADER + 4;
    bmp->w = (long)read_little_endian(at, core ? 2 : 4);
    bmp->h = core ? (long)read_little_endian(at + 2, 2) : height_of(at + 4);
    bmp->bits = (int)read_little_endian(core ? at + 6 : at + 10, 2);
    uint32_t compression = core ? COMPRESSION_NONE : read_little_endian(at + 12, 4);
    if (!bits_known(bmp->bits) ||
        (compression != COMPRESSION_NONE && compression != COMPRESSION_MASKS))
        return fail(err, "BMP not supported: %d bits a pixel, compression %u", bmp->bits,
                    (unsigned)compression);
    return find_palette(header, bmp, err);
}

/* Indices are packed from the highest bit down. */
static int check_indices(const uint8_t *rows, size_t stride, const struct bmp *bmp,
                         struct err *err) {
    for (long y = 0; y < labs(bmp->h); y++)
        for (long x = 0; x < bmp->w; x++) {
            long bit = x * bmp->bits;
            int shift = 8 - bmp->bits - (int)(bit % 8);
            int index =
                rows[(size_t)y * stride + (size_t)bit / 8] >> shift & ((1 << bmp->bits) - 1);
            if (index >= bmp->n_colours)
                return fail(err, "BMP broken: stored row %ld, column %ld has colour %d of %d", y, x,
                            index, bmp->n_colours);
        }
    return 0;
}

int bmp_check(const uint8_t *bytes, size_t size, const struct bmp *bmp, struct err *err) {
    size_t stride = ((size_t)bmp->w * (size_t)bmp->bits + 31) / 32 * 4;
    size_t need = bmp->pixels_at + stride * (size_t)labs(bmp->h);
    if (size < need)
        return fail(err, "BMP cut short: %zu of %zu bytes", size, need);
    return bmp->bits <= 8 ? check_indices(bytes + bmp->pixels_at, stride, bmp, err) : 0;
}

const struct codec codec_bmp = {
    .name = "bmp",
    .help = "BMP pictures, uncompressed",
    .reader = "stb_image",
};

#include "formats/png_check.h"

#include "base/words.h"
#include "formats/byte_order.h"
#include "formats/deflate.h"

#include <inttypes.h>
#include <string.h>

enum { CHUNK_AROUND = 12, MAX_COLOURS = 256 }; // length, type and CRC of a chunk

const uint8_t png_signature[PNG_SIGNATURE_SIZE] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

bool png_chunk_is(const struct png_chunk *chunk, const char *type) {
    return memcmp(chunk->type, type, 4) == 0;
}

int png_next_chunk(const uint8_t *bytes, size_t size, size_t *at, struct png_chunk *chunk,
                   struct err *err) {
    size_t left = size - *at;
    const uint8_t *start = bytes + *at;
    if (left < CHUNK_AROUND)
        return fail(err, "PNG cut short: no IEND chunk in %zu bytes", size);
    chunk->size = read_big_endian(start, 4);
    chunk->type = start + 4;
    chunk->data = start + 8;
    if (chunk->size > left - CHUNK_AROUND)
        return fail(err, "PNG cut short: the chunk at byte %zu says %zu byte%s, %zu are left", *at,
                    chunk->size, s_of(chunk->size), left - CHUNK_AROUND);
    uint32_t stored = read_big_endian(chunk->data + chunk->size, 4);
    uint32_t found = crc32_of(chunk->type, chunk->size + 4);
    if (stored != found)
        return fail(err, "PNG broken: the chunk at byte %zu has CRC %08" PRIx32 ", not %08" PRIx32,
                    *at, found, stored);
    *at += CHUNK_AROUND + chunk->size;
    return 0;
}

/* Table 11.1: the depths that each colour type allows, as a sum of powers of two. */
static bool depth_allowed(int colour, int depth) {
    static const int allowed[7] = {[PNG_GREY] = 1 | 2 | 4 | 8 | 16,
                                   [PNG_RGB] = 8 | 16,
                                   [PNG_PALETTE] = 1 | 2 | 4 | 8,
                                   [PNG_GREY_ALPHA] = 8 | 16,
                                   [PNG_RGBA] = 8 | 16};
    bool power_of_two = depth > 0 && (depth & (depth - 1)) == 0;
    return colour <= 6 && power_of_two && (allowed[colour] & depth) != 0;
}

static int read_header(const struct png_chunk *chunk, struct png *png, struct err *err) {
    if (!png_chunk_is(chunk, "IHDR") || chunk->size != PNG_IHDR_SIZE)
        return fail(err, "PNG broken: it does not begin with a header of %d bytes", PNG_IHDR_SIZE);
    const uint8_t *ihdr = chunk->data;
    int depth = ihdr[8], colour = ihdr[9];
    if (!depth_allowed(colour, depth))
        return fail(err, "PNG broken: colour type %d with %d bits a sample", colour, depth);
    if (ihdr[10] != 0 || ihdr[11] != 0 || ihdr[12] > 1)
        return fail(err, "PNG broken: compression %d, filter %d, interlace %d", ihdr[10], ihdr[11],
                    ihdr[12]);
    png->ihdr = ihdr;
    png->w = read_big_endian(ihdr, 4);
    png->h = read_big_endian(ihdr + 4, 4);
    png->depth = depth;
    png->colour = (enum png_colour)colour;
    png->interlaced = ihdr[12] == 1;
    return 0;
}

static int read_palette(const struct png_chunk *chunk, struct png *png, struct err *err) {
    if (png->palette)
        return fail(err, "PNG broken: two palettes");
    if (chunk->size == 0 || chunk->size % 3 || chunk->size > 3 * MAX_COLOURS)
        return fail(err, "PNG broken: a palette of %zu byte%s", chunk->size, s_of(chunk->size));
    png->palette = chunk->data;
    png->n_colours = (int)(chunk->size / 3);
    return 0;
}

/* A small first letter marks a chunk that readers may pass over. */
static int read_chunk(const struct png_chunk *chunk, struct png *png, struct err *err) {
    if (png_chunk_is(chunk, "IDAT"))
        png->idat_size += chunk->size;
    else if (png_chunk_is(chunk, "PLTE"))
        return read_palette(chunk, png, err);
    else if (png_chunk_is(chunk, "tRNS"))
        png->transparent = true;
    else if (png_chunk_is(chunk, "eXIf")) {
        png->exif = chunk->data;
        png->exif_size = chunk->size;
    } else if (!(chunk->type[0] & 0x20) && !png_chunk_is(chunk, "IEND"))
        return fail(err, "PNG not supported: unknown critical chunk %.4s",
                    (const char *)chunk->type);
    return 0;
}

int png_check(const uint8_t *bytes, size_t size, struct png *png, struct err *err) {
    *png = (struct png){.bytes = bytes};
    struct png_chunk chunk;
    size_t at = PNG_SIGNATURE_SIZE;
    if (png_next_chunk(bytes, size, &at, &chunk, err) || read_header(&chunk, png, err))
        return -1;
    do {
        if (png_next_chunk(bytes, size, &at, &chunk, err) || read_chunk(&chunk, png, err))
            return -1;
    } while (!png_chunk_is(&chunk, "IEND"));
    png->size = at;
    if (!png->idat_size)
        return fail(err, "PNG broken: no IDAT chunk");
    if (png->colour == PNG_PALETTE && !png->palette)
        return fail(err, "PNG broken: no PLTE chunk");
    return 0;
}

int png_channels(enum png_colour colour) {
    switch (colour) {
    case PNG_GREY_ALPHA:
        return 2;
    case PNG_RGB:
        return 3;
    case PNG_RGBA:
        return 4;
    default:
        return 1;
    }
}

static size_t rows_size(const struct png *png, size_t w, size_t h) {
    size_t bits = (size_t)png->depth * (size_t)png_channels(png->colour);
    return w && h ? h * (1 + (w * bits + 7) / 8) : 0;
}

size_t png_inflated_size(const struct png *png) {
    /* Clause 8.2: pass i holds every dx[i]-th column from x[i] on, every dy[i]-th row from y[i] on.
     */
    static const uint32_t x[7] = {0, 4, 0, 2, 0, 1, 0}, dx[7] = {8, 8, 4, 4, 2, 2, 1};
    static const uint32_t y[7] = {0, 0, 4, 0, 2, 0, 1}, dy[7] = {8, 8, 8, 4, 4, 2, 2};
    if (!png->interlaced)
        return rows_size(png, png->w, png->h);
    size_t size = 0;
    for (int i = 0; i < 7; i++)
        size += rows_size(png, (png->w + dx[i] - 1 - x[i]) / dx[i],
                          (png->h + dy[i] - 1 - y[i]) / dy[i]);
    return size;
}

/* stb_image gets to see a PNG that we wrote: the header, and the data inflated by libdeflate to the
 * size that the header implies, in stored blocks (RFC 1951, 3.2.4), which stb_image has only to
 * copy. So no hostile deflate stream and no chunk with a length of its own reaches it. A palette
 * picture is handed over as a grey one of the same depth: it comes back as indices, which are
 * looked up here, where their range can be checked. */
#include "formats/png_decode.h"

#include "formats/byte_order.h"
#include "formats/codecs.h"
#include "formats/deflate.h"
#include "formats/stb_decode.h"

#include <string.h>

enum {
    STORED_MAX = 65535, // bytes of a stored block
    BLOCK_HEADER = 5,
    IDAT_AT = PNG_SIGNATURE_SIZE + 12 + PNG_IHDR_SIZE,
    BLOCKS_AT = IDAT_AT + 8 + 2, // behind the chunk's length and type and the zlib header
    BEHIND = 4 + 4 + 12,         // Adler-32, CRC, IEND
    MOST_INFLATED = 1 << 30,     // what stb_image's ints hold
};

/* Length, type, data, and zeros for the CRC. */
static uint8_t *put_chunk(uint8_t *at, const char *type, const uint8_t *data, uint32_t size) {
    at = put_big_endian(at, size);
    memcpy(at, type, 4);
    if (size)
        memcpy(at + 4, data, size);
    return put_big_endian(at + 4 + size, 0);
}

/* The n bytes at `blocks` become stored blocks in place, the last one moved first. */
static void store_in_place(uint8_t *blocks, size_t n, size_t n_blocks) {
    for (size_t i = n_blocks; i-- > 0;) {
        size_t size = i + 1 < n_blocks ? STORED_MAX : n - i * STORED_MAX;
        uint8_t *block = blocks + i * (STORED_MAX + BLOCK_HEADER);
        memmove(block + BLOCK_HEADER, blocks + i * STORED_MAX, size);
        block[0] = i + 1 == n_blocks;
        block[1] = (uint8_t)size;
        block[2] = (uint8_t)(size >> 8);
        block[3] = (uint8_t)~size;
        block[4] = (uint8_t)(~size >> 8);
    }
}

/* All IDAT chunks end to end, without a copy where there is but one. */
static const uint8_t *idat_bytes(const struct png *png, struct arena *arena) {
    uint8_t *joined = NULL;
    size_t used = 0, at = PNG_SIGNATURE_SIZE;
    struct png_chunk chunk;
    struct err err;
    while (used < png->idat_size && !png_next_chunk(png->bytes, png->size, &at, &chunk, &err)) {
        if (!png_chunk_is(&chunk, "IDAT"))
            continue;
        if (chunk.size == png->idat_size)
            return chunk.data;
        if (!joined)
            joined = arena_take(arena, png->idat_size);
        memcpy(joined + used, chunk.data, chunk.size);
        used += chunk.size;
    }
    return joined;
}

/* What stands around the blocks of a file of `size` bytes. */
static void put_around(const struct png *png, uint8_t *bytes, size_t size, size_t idat_size) {
    uint8_t ihdr[PNG_IHDR_SIZE];
    memcpy(ihdr, png->ihdr, sizeof ihdr);
    if (png->colour == PNG_PALETTE)
        ihdr[9] = PNG_GREY;
    memcpy(bytes, png_signature, PNG_SIGNATURE_SIZE);
    uint8_t *at = put_chunk(bytes + PNG_SIGNATURE_SIZE, "IHDR", ihdr, sizeof ihdr);
    at = put_big_endian(at, (uint32_t)idat_size);
    memcpy(at, "IDAT\x78\x01", 6); // RFC 1950: deflate, window of 32 KiB
    uint8_t *behind = bytes + size - BEHIND;
    memset(behind, 0, 8); // Adler-32 and CRC, which stb_image does not look at
    put_chunk(behind + 8, "IEND", NULL, 0);
}

/* The same picture with its data stored: *bytes (*size). */
static int rewrite_stored(const struct png *png, size_t inflated, struct arena *arena,
                          uint8_t **bytes, size_t *size, struct err *err) {
    size_t n_blocks = (inflated + STORED_MAX - 1) / STORED_MAX;
    size_t idat_size = 2 + n_blocks * BLOCK_HEADER + inflated + 4;
    *size = IDAT_AT + 12 + idat_size + 12;
    const uint8_t *idat = idat_bytes(png, arena);
    *bytes = arena_take(arena, *size);
    if (zlib_inflate(idat, png->idat_size, *bytes + BLOCKS_AT, inflated, err) < 0)
        return -1;
    store_in_place(*bytes + BLOCKS_AT, inflated, n_blocks);
    put_around(png, *bytes, *size, idat_size);
    return 0;
}

/* Indices came back scaled to 0..255 as grey samples are: by 255, 85, 17 or 1. */
static int look_up(const struct png *png, struct arena *arena, struct picture *out,
                   struct err *err) {
    size_t n = (size_t)out->w * (size_t)out->h;
    int scale = 255 / ((1 << png->depth) - 1);
    uint8_t *pixels = arena_take(arena, n * 3);
    for (size_t i = 0; i < n; i++) {
        int index = out->pixels[i] / scale;
        if (index >= png->n_colours)
            return fail(err, "PNG broken: pixel %zu has colour %d of a palette of %d", i, index,
                        png->n_colours);
        memcpy(pixels + 3 * i, png->palette + 3 * index, 3);
    }
    out->pixels = pixels;
    out->c = 3;
    return 0;
}

int png_decode(const struct png *png, struct arena *arena, struct picture *out, struct err *err) {
    size_t inflated = png_inflated_size(png), size;
    uint8_t *bytes;
    if (inflated > MOST_INFLATED)
        return fail(err, "PNG of %zu bytes of pixels, of %d at most", inflated, MOST_INFLATED);
    if (rewrite_stored(png, inflated, arena, &bytes, &size, err) < 0 ||
        stb_decode(bytes, size, (size_t)png->w * png->h, arena, out, err) < 0)
        return -1;
    return png->colour == PNG_PALETTE ? look_up(png, arena, out, err) : 0;
}

const struct codec codec_png = {
    .name = "png",
    .help = "PNG pictures",
    .reader = "stb_image and libdeflate",
    .writer = "stb_image_write and libdeflate",
    .option = "png-level",
};

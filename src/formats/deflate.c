#include "formats/deflate.h"

#include "base/memory.h"
#include "base/words.h"
#include "formats/byte_order.h"
#include "formats/codecs.h"
#include "formats/literal_deflate.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

enum {
    EXPANDS_AT_MOST = 1032, // a byte of deflate; 258 bytes from two bits (RFC 1951, 3.2.5)
    GZIP_LEAST = 18,        // bytes: header, CRC and length
    GLANCE_BYTES = 1 << 17, // so much that a stored block fits
};

uint32_t crc32_of(const uint8_t *bytes, size_t size) {
    return libdeflate_crc32(0, bytes, size);
}

static struct libdeflate_decompressor *must_open_inflater(void) {
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    if (!inflater)
        die_of_memory(0);
    return inflater;
}

int zlib_inflate(const uint8_t *in, size_t in_size, uint8_t *out, size_t out_size,
                 struct err *err) {
    struct libdeflate_decompressor *inflater = must_open_inflater();
    size_t read, made;
    enum libdeflate_result result =
        libdeflate_zlib_decompress_ex(inflater, in, in_size, out, out_size, &read, &made);
    libdeflate_free_decompressor(inflater);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
        return fail(err, "inflates to more than the %zu bytes that its header implies", out_size);
    if (result != LIBDEFLATE_SUCCESS)
        return fail(err,
                    "broken: %zu deflated byte%s cannot be inflated, or to another check sum only",
                    in_size, s_of(in_size));
    if (made != out_size)
        return fail(err, "inflates to %zu of %zu bytes", made, out_size);
    return 0;
}

static uint8_t *deflate_by_library(const uint8_t *in, size_t in_size, int level,
                                   struct arena *arena, size_t *out_size) {
    struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(level);
    if (!deflater)
        die_of_memory(0);
    size_t bound = libdeflate_zlib_compress_bound(deflater, in_size);
    uint8_t *out = arena_take(arena, bound);
    *out_size = libdeflate_zlib_compress(deflater, in, in_size, out, bound);
    libdeflate_free_compressor(deflater);
    return out;
}

/* The two bytes of zlib's header (RFC 1950: deflate, 32 KiB window, fastest), the stream, the
 * Adler-32. */
static uint8_t *deflate_literals(const uint8_t *in, size_t in_size, struct arena *arena,
                                 size_t *out_size) {
    enum { HEAD = 2, TAIL = 4 };
    uint8_t *out = arena_take(arena, HEAD + literal_deflate_bound(in_size) + TAIL);
    out[0] = 0x78;
    out[1] = 0x01;
    size_t n = HEAD + literal_deflate(in, in_size, out + HEAD);
    put_big_endian(out + n, libdeflate_adler32(1, in, in_size));
    *out_size = n + TAIL;
    return out;
}

uint8_t *zlib_deflate(const uint8_t *in, size_t in_size, int level, struct arena *arena,
                      size_t *out_size) {
    if (level == 1 && !has_matches(in, in_size))
        return deflate_literals(in, in_size, arena, out_size);
    return deflate_by_library(in, in_size, level, arena, out_size);
}

/* --- gzip --- */

bool gzip_is_known(const uint8_t *bytes, size_t size) {
    return size >= 3 && bytes[0] == 0x1f && bytes[1] == 0x8b && bytes[2] == 8;
}

/* The stream's length stands at its end, in four bytes: memory is taken by it, so that it is held
 * against what deflate can do. */
static int gzip_length(const uint8_t *in, size_t in_size, size_t most, size_t *length,
                       struct err *err) {
    if (!gzip_is_known(in, in_size) || in_size < GZIP_LEAST)
        return fail(err, "not a whole gzip file");
    *length = read_little_endian(in + in_size - 4, 4);
    if (*length / EXPANDS_AT_MOST > in_size)
        return fail(err, "broken: says at its end that %zu bytes inflate to %zu", in_size, *length);
    if (*length > most)
        return fail(err, "inflates to %zu bytes, of which %zu are held at most: unpack it first",
                    *length, most);
    return 0;
}

int gzip_inflate(const uint8_t *in, size_t in_size, size_t most, struct arena *arena, uint8_t **out,
                 size_t *out_size, struct err *err) {
    size_t read, made;
    if (gzip_length(in, in_size, most, out_size, err) < 0)
        return -1;
    *out = arena_take(arena, *out_size + 1);
    struct libdeflate_decompressor *inflater = must_open_inflater();
    enum libdeflate_result result =
        libdeflate_gzip_decompress_ex(inflater, in, in_size, *out, *out_size, &read, &made);
    libdeflate_free_decompressor(inflater);
    if (result == LIBDEFLATE_SUCCESS && read == in_size && made == *out_size)
        return 0;
    if (result == LIBDEFLATE_SUCCESS && read < in_size)
        return fail(err, "%zu byte%s behind the gzip stream, or several streams: unpack it first",
                    in_size - read, s_of(in_size - read));
    return fail(err,
                "broken, or of several streams: %zu bytes do not inflate to the %zu that they end "
                "with: unpack it first",
                in_size, *out_size);
}

void gzip_glance(const uint8_t *in, size_t in_size, uint8_t *out, size_t n) {
    struct libdeflate_decompressor *inflater = must_open_inflater();
    uint8_t *begin = must_calloc(GLANCE_BYTES, 1);
    size_t ignored;
    /* It fails, for want of room or of input, after it has written what came before. */
    libdeflate_gzip_decompress(inflater, in, in_size, begin, GLANCE_BYTES, &ignored);
    memcpy(out, begin, n);
    free(begin);
    libdeflate_free_decompressor(inflater);
}

const struct codec codec_gzip = {
    .name = "gzip",
    .help = "gzip around arrays",
    .reader = "libdeflate",
};

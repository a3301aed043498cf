#include "formats/deflate.h"

#include "formats/byte_order.h"

#include "base/memory.h"
#include "formats/literal_deflate.h"

#include <libdeflate.h>

uint32_t crc32_of(const uint8_t *bytes, size_t size) {
    return libdeflate_crc32(0, bytes, size);
}

int zlib_inflate(const uint8_t *in, size_t in_size, uint8_t *out, size_t out_size,
                 struct err *err) {
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    if (!inflater)
        die_of_memory(0);
    size_t read, made;
    enum libdeflate_result result =
        libdeflate_zlib_decompress_ex(inflater, in, in_size, out, out_size, &read, &made);
    libdeflate_free_decompressor(inflater);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
        return fail(err, "inflates to more than the %zu bytes that its header implies", out_size);
    if (result != LIBDEFLATE_SUCCESS)
        return fail(err, "broken: %zu deflated bytes do not inflate, or to another check sum",
                    in_size);
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

/* gzip files for tests: our deflate streams in RFC 1952's frame. */
#ifndef MIXSMITH_TEST_GZIP_BYTES_H
#define MIXSMITH_TEST_GZIP_BYTES_H

#include "formats/deflate.h"

#include <string.h>

static inline void put_four(uint8_t *at, uint32_t value) {
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

/* The file lies in the arena. */
static inline uint8_t *gzip_bytes(const uint8_t *in, size_t n, int level, struct arena *arena,
                                  size_t *size) {
    enum { HEAD = 10, TAIL = 8, ZLIB_HEAD = 2, ZLIB_TAIL = 4 };
    size_t deflated;
    uint8_t *zlib = zlib_deflate(in, n, level, arena, &deflated);
    deflated -= ZLIB_HEAD + ZLIB_TAIL;
    uint8_t *out = arena_take_zeroed(arena, HEAD + deflated + TAIL);
    memcpy(out, "\x1f\x8b\x08", 3);
    memcpy(out + HEAD, zlib + ZLIB_HEAD, deflated);
    put_four(out + HEAD + deflated, crc32_of(in, n));
    put_four(out + HEAD + deflated + 4, (uint32_t)n);
    *size = HEAD + deflated + TAIL;
    return out;
}

#endif

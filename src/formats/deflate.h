/* zlib streams (RFC 1950, 1951) and the CRC-32 of PNG and gzip. The only file that names
 * libdeflate. Any thread may call it. */
#ifndef MIXSMITH_DEFLATE_H
#define MIXSMITH_DEFLATE_H

#include "base/arena.h"
#include "base/fail.h"

#include <stdint.h>

uint32_t crc32_of(const uint8_t *bytes, size_t size);

/* Inflates to exactly out_size bytes, with the stream's Adler-32 checked; what follows the stream
 * is ignored. -1: broken, or it inflates to more or to fewer bytes. */
int zlib_inflate(const uint8_t *in, size_t in_size, uint8_t *out, size_t out_size, struct err *err);

/* Deflates at level 0 (stores) .. 12. Level 1 searches for matches only where a
 * sample of the bytes has some, and else codes literals alone (literal_deflate.h). The stream lies
 * in the arena. */
uint8_t *zlib_deflate(const uint8_t *in, size_t in_size, int level, struct arena *arena,
                      size_t *out_size);

#endif

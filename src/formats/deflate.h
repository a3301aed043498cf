/* zlib and gzip streams (RFC 1950, 1951, 1952) and the CRC-32 of PNG. The only file that names
 * libdeflate. Any thread may call it. */
#ifndef MIXSMITH_DEFLATE_H
#define MIXSMITH_DEFLATE_H

#include "base/arena.h"
#include "base/fail.h"

#include <stdbool.h>
#include <stdint.h>

/* ISO 3309, as PNG and gzip have it. */
uint32_t crc32_of(const uint8_t *bytes, size_t size);

/* Inflates to exactly out_size bytes, with the stream's Adler-32 checked; what follows the stream
 * is ignored. -1: broken, or it inflates to more or to fewer bytes. */
int zlib_inflate(const uint8_t *in, size_t in_size, uint8_t *out, size_t out_size, struct err *err);

/* Deflates at level 0 (stores) .. 12. Level 1 searches for matches only where a sample of the bytes
 * has some, and else codes literals alone (literal_deflate.h). The stream lies in the arena. */
uint8_t *zlib_deflate(const uint8_t *in, size_t in_size, int level, struct arena *arena,
                      size_t *out_size);

/* Whether the bytes begin as those of a gzip file do. */
bool gzip_is_known(const uint8_t *bytes, size_t size);

/* The bytes that a gzip file inflates to, CRC and length checked; they lie in the arena. most: the
 * greatest size that is taken on. -1: broken or cut short, more than `most`, or anything behind the
 * one stream. */
int gzip_inflate(const uint8_t *in, size_t in_size, size_t most, struct arena *arena, uint8_t **out,
                 size_t *out_size, struct err *err);

/* The first n bytes that a gzip file inflates to, from its first in_size bytes, to guess from what
 * it is: nothing is checked, and what cannot be had is zero. */
void gzip_glance(const uint8_t *in, size_t in_size, uint8_t *out, size_t n);

#endif

/* Digests: XXH64. The only file that names xxHash.
 * https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md */
#ifndef MIXSMITH_DIGEST_H
#define MIXSMITH_DIGEST_H

#include "base/text.h"

/* Of n bytes; seed: another digest that comes before them, or a number. */
uint64_t digest_of(const void *bytes, size_t n, uint64_t seed);

/* "xxh64:0123456789abcdef" */
void digest_print(uint64_t digest, struct text *text);

#endif

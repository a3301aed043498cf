/* Digests: XXH64, and XXH3 of 128 bits where equal digests shall mean equal bytes. The only file
 * that names xxHash.
 * https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md */
#ifndef MIXSMITH_DIGEST_H
#define MIXSMITH_DIGEST_H

#include "base/text.h"

/* Of n bytes; seed: another digest that comes before them, or a number. */
uint64_t digest_of(const void *bytes, size_t n, uint64_t seed);

/* By which equal bytes are found: among a thousand million samples the chance that two different
 * ones share a digest is below 10^-20. */
struct digest128 {
    uint64_t high, low;
};

struct digest128 digest128_of(const void *bytes, size_t n, uint64_t seed);

/* "xxh64:0123456789abcdef" */
void digest_print(uint64_t digest, struct text *text);

#endif

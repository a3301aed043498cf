#include "formats/digest.h"

#include <xxhash.h>

uint64_t digest_of(const void *bytes, size_t n, uint64_t seed) {
    return XXH64(bytes, n, seed);
}

struct digest128 digest128_of(const void *bytes, size_t n, uint64_t seed) {
    XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, n, seed);
    return (struct digest128){hash.high64, hash.low64};
}

void digest_print(uint64_t digest, struct text *text) {
    text_format(text, "xxh64:%016llx", (unsigned long long)digest);
}

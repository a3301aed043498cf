#include "formats/digest.h"

#include <xxhash.h>

uint64_t digest_of(const void *bytes, size_t n, uint64_t seed) {
    return XXH64(bytes, n, seed);
}

void digest_print(uint64_t digest, struct text *text) {
    text_format(text, "xxh64:%016llx", (unsigned long long)digest);
}

/* A mutator for tar archives: whole blocks take another's place, and what lies in headers changes
 * oftener than the rest. Headers whose checksum is wrong are all refused alike, so that it is
 * mostly put right. */
#ifndef MIXSMITH_FUZZ_TAR_MUTATOR_H
#define MIXSMITH_FUZZ_TAR_MUTATOR_H

#include "ordeal.h"

#include "base/rng.h"
#include "formats/tar.h"

#include <stdio.h>
#include <string.h>

static inline void put_checksum(uint8_t *block) {
    char *field = (char *)block + 148;
    unsigned sum = 0;
    memset(field, ' ', 8);
    for (int i = 0; i < TAR_BLOCK; i++)
        sum += block[i];
    snprintf(field, 7, "%06o", sum);
}

static inline void put_checksums(uint8_t *bytes, size_t size) {
    for (size_t at = 0; at + TAR_BLOCK <= size; at += TAR_BLOCK)
        if (memcmp(bytes + at + 257, "ustar", 5) == 0)
            put_checksum(bytes + at);
}

/* A block becomes another one, or a byte among its names, sizes and types changes. */
static inline void change_block(uint8_t *bytes, size_t size, struct rng *rng) {
    static const char odd[] = "0179 x=SgLK2\xff\x80";
    uint32_t blocks = (uint32_t)(size / TAR_BLOCK);
    if (blocks == 0)
        return;
    uint8_t *block = bytes + (size_t)rng_below(rng, blocks) * TAR_BLOCK;
    if (rng_below(rng, 2))
        memmove(block, bytes + (size_t)rng_below(rng, blocks) * TAR_BLOCK, TAR_BLOCK);
    else
        block[rng_below(rng, 160)] = (uint8_t)odd[rng_below(rng, sizeof odd)];
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed) {
    struct rng rng = rng_for(seed, 0, 0);
    if (rng_below(&rng, 2))
        size = LLVMFuzzerMutate(bytes, size, most);
    else
        change_block(bytes, size, &rng);
    if (rng_below(&rng, 8) > 0)
        put_checksums(bytes, size);
    return size;
}

#endif

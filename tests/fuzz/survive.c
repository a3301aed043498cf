/* Survival: a fuzz target without libFuzzer, the same every time. Every cut of each seed (a file
 * that must be taken whole), then random changes. The bytes at hand lie in a file, which stays
 * should the program die of them. Speaks TAP. */
#include "ordeal.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/rng.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MUTATIONS = 10000, CHANGES_MAX = 4, GROWTH = 64, SECONDS_MAX = 20 };

__attribute__((weak)) size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most,
                                                     unsigned seed);

struct seed {
    uint8_t *bytes;
    size_t size;
};

static struct rng rng;
static char at_hand[64]; // path of the bytes at hand
static int at_hand_fd;

/* --- one input --- */

/* Whether it was taken. */
static bool survives(const uint8_t *bytes, size_t size) {
    unsigned long taken = ordeal_taken;
    uint8_t *copy = memcpy(must_calloc(size, 1), bytes, size);
    expect(ftruncate(at_hand_fd, (off_t)size) == 0 &&
               pwrite(at_hand_fd, bytes, size, 0) == (ssize_t)size,
           "the bytes can be kept");
    alarm(SECONDS_MAX);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    return ordeal_taken > taken;
}

/* --- changes --- */

static size_t below(size_t n) {
    return n > 0 ? rng_below(&rng, (uint32_t)n) : 0;
}

static uint8_t odd_byte(void) {
    static const char odd[] = "\0\xff\x80\x7f\n\r\t \"\\,;:{}[]/.-+=0129eEuxS";
    return (uint8_t)odd[below(sizeof odd - 1)];
}

/* A run of digits becomes another number. */
static void tweak_number(uint8_t *bytes, size_t size, size_t at) {
    while (at < size && !isdigit(bytes[at]))
        at++;
    for (; at < size && isdigit(bytes[at]); at++)
        bytes[at] = (uint8_t)('0' + below(10));
}

/* Up to eight bytes become a number that is little, great, or next to what it was. */
static void tweak_word(uint8_t *bytes, size_t size, size_t at) {
    static const uint8_t fill[] = {0, 0xff, 0x7f, 0x80};
    size_t n = (size_t)1 << below(4);
    n = n < size - at ? n : size - at;
    if (below(2)) {
        memset(bytes + at, fill[below(sizeof fill)], n);
        return;
    }
    bytes[at] = (uint8_t)(bytes[at] + 1);
    bytes[at + n - 1] = (uint8_t)(bytes[at + n - 1] - 2);
}

static size_t change(uint8_t *bytes, size_t size, size_t most) {
    size_t at = below(size), from = below(size), n = 1 + below(GROWTH);
    size_t room = size - (at > from ? at : from);
    switch (size > 0 ? below(8) : 6) {
    case 0:
        bytes[at] ^= (uint8_t)(1 << below(8));
        return size;
    case 1:
        bytes[at] = (uint8_t)rng_u32(&rng);
        return size;
    case 2:
        bytes[at] = odd_byte();
        return size;
    case 3:
        tweak_number(bytes, size, at);
        return size;
    case 4:
        tweak_word(bytes, size, at);
        return size;
    case 5:
        memmove(bytes + at, bytes + from, n < room ? n : room);
        return size;
    case 6:
        n = n < most - size ? n : most - size;
        memmove(bytes + at + n, bytes + at, size - at);
        memset(bytes + at, odd_byte(), n);
        return size + n;
    default:
        n = n < size - at ? n : size - at;
        memmove(bytes + at, bytes + at + n, size - at - n);
        return size - n;
    }
}

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most) {
    for (size_t i = 1 + below(CHANGES_MAX); i > 0; i--)
        size = change(bytes, size, most);
    return size;
}

static size_t mutate(uint8_t *bytes, size_t size, size_t most) {
    return LLVMFuzzerCustomMutator ? LLVMFuzzerCustomMutator(bytes, size, most, rng_u32(&rng))
                                   : LLVMFuzzerMutate(bytes, size, most);
}

/* --- all of them --- */

static struct seed seed_read(const char *path) {
    struct arena arena = {0};
    struct err err;
    struct seed seed;
    uint8_t *bytes;
    if (file_read(path, SIZE_MAX / 8, &arena, &bytes, &seed.size, &err) < 0) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    seed.bytes = memcpy(must_calloc(seed.size + 1, 1), bytes, seed.size);
    arena_close(&arena);
    return seed;
}

static void try_seeds(const struct seed *seeds, int n) {
    int whole = 0, cuts = 0;
    for (int i = 0; i < n; i++)
        whole += survives(seeds[i].bytes, seeds[i].size);
    printf("%sok %d of %d seeds are taken\n", whole == n ? "" : "not ", whole, n);
    for (int i = 0; i < n; i++)
        for (size_t size = 0; size < seeds[i].size; size++, cuts++)
            survives(seeds[i].bytes, size);
    printf("ok %d cuts\n", cuts);
}

static void try_mutations(const struct seed *seeds, int n) {
    int taken = 0;
    for (int i = 0; i < MUTATIONS; i++) {
        const struct seed *seed = &seeds[i % n];
        size_t most = seed->size + CHANGES_MAX * GROWTH;
        uint8_t *bytes = memcpy(must_calloc(most, 1), seed->bytes, seed->size);
        rng = rng_for(1, (uint64_t)i, 0);
        taken += survives(bytes, mutate(bytes, seed->size, most));
        free(bytes);
    }
    printf("%sok %d mutations, %d taken\n", taken > 0 && taken < MUTATIONS ? "" : "not ", MUTATIONS,
           taken);
}

int main(int argc, char **argv) {
    const char *folder = getenv("TMPDIR");
    struct seed *seeds = must_calloc((size_t)argc, sizeof *seeds);
    snprintf(at_hand, sizeof at_hand, "%s/survival-XXXXXX", folder ? folder : "/tmp");
    at_hand_fd = mkstemp(at_hand);
    printf("# should this end badly, the bytes lie in %s\n", at_hand);
    fflush(stdout);
    for (int i = 1; i < argc; i++)
        seeds[i - 1] = seed_read(argv[i]);
    try_seeds(seeds, argc - 1);
    try_mutations(seeds, argc - 1);
    for (int i = 1; i < argc; i++)
        free(seeds[i - 1].bytes);
    free(seeds);
    close(at_hand_fd);
    unlink(at_hand);
    return 0;
}

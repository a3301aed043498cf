#include "base/rng.h"

#include "base/simd.h"

enum { ROUNDS = 10 };
static const uint32_t MULTIPLIER_0 = 0xD2511F53, MULTIPLIER_1 = 0xCD9E8D57;
static const uint32_t WEYL_0 = 0x9E3779B9, WEYL_1 = 0xBB67AE85;

static inline void philox_round(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d, uint32_t *k0,
                                uint32_t *k1) {
    uint64_t p0 = (uint64_t)MULTIPLIER_0 * *a, p1 = (uint64_t)MULTIPLIER_1 * *c;
    *a = (uint32_t)(p1 >> 32) ^ *b ^ *k0;
    *b = (uint32_t)p1;
    *c = (uint32_t)(p0 >> 32) ^ *d ^ *k1;
    *d = (uint32_t)p0;
    *k0 += WEYL_0;
    *k1 += WEYL_1;
}

void philox(const uint32_t counter[PHILOX_WORDS], const uint32_t key[2],
            uint32_t word[PHILOX_WORDS]) {
    uint32_t k0 = key[0], k1 = key[1];
    for (int i = 0; i < PHILOX_WORDS; i++)
        word[i] = counter[i];
    for (int round = 0; round < ROUNDS; round++)
        philox_round(&word[0], &word[1], &word[2], &word[3], &k0, &k1);
}

struct rng rng_for(uint64_t seed, uint64_t id, uint32_t stream) {
    return (struct rng){
        .key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
        .counter = {0, stream, (uint32_t)id, (uint32_t)(id >> 32)},
    };
}

uint32_t rng_u32(struct rng *rng) {
    if (rng->left == 0) {
        philox(rng->counter, rng->key, rng->word);
        rng->counter[0]++;
        rng->left = PHILOX_WORDS;
    }
    return rng->word[PHILOX_WORDS - rng->left--];
}

/* Blocks side by side, one a lane: the same words as one block after another. */
SIMD_CLONES
static void fill_blocks(const uint32_t counter[PHILOX_WORDS], const uint32_t key[2], uint32_t *out,
                        size_t blocks) {
    for (size_t i = 0; i < blocks; i++) {
        uint32_t a = counter[0] + (uint32_t)i, b = counter[1], c = counter[2], d = counter[3];
        uint32_t k0 = key[0], k1 = key[1];
        for (int round = 0; round < ROUNDS; round++)
            philox_round(&a, &b, &c, &d, &k0, &k1);
        out[4 * i] = a;
        out[4 * i + 1] = b;
        out[4 * i + 2] = c;
        out[4 * i + 3] = d;
    }
}

void rng_fill(struct rng *rng, uint32_t *out, size_t n) {
    fill_blocks(rng->counter, rng->key, out, n / PHILOX_WORDS);
    rng->counter[0] += (uint32_t)(n / PHILOX_WORDS);
    rng->left = 0;
}

double rng_unit(struct rng *rng) {
    uint64_t high = rng_u32(rng) >> 5, low = rng_u32(rng) >> 6; // 27 + 26 bits
    return ((double)(high << 26 | low) + 0.5) * 0x1p-53;
}

uint32_t rng_below(struct rng *rng, uint32_t n) {
    uint64_t product = (uint64_t)rng_u32(rng) * n;
    if ((uint32_t)product < n) {
        uint32_t unfair = -n % n;
        while ((uint32_t)product < unfair)
            product = (uint64_t)rng_u32(rng) * n;
    }
    return (uint32_t)(product >> 32);
}

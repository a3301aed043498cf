/* Randomness without state: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011), a block cipher run over a counter. What is random about a sample asks
 * rng_for(seed, id, stream), so that it depends on nothing that happened before. */
#ifndef MIXSMITH_RNG_H
#define MIXSMITH_RNG_H

#include <stddef.h>
#include <stdint.h>

enum { PHILOX_WORDS = 4 };

struct rng {
    uint32_t key[2];                // the seed
    uint32_t counter[PHILOX_WORDS]; // {draw, stream, id low, id high} of the next block
    uint32_t word[PHILOX_WORDS];    // the block at hand
    int left;                       // words of it not yet given out
};

/* counter → word under key. */
void philox(const uint32_t counter[PHILOX_WORDS], const uint32_t key[2],
            uint32_t word[PHILOX_WORDS]);

struct rng rng_for(uint64_t seed, uint64_t id, uint32_t stream);

uint32_t rng_u32(struct rng *rng);

/* Fills out with whole blocks, after dropping what is left of the one at hand.
 * n: words, a multiple of PHILOX_WORDS. */
void rng_fill(struct rng *rng, uint32_t *out, size_t n);

/* Uniform in (0, 1]: 53 random bits and a half, rounded where a double has no room for it. */
double rng_unit(struct rng *rng);

/* Uniform in 0..n-1, n ≥ 1, without bias (Lemire, ACM TOMACS 29:1, 2019). */
uint32_t rng_below(struct rng *rng, uint32_t n);

#endif

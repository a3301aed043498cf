#include "base/rng.h"

#include "base/simd.h"

#include <stdbool.h>

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

/* Blocks first..last-1 side by side, one a lane: the same words as one block after another. */
SIMD_CLONES
static void fill_blocks(const uint32_t counter[PHILOX_WORDS], const uint32_t key[2], uint32_t *out,
                        size_t first, size_t last) {
    for (size_t i = first; i < last; i++) {
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

/* --- x86-64 with AVX-512: compilers do not find the multiplication of 32 by 32 bits --- */

#if defined(__x86_64__) && !defined(MIXSMITH_ONE_PATH)
#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f")))
enum { LANES = 8 };

/* One word of each of eight blocks, in the low halves of 64-bit lanes: that is where multiplication
 * looks, and what the high halves hold is nobody's. */
struct lanes {
    __m512i a, b, c, d;
};

AVX512 static inline __m512i high_xor(__m512i product, __m512i x, __m512i key) {
    __m512i high = _mm512_srli_epi64(product, 32);
    return _mm512_xor_si512(_mm512_xor_si512(high, x), key);
}

AVX512 static inline struct lanes round_lanes(struct lanes x, const __m512i key[2]) {
    __m512i p0 = _mm512_mul_epu32(x.a, _mm512_set1_epi64(MULTIPLIER_0));
    __m512i p1 = _mm512_mul_epu32(x.c, _mm512_set1_epi64(MULTIPLIER_1));
    return (struct lanes){high_xor(p1, x.b, key[0]), p1, high_xor(p0, x.d, key[1]), p0};
}

/* Words of a block next to each other. */
AVX512 static inline void store_lanes(struct lanes x, uint32_t *out) {
    const __m512i first = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
    const __m512i last = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
    __m512i ab = _mm512_mask_blend_epi32(0xaaaa, x.a, _mm512_slli_epi64(x.b, 32));
    __m512i cd = _mm512_mask_blend_epi32(0xaaaa, x.c, _mm512_slli_epi64(x.d, 32));
    _mm512_storeu_si512(out, _mm512_permutex2var_epi64(ab, first, cd));
    _mm512_storeu_si512(out + 16, _mm512_permutex2var_epi64(ab, last, cd));
}

/* Returns how many blocks it filled, in whole eights. */
AVX512 static size_t fill_wide(const uint32_t counter[PHILOX_WORDS], const uint32_t key[2],
                               uint32_t *out, size_t blocks) {
    __m512i keys[ROUNDS][2];
    for (uint32_t round = 0; round < ROUNDS; round++) {
        keys[round][0] = _mm512_set1_epi64(key[0] + round * WEYL_0);
        keys[round][1] = _mm512_set1_epi64(key[1] + round * WEYL_1);
    }
    size_t i = 0;
    for (; i + LANES <= blocks; i += LANES) {
        __m512i from = _mm512_set1_epi64((long long)(counter[0] + i));
        struct lanes x = {
            _mm512_add_epi64(from, _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7)),
            _mm512_set1_epi64(counter[1]),
            _mm512_set1_epi64(counter[2]),
            _mm512_set1_epi64(counter[3]),
        };
        for (uint32_t round = 0; round < ROUNDS; round++)
            x = round_lanes(x, keys[round]);
        store_lanes(x, out + PHILOX_WORDS * i);
    }
    return i;
}

static bool has_avx512(void) {
    return __builtin_cpu_supports("avx512f");
}
#endif

void rng_fill(struct rng *rng, uint32_t *out, size_t n) {
    size_t blocks = n / PHILOX_WORDS, done = 0;
#ifdef AVX512
    if (has_avx512())
        done = fill_wide(rng->counter, rng->key, out, blocks);
#endif
    fill_blocks(rng->counter, rng->key, out, done, blocks);
    rng->counter[0] += (uint32_t)blocks;
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

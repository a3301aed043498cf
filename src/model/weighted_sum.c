#include "model/weighted_sum.h"

#include "base/simd.h"
#include "model/recipe.h"

#include <stdbool.h>

/* --- everywhere --- */

enum { TILE = 512, ABREAST = 4 }; // sums that stay in the nearest cache; sources added in one go

SIMD_CLONES
static void add_sources(const uint8_t *const source[ABREAST], const uint32_t weight[ABREAST],
                        size_t n, uint32_t *sum) {
    const uint8_t *a = source[0], *b = source[1], *c = source[2], *d = source[3];
    for (size_t i = 0; i < n; i++)
        sum[i] += weight[0] * a[i] + weight[1] * b[i] + weight[2] * c[i] + weight[3] * d[i];
}

SIMD_CLONES
static void round_sums(const uint32_t *sum, size_t n, uint8_t *out) {
    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)((sum[i] + SHARE_ONE / 2) >> SHARE_BITS);
}

static void sum_tile(const struct weighted_sum *sum, size_t at, size_t length) {
    uint32_t total[TILE] = {0};
    for (int k = 0; k < sum->n; k += ABREAST) {
        const uint8_t *from[ABREAST];
        uint32_t by[ABREAST];
        for (int j = 0; j < ABREAST; j++) {
            from[j] = sum->source[k + j < sum->n ? k + j : k] + at;
            by[j] = k + j < sum->n ? sum->weight[k + j] : 0;
        }
        add_sources(from, by, length, total);
    }
    round_sums(total, length, sum->out + at);
}

static void sums_plain(const struct weighted_sum *sums, int n_sums, size_t length) {
    for (size_t at = 0; at < length; at += TILE)
        for (int i = 0; i < n_sums; i++)
            sum_tile(&sums[i], at, length - at < TILE ? length - at : TILE);
}

/* --- x86-64 with AVX-512 VNNI: four bytes times four 7-bit weights in one instruction --- */

#if defined(__x86_64__) && !defined(MIXSMITH_ONE_PATH)
#include <immintrin.h>

#define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))
enum { LIMB_BITS = 7, LIMBS = 4, WIDE = 64 };

/* Four sources and their weights, the limbs of the four packed into words. */
struct quartet {
    const uint8_t *source[ABREAST];
    int limb[LIMBS];
};

struct quartets {
    struct quartet *quartet;
    int n[LIMBS]; // how many, from the first on, have something in the limb
};

static struct quartet make_quartet(const uint8_t *const *source, const uint32_t *weight, int n) {
    struct quartet quartet = {0};
    for (int j = 0; j < ABREAST; j++) {
        uint32_t w = j < n ? weight[j] : 0;
        quartet.source[j] = source[j < n ? j : 0];
        for (int limb = 0; limb < LIMBS; limb++)
            quartet.limb[limb] |= (int)((w >> (limb * LIMB_BITS) & 0x7f) << (8 * j));
    }
    return quartet;
}

static struct quartets make_quartets(const struct weighted_sum *sum, struct arena *arena) {
    int n = (sum->n + ABREAST - 1) / ABREAST;
    struct quartets quartets = {arena_take(arena, (size_t)n * sizeof *quartets.quartet), {0}};
    for (int k = 0; k < n; k++) {
        int at = k * ABREAST;
        quartets.quartet[k] = make_quartet(sum->source + at, sum->weight + at, sum->n - at);
        for (int limb = 0; limb < LIMBS; limb++)
            if (quartets.quartet[k].limb[limb])
                quartets.n[limb] = k + 1;
    }
    return quartets;
}

/* 64 values' sums: a quarter of the values each, in 32-bit lanes. */
struct sums {
    __m512i a, b, c, d;
};

/* Four sources interleaved byte by byte, times one limb of their weights. */
VNNI static inline struct sums add_quartet(struct sums sums, const struct quartet *quartet,
                                           int limb, size_t at, __mmask64 lanes) {
    __m512i s0 = _mm512_maskz_loadu_epi8(lanes, quartet->source[0] + at);
    __m512i s1 = _mm512_maskz_loadu_epi8(lanes, quartet->source[1] + at);
    __m512i s2 = _mm512_maskz_loadu_epi8(lanes, quartet->source[2] + at);
    __m512i s3 = _mm512_maskz_loadu_epi8(lanes, quartet->source[3] + at);
    __m512i low01 = _mm512_unpacklo_epi8(s0, s1), high01 = _mm512_unpackhi_epi8(s0, s1);
    __m512i low23 = _mm512_unpacklo_epi8(s2, s3), high23 = _mm512_unpackhi_epi8(s2, s3);
    __m512i by = _mm512_set1_epi32(quartet->limb[limb]);
    sums.a = _mm512_dpbusd_epi32(sums.a, _mm512_unpacklo_epi16(low01, low23), by);
    sums.b = _mm512_dpbusd_epi32(sums.b, _mm512_unpackhi_epi16(low01, low23), by);
    sums.c = _mm512_dpbusd_epi32(sums.c, _mm512_unpacklo_epi16(high01, high23), by);
    sums.d = _mm512_dpbusd_epi32(sums.d, _mm512_unpackhi_epi16(high01, high23), by);
    return sums;
}

VNNI static inline struct sums shift_limb(struct sums sums) {
    sums.a = _mm512_slli_epi32(sums.a, LIMB_BITS);
    sums.b = _mm512_slli_epi32(sums.b, LIMB_BITS);
    sums.c = _mm512_slli_epi32(sums.c, LIMB_BITS);
    sums.d = _mm512_slli_epi32(sums.d, LIMB_BITS);
    return sums;
}

VNNI static inline __m512i round_quarter(__m512i sum) {
    sum = _mm512_add_epi32(sum, _mm512_set1_epi32(SHARE_ONE / 2));
    return _mm512_srli_epi32(sum, SHARE_BITS);
}

/* Quarters were interleaved within 16-byte lanes, which is what packing undoes. */
VNNI static inline void store_wide(struct sums sums, __mmask64 lanes, uint8_t *out) {
    __m512i low = _mm512_packus_epi32(round_quarter(sums.a), round_quarter(sums.b));
    __m512i high = _mm512_packus_epi32(round_quarter(sums.c), round_quarter(sums.d));
    _mm512_mask_storeu_epi8(out, lanes, _mm512_packus_epi16(low, high));
}

/* From the highest limb down: few weights have one. */
VNNI static void sum_wide(const struct quartets *quartets, size_t at, __mmask64 lanes,
                          uint8_t *out) {
    __m512i zero = _mm512_setzero_si512();
    struct sums sums = {zero, zero, zero, zero};
    for (int limb = LIMBS - 1; limb >= 0; limb--) {
        sums = shift_limb(sums);
        for (int k = 0; k < quartets->n[limb]; k++)
            sums = add_quartet(sums, &quartets->quartet[k], limb, at, lanes);
    }
    store_wide(sums, lanes, out + at);
}

static void sums_vnni(const struct weighted_sum *sums, int n_sums, size_t length,
                      struct arena *arena) {
    struct quartets *quartets = arena_take(arena, (size_t)n_sums * sizeof *quartets);
    for (int i = 0; i < n_sums; i++)
        quartets[i] = make_quartets(&sums[i], arena);
    for (size_t at = 0; at < length; at += WIDE) {
        __mmask64 lanes = length - at < WIDE ? ~0ull >> (WIDE - (length - at)) : ~0ull;
        for (int i = 0; i < n_sums; i++)
            sum_wide(&quartets[i], at, lanes, sums[i].out);
    }
}

static bool has_vnni(void) {
    return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw");
}
#endif

void weighted_sums(const struct weighted_sum *sums, int n_sums, size_t length,
                   struct arena *arena) {
#ifdef VNNI
    if (has_vnni()) {
        sums_vnni(sums, n_sums, length, arena);
        return;
    }
#endif
    (void)arena;
    sums_plain(sums, n_sums, length);
}

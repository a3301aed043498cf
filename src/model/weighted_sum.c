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

static void sum_tile(const struct weighted_sums *sums, const struct weighted_sum *sum, size_t at,
                     size_t length) {
    uint32_t total[TILE] = {0};
    for (int k = 0; k < sum->n; k += ABREAST) {
        const uint8_t *from[ABREAST];
        uint32_t by[ABREAST];
        for (int j = 0; j < ABREAST; j++) {
            from[j] = sums->source[sum->index[k + j < sum->n ? k + j : k]] + at;
            by[j] = k + j < sum->n ? sum->weight[k + j] : 0;
        }
        add_sources(from, by, length, total);
    }
    round_sums(total, length, sum->out + at);
}

static void sums_plain(const struct weighted_sums *sums) {
    for (size_t at = 0; at < sums->length; at += TILE)
        for (int i = 0; i < sums->n_sums; i++)
            sum_tile(sums, &sums->sum[i], at, sums->length - at < TILE ? sums->length - at : TILE);
}

/* --- x86-64 with AVX-512 VNNI: four bytes times four 7-bit weights in one instruction --- */

#if defined(__x86_64__) && !defined(MIXSMITH_ONE_PATH)
#include <immintrin.h>

#define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))
enum { LIMB_BITS = 7, LIMBS = 4, WIDE = 64 };

/* 64 bytes of four sources, interleaved: a quarter of the bytes each, four sources in a 32-bit
 * lane. */
struct quartet {
    __m512i a, b, c, d;
};

/* One limb of the weights of a quartet, in the four bytes of a word. */
struct factor {
    int quartet;
    int word;
};

/* A sum's factors that are not 0, by limb. */
struct factors {
    struct factor *factor[LIMBS];
    int n[LIMBS];
};

static struct factors make_factors(const struct weighted_sum *sum, int n_quartets,
                                   struct arena *arena) {
    struct factors factors = {.n = {0}};
    size_t n = (size_t)n_quartets;
    uint32_t *words = arena_take_zeroed(arena, n * LIMBS * sizeof *words); // (n_quartets, LIMBS)
    for (int k = 0; k < sum->n; k++) {
        uint32_t *word = words + (size_t)(sum->index[k] / ABREAST) * LIMBS;
        int shift = 8 * (sum->index[k] % ABREAST);
        for (int limb = 0; limb < LIMBS; limb++)
            word[limb] |= (sum->weight[k] >> (limb * LIMB_BITS) & 0x7f) << shift;
    }
    for (int limb = 0; limb < LIMBS; limb++) {
        factors.factor[limb] = arena_take(arena, n * sizeof(struct factor));
        for (int q = 0; q < n_quartets; q++)
            if (words[q * LIMBS + limb])
                factors.factor[limb][factors.n[limb]++] =
                    (struct factor){q, (int)words[q * LIMBS + limb]};
    }
    return factors;
}

VNNI static inline struct quartet interleave(const uint8_t *const source[ABREAST], size_t at,
                                             __mmask64 lanes) {
    __m512i s0 = _mm512_maskz_loadu_epi8(lanes, source[0] + at);
    __m512i s1 = _mm512_maskz_loadu_epi8(lanes, source[1] + at);
    __m512i s2 = _mm512_maskz_loadu_epi8(lanes, source[2] + at);
    __m512i s3 = _mm512_maskz_loadu_epi8(lanes, source[3] + at);
    __m512i low01 = _mm512_unpacklo_epi8(s0, s1), high01 = _mm512_unpackhi_epi8(s0, s1);
    __m512i low23 = _mm512_unpacklo_epi8(s2, s3), high23 = _mm512_unpackhi_epi8(s2, s3);
    return (struct quartet){
        _mm512_unpacklo_epi16(low01, low23),
        _mm512_unpackhi_epi16(low01, low23),
        _mm512_unpacklo_epi16(high01, high23),
        _mm512_unpackhi_epi16(high01, high23),
    };
}

/* The sources past the last are the last once more: their weights are 0. */
VNNI static void interleave_all(const struct weighted_sums *sums, int n_quartets, size_t at,
                                __mmask64 lanes, struct quartet *quartets) {
    for (int q = 0; q < n_quartets; q++) {
        const uint8_t *source[ABREAST];
        for (int j = 0; j < ABREAST; j++) {
            int k = q * ABREAST + j;
            source[j] = sums->source[k < sums->n_sources ? k : sums->n_sources - 1];
        }
        quartets[q] = interleave(source, at, lanes);
    }
}

VNNI static inline struct quartet shift_limb(struct quartet sums) {
    return (struct quartet){
        _mm512_slli_epi32(sums.a, LIMB_BITS),
        _mm512_slli_epi32(sums.b, LIMB_BITS),
        _mm512_slli_epi32(sums.c, LIMB_BITS),
        _mm512_slli_epi32(sums.d, LIMB_BITS),
    };
}

VNNI static inline __m512i round_quarter(__m512i sum) {
    sum = _mm512_add_epi32(sum, _mm512_set1_epi32(SHARE_ONE / 2));
    return _mm512_srli_epi32(sum, SHARE_BITS);
}

/* Quarters were interleaved within 16-byte lanes, which is what packing undoes. */
VNNI static inline void store_wide(struct quartet sums, __mmask64 lanes, uint8_t *out) {
    __m512i low = _mm512_packus_epi32(round_quarter(sums.a), round_quarter(sums.b));
    __m512i high = _mm512_packus_epi32(round_quarter(sums.c), round_quarter(sums.d));
    _mm512_mask_storeu_epi8(out, lanes, _mm512_packus_epi16(low, high));
}

VNNI static inline struct quartet add_factor(struct quartet sums, const struct factor *factor,
                                             const struct quartet *quartets) {
    const struct quartet *quartet = &quartets[factor->quartet];
    __m512i by = _mm512_set1_epi32(factor->word);
    return (struct quartet){
        _mm512_dpbusd_epi32(sums.a, quartet->a, by),
        _mm512_dpbusd_epi32(sums.b, quartet->b, by),
        _mm512_dpbusd_epi32(sums.c, quartet->c, by),
        _mm512_dpbusd_epi32(sums.d, quartet->d, by),
    };
}

VNNI static inline struct quartet add_sums(struct quartet x, struct quartet y) {
    return (struct quartet){
        _mm512_add_epi32(x.a, y.a),
        _mm512_add_epi32(x.b, y.b),
        _mm512_add_epi32(x.c, y.c),
        _mm512_add_epi32(x.d, y.d),
    };
}

/* From the highest limb down: few weights have one. Two sums take turns, so that neither waits for
 * the other's products. */
VNNI static void sum_wide(const struct factors *factors, const struct quartet *quartets,
                          __mmask64 lanes, uint8_t *out) {
    __m512i zero = _mm512_setzero_si512();
    struct quartet even = {zero, zero, zero, zero}, odd = even;
    for (int limb = LIMBS - 1; limb >= 0; limb--) {
        const struct factor *factor = factors->factor[limb];
        int n = factors->n[limb], k = 0;
        even = shift_limb(even);
        odd = shift_limb(odd);
        for (; k + 1 < n; k += 2) {
            even = add_factor(even, &factor[k], quartets);
            odd = add_factor(odd, &factor[k + 1], quartets);
        }
        if (k < n)
            even = add_factor(even, &factor[k], quartets);
    }
    store_wide(add_sums(even, odd), lanes, out);
}

static void sums_vnni(const struct weighted_sums *sums, struct arena *arena) {
    int n_quartets = (sums->n_sources + ABREAST - 1) / ABREAST;
    struct factors *factors = arena_take(arena, (size_t)sums->n_sums * sizeof *factors);
    struct quartet *quartets = arena_take(arena, (size_t)n_quartets * sizeof *quartets);
    for (int i = 0; i < sums->n_sums; i++)
        factors[i] = make_factors(&sums->sum[i], n_quartets, arena);
    for (size_t at = 0; at < sums->length; at += WIDE) {
        size_t left = sums->length - at;
        __mmask64 lanes = left < WIDE ? ~0ull >> (WIDE - left) : ~0ull;
        interleave_all(sums, n_quartets, at, lanes, quartets);
        for (int i = 0; i < sums->n_sums; i++)
            sum_wide(&factors[i], quartets, lanes, sums->sum[i].out + at);
    }
}

static bool has_vnni(void) {
    return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw");
}
#endif

void weighted_sums(const struct weighted_sums *sums, struct arena *arena) {
#ifdef VNNI
    if (has_vnni()) {
        sums_vnni(sums, arena);
        return;
    }
#endif
    (void)arena;
    sums_plain(sums);
}

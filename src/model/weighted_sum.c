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

/* Four sources of a sum. Where they are listed by falling weight, as ζ-mixup does, most quartets
 * have few limbs. */
struct quartet {
    int source[ABREAST];
    int limbs;       // of the greatest weight
    int word[LIMBS]; // of the weights, lowest first: in each byte a limb of one
};

/* A value for each of 64 bytes, a quarter of the bytes in each vector: quarters are interleaved
 * within 16-byte lanes. */
struct quarters {
    __m512i a, b, c, d;
};

static int limbs_of(uint32_t weight) {
    int limbs = 1;
    while (weight >> (limbs * LIMB_BITS))
        limbs++;
    return limbs;
}

/* The sources past the last are the last once more, without weight. */
static struct quartet make_quartet(const struct weighted_sum *sum, int first) {
    struct quartet quartet = {.limbs = 1};
    for (int j = 0; j < ABREAST; j++) {
        int k = first + j < sum->n ? first + j : sum->n - 1;
        uint32_t weight = first + j < sum->n ? sum->weight[k] : 0;
        int limbs = limbs_of(weight);
        quartet.source[j] = sum->index[k];
        quartet.limbs = limbs > quartet.limbs ? limbs : quartet.limbs;
        for (int limb = 0; limb < limbs; limb++)
            quartet.word[limb] |= (int)((weight >> (limb * LIMB_BITS) & 0x7f) << (8 * j));
    }
    return quartet;
}

static int count_quartets(const struct weighted_sum *sum) {
    return (sum->n + ABREAST - 1) / ABREAST;
}

static struct quartet *make_quartets(const struct weighted_sum *sum, struct arena *arena) {
    int n = count_quartets(sum);
    struct quartet *quartets = arena_take(arena, (size_t)n * sizeof *quartets);
    for (int q = 0; q < n; q++)
        quartets[q] = make_quartet(sum, q * ABREAST);
    return quartets;
}

/* Bytes of four sources, one of each in a 32-bit lane. */
VNNI static inline struct quarters interleave(const __m512i *stretch, const int source[ABREAST]) {
    __m512i s0 = stretch[source[0]], s1 = stretch[source[1]];
    __m512i s2 = stretch[source[2]], s3 = stretch[source[3]];
    __m512i low01 = _mm512_unpacklo_epi8(s0, s1), high01 = _mm512_unpackhi_epi8(s0, s1);
    __m512i low23 = _mm512_unpacklo_epi8(s2, s3), high23 = _mm512_unpackhi_epi8(s2, s3);
    return (struct quarters){
        _mm512_unpacklo_epi16(low01, low23),
        _mm512_unpackhi_epi16(low01, low23),
        _mm512_unpacklo_epi16(high01, high23),
        _mm512_unpackhi_epi16(high01, high23),
    };
}

VNNI static inline struct quarters add_products(struct quarters sums, struct quarters bytes,
                                                int word) {
    __m512i by = _mm512_set1_epi32(word);
    return (struct quarters){
        _mm512_dpbusd_epi32(sums.a, bytes.a, by),
        _mm512_dpbusd_epi32(sums.b, bytes.b, by),
        _mm512_dpbusd_epi32(sums.c, bytes.c, by),
        _mm512_dpbusd_epi32(sums.d, bytes.d, by),
    };
}

VNNI static inline __m512i join(__m512i high, __m512i low) {
    return _mm512_add_epi32(_mm512_slli_epi32(high, LIMB_BITS), low);
}

VNNI static inline struct quarters join_limbs(struct quarters high, struct quarters low) {
    return (struct quarters){join(high.a, low.a), join(high.b, low.b), join(high.c, low.c),
                             join(high.d, low.d)};
}

VNNI static inline __m512i round_quarter(__m512i sum) {
    sum = _mm512_add_epi32(sum, _mm512_set1_epi32(SHARE_ONE / 2));
    return _mm512_srli_epi32(sum, SHARE_BITS);
}

/* Packing undoes the interleaving. */
VNNI static inline void store_wide(struct quarters sums, __mmask64 lanes, uint8_t *out) {
    __m512i low = _mm512_packus_epi32(round_quarter(sums.a), round_quarter(sums.b));
    __m512i high = _mm512_packus_epi32(round_quarter(sums.c), round_quarter(sums.d));
    _mm512_mask_storeu_epi8(out, lanes, _mm512_packus_epi16(low, high));
}

/* One sum per limb, so that few products wait for others. */
VNNI static void sum_wide(const struct quartet *quartets, int n, const __m512i *stretch,
                          __mmask64 lanes, uint8_t *out) {
    __m512i zero = _mm512_setzero_si512();
    struct quarters sum0 = {zero, zero, zero, zero}, sum1 = sum0, sum2 = sum0, sum3 = sum0;
    for (const struct quartet *quartet = quartets; quartet < quartets + n; quartet++) {
        struct quarters bytes = interleave(stretch, quartet->source);
        sum0 = add_products(sum0, bytes, quartet->word[0]);
        if (quartet->limbs > 1)
            sum1 = add_products(sum1, bytes, quartet->word[1]);
        if (quartet->limbs > 2)
            sum2 = add_products(sum2, bytes, quartet->word[2]);
        if (quartet->limbs > 3)
            sum3 = add_products(sum3, bytes, quartet->word[3]);
    }
    sum2 = join_limbs(sum3, sum2);
    sum1 = join_limbs(sum2, sum1);
    store_wide(join_limbs(sum1, sum0), lanes, out);
}

/* Samples lie so far apart that few of their stretches fit the nearest cache at once, but side by
 * side all do. */
VNNI static void gather(const struct weighted_sums *sums, size_t at, __mmask64 lanes,
                        __m512i *stretch) {
    for (int k = 0; k < sums->n_sources; k++)
        stretch[k] = _mm512_maskz_loadu_epi8(lanes, sums->source[k] + at);
}

/* Asks the memory for a part of the stretch at `at`, one part for each sum, while the stretch
 * before it is summed. */
static void prefetch(const struct weighted_sums *sums, int part, size_t at) {
    int first = part * sums->n_sources / sums->n_sums;
    int last = (part + 1) * sums->n_sources / sums->n_sums;
    for (int k = first; k < last && at < sums->length; k++)
        __builtin_prefetch(sums->source[k] + at);
}

VNNI static void sums_vnni(const struct weighted_sums *sums, struct arena *arena) {
    struct quartet **quartets = arena_take(arena, (size_t)sums->n_sums * sizeof *quartets);
    __m512i *stretch = arena_take(arena, (size_t)sums->n_sources * sizeof *stretch);
    for (int i = 0; i < sums->n_sums; i++)
        quartets[i] = make_quartets(&sums->sum[i], arena);
    for (size_t at = 0; at < sums->length; at += WIDE) {
        size_t left = sums->length - at;
        __mmask64 lanes = left < WIDE ? ~0ull >> (WIDE - left) : ~0ull;
        gather(sums, at, lanes, stretch);
        for (int i = 0; i < sums->n_sums; i++) {
            const struct weighted_sum *sum = &sums->sum[i];
            prefetch(sums, i, at + WIDE);
            sum_wide(quartets[i], count_quartets(sum), stretch, lanes, sum->out + at);
        }
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

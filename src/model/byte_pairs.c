#include "model/byte_pairs.h"

#include "base/simd.h"
#include "model/recipe.h"

#include <stdbool.h>

/* --- everywhere --- */

/* The difference fits 16 bits. */
static inline uint8_t mix_bytes(int a, int b, int q) {
    return (uint8_t)(b + (((a - b) * q + PART_ONE / 2) >> PART_BITS));
}

SIMD_CLONES
static void mix_plain(const uint8_t *a, const uint8_t *b, int q, size_t n, uint8_t *out) {
    for (size_t i = 0; i < n; i++)
        out[i] = mix_bytes(a[i], b[i], q);
}

SIMD_CLONES
static void mask_plain(const uint8_t *a, const uint8_t *b, const uint16_t *q, size_t n,
                       uint8_t *out) {
    for (size_t i = 0; i < n; i++)
        out[i] = mix_bytes(a[i], b[i], q[i]);
}

/* --- x86-64 with AVX2: one instruction multiplies 16 bits by 16, adds 2^14 and shifts by 15 --- */

#if defined(__x86_64__) && !defined(MIXSMITH_ONE_PATH)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
enum { WIDE = 32 };

/* 16 bytes in 16 bits each: b + (b − a)(−q) / 2^15, as 2^15 itself does not fit, but −2^15 does. */
AVX2 static inline __m256i mix_words(__m256i a, __m256i b, __m256i minus_q) {
    return _mm256_add_epi16(b, _mm256_mulhrs_epi16(_mm256_sub_epi16(b, a), minus_q));
}

/* The low and the high bytes of both halves of a register, and back in the same order. */
AVX2 static inline void mix_32(const uint8_t *a, const uint8_t *b, __m256i low_q, __m256i high_q,
                               uint8_t *out) {
    __m256i zero = _mm256_setzero_si256();
    __m256i x = _mm256_loadu_si256((const __m256i *)a), y = _mm256_loadu_si256((const __m256i *)b);
    __m256i low = mix_words(_mm256_unpacklo_epi8(x, zero), _mm256_unpacklo_epi8(y, zero), low_q);
    __m256i high = mix_words(_mm256_unpackhi_epi8(x, zero), _mm256_unpackhi_epi8(y, zero), high_q);
    _mm256_storeu_si256((__m256i *)out, _mm256_packus_epi16(low, high));
}

/* Both return how many bytes they made, in whole registers. */
AVX2 static size_t mix_wide(const uint8_t *a, const uint8_t *b, int q, size_t n, uint8_t *out) {
    __m256i minus_q = _mm256_set1_epi16((short)-q);
    size_t i = 0;
    for (; i + WIDE <= n; i += WIDE)
        mix_32(a + i, b + i, minus_q, minus_q, out + i);
    return i;
}

AVX2 static size_t mask_wide(const uint8_t *a, const uint8_t *b, const uint16_t *q, size_t n,
                             uint8_t *out) {
    size_t i = 0;
    for (; i + WIDE <= n; i += WIDE) {
        __m256i first = _mm256_loadu_si256((const __m256i *)(q + i));
        __m256i second = _mm256_loadu_si256((const __m256i *)(q + i + WIDE / 2));
        __m256i low = _mm256_permute2x128_si256(first, second, 0x20);
        __m256i high = _mm256_permute2x128_si256(first, second, 0x31);
        mix_32(a + i, b + i, _mm256_sub_epi16(_mm256_setzero_si256(), low),
               _mm256_sub_epi16(_mm256_setzero_si256(), high), out + i);
    }
    return i;
}

static bool has_avx2(void) {
    return __builtin_cpu_supports("avx2");
}
#endif

/* --- which one --- */

void byte_pairs_mix(const uint8_t *a, const uint8_t *b, int q, size_t n, uint8_t *out) {
    size_t done = 0;
#ifdef AVX2
    if (has_avx2())
        done = mix_wide(a, b, q, n, out);
#endif
    mix_plain(a + done, b + done, q, n - done, out + done);
}

void byte_pairs_mask(const uint8_t *a, const uint8_t *b, const uint16_t *q, size_t n,
                     uint8_t *out) {
    size_t done = 0;
#ifdef AVX2
    if (has_avx2())
        done = mask_wide(a, b, q, n, out);
#endif
    mask_plain(a + done, b + done, q + done, n - done, out + done);
}

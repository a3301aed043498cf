#include "base/exact_math.h"

#include "base/simd.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static const double LN2_HIGH = 0x1.62e42fefa0000p-1, LN2_LOW = 0x1.cf79abc9e3b3ap-40;

/* log x = k ln 2 + log m with m in [√½, √2), log m = 2 artanh s, s = (m − 1)/(m + 1). */
double exact_log(double x) {
    int k;
    double m = frexp(x, &k);
    if (m < 0x1.6a09e667f3bcdp-1) {
        m *= 2;
        k--;
    }
    double s = (m - 1) / (m + 1), z = s * s;
    double series = 0; // z/3 + z²/5 + …
    for (int n = 25; n >= 3; n -= 2)
        series = (series + 1.0 / n) * z;
    return k * LN2_HIGH + (2 * s + (2 * s * series + k * LN2_LOW));
}

/* e^x = 2^k e^r, |r| ≤ ln 2 / 2; Taylor's series for e^r. */
double exact_exp(double x) {
    if (x < -708)
        return 0;
    double k = rint(x * 0x1.71547652b82fep0);
    double r = (x - k * LN2_HIGH) - k * LN2_LOW;
    double series = 0; // r + r²/2 + …
    for (int n = 14; n >= 1; n--)
        series = (series + 1) * r / n;
    return ldexp(1 + series, (int)k);
}

double exact_pow(double x, double y) {
    return exact_exp(y * exact_log(x));
}

/* Whole quarter turns, and a rest of at most half a one, where Taylor's series are short. */
void exact_root(int k, int n, double *re, double *im) {
    int64_t quarter = ((int64_t)8 * k + n) / (2 * (int64_t)n);
    double t = (double)(4 * (int64_t)k - quarter * n) / n * 0x1.921fb54442d18p0, z = t * t;
    double sine = 0, cosine = 0;
    for (int m = 20; m >= 2; m -= 2) {
        cosine = (cosine + 1) * -z / (m * (m - 1));
        sine = (sine + 1) * -z / (m * (m + 1));
    }
    cosine += 1;
    sine = t + t * sine;
    *re = quarter & 1 ? (quarter & 2 ? sine : -sine) : (quarter & 2 ? -cosine : cosine);
    *im = quarter & 1 ? (quarter & 2 ? -cosine : cosine) : (quarter & 2 ? -sine : sine);
}

/* The float version of exact_log, without branches so that it runs in vector lanes. */
static inline float log_lane(float x) {
    const int32_t sqrt_half = 0x3f3504f3;
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    int32_t k = (bits - sqrt_half) >> 23;
    int32_t mantissa = bits - (int32_t)((uint32_t)k << 23);
    float m;
    memcpy(&m, &mantissa, sizeof m);
    float s = (m - 1) / (m + 1), z = s * s;
    float series = z * (1.0f / 3 + z * (1.0f / 5 + z * (1.0f / 7 + z * (1.0f / 9))));
    return (float)k * 0x1.62e430p-1f + 2 * (s + s * series);
}

/* Radius from one word: √(−2 log u), u = (⌊word / 2⌋ + ½) 2^-31 in (0, 1]. */
static inline float radius_lane(uint32_t word) {
    float u = ((float)(int32_t)(word >> 1) + 0.5f) * 0x1p-31f;
    return sqrtf(-2 * log_lane(u));
}

SIMD_CLONES
static void transform_pairs(const uint32_t *words, float *normals, size_t half) {
    for (size_t i = 0; i < half; i++) {
        float radius = radius_lane(words[i]);
        /* The angle in quarter turns: a whole number of them, and a rest t of at most half a one.
         */
        uint32_t turn = words[half + i];
        uint32_t quarter = (turn + 0x20000000u) >> 30;
        float t = (float)(int32_t)(turn - (quarter << 30)) * (0x1.921fb6p0f * 0x1p-30f);
        float z = t * t;
        float sine = t + t * z * (-1.0f / 6 + z * (1.0f / 120 + z * (-1.0f / 5040)));
        float cosine = 1 + z * (-0.5f + z * (1.0f / 24 + z * (-1.0f / 720 + z * (1.0f / 40320))));
        float x = quarter & 1 ? sine : cosine, y = quarter & 1 ? cosine : sine;
        normals[i] = radius * (quarter == 1 || quarter == 2 ? -x : x);
        normals[half + i] = radius * (quarter >= 2 ? -y : y);
    }
}

void exact_normals(const uint32_t *words, float *normals, size_t n) {
    transform_pairs(words, normals, n / 2);
}

#include "formats/ready_codes.h"

#include "base/exact_math.h"
#include "base/simd.h"

enum {
    BYTES_MAX = 1 << 14,
    SLACK = 32,          // of the bits at best, one in so many may be lost
    OWN_HEADER = 64 * 8, // bits that are needed to tell a code of one's own, about
    LOG_BITS = 8,
    LOG_ONE = 1 << LOG_BITS, // 1 in the table of logarithms
};

/* --- the codes --- */

/* Half of the bytes are of smooth places, half of rough ones, or all of the same: there, a byte one
 * step further from 0 is s / (s + 1) times as frequent. */
static const struct {
    uint32_t smooth, rough; // s
} ROWS[] = {{3, 3}, {4, 4}, {6, 6}, {8, 8}, {11, 11}, {16, 16}, {1, 8}, {2, 16}, {4, 32}};

enum { READY_CODES = sizeof ROWS / sizeof *ROWS };

static struct literal_code ready[READY_CODES];

enum { WHOLE = 1 << 24 }; // bytes, for which frequencies are counted

static void add_half(uint32_t s, uint32_t *count) {
    uint64_t frequency = WHOLE / 2 / (2 * s + 1);
    count[0] += (uint32_t)frequency;
    for (int step = 1; step < 128; step++) {
        frequency = frequency * s / (s + 1);
        count[step] += (uint32_t)frequency;
        count[256 - step] += (uint32_t)frequency;
    }
}

/* All bytes share another 1/32: edges are far from 0 and not so rare. */
static void make_code(struct literal_code *code, uint32_t smooth, uint32_t rough) {
    uint32_t count[LITERALS];
    for (int i = 0; i < LITERALS; i++)
        count[i] = WHOLE / 32 / 256;
    add_half(smooth, count);
    add_half(rough, count);
    literal_code_build(code, count);
}

/* --- what a code of one's own could do --- */

static uint32_t logarithm[1 << LOG_BITS]; // to the base of 2

/* Of x ≥ 1, rounded down where x has more bits than the table; of 0 it is 0. */
static inline uint32_t log2_of(uint32_t x) {
    if (x < 1 << LOG_BITS)
        return logarithm[x];
    int shift = 32 - LOG_BITS - __builtin_clz(x);
    return logarithm[x >> shift] + (uint32_t)shift * LOG_ONE;
}

/* Bits that n bytes take at least, by their entropy. */
static uint32_t bits_at_best(const uint32_t *count, uint32_t n) {
    uint32_t spared = 0;
    for (int i = 0; i < 256; i++)
        spared += count[i] * log2_of(count[i]);
    return (n * log2_of(n) - spared) / LOG_ONE;
}

/* --- which to take --- */

/* Before main, because all threads read them. */
__attribute__((constructor)) static void make_tables(void) {
    for (int k = 0; k < READY_CODES; k++)
        make_code(&ready[k], ROWS[k].smooth, ROWS[k].rough);
    for (int i = 1; i < 1 << LOG_BITS; i++)
        logarithm[i] = (uint32_t)(exact_log(i) / exact_log(2) * LOG_ONE + 0.5);
}

SIMD_CLONES
static uint32_t bits_in(const uint8_t *length, const uint32_t *count) {
    uint32_t bits = 0;
    for (int i = 0; i < LITERALS; i++)
        bits += length[i] * count[i];
    return bits;
}

const struct literal_code *ready_code(const uint32_t *count, size_t n) {
    const struct literal_code *best = NULL;
    uint32_t least = UINT32_MAX;
    if (n > BYTES_MAX)
        return NULL;
    for (int k = 0; k < READY_CODES; k++) {
        uint32_t bits = (uint32_t)ready[k].header_bits + bits_in(ready[k].huffman.length, count);
        if (bits < least) {
            least = bits;
            best = &ready[k];
        }
    }
    uint32_t own = bits_at_best(count, (uint32_t)n);
    return least <= own + own / SLACK + OWN_HEADER ? best : NULL;
}

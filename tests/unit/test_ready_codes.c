/* Ready codes: taken where bytes fall off from 0 as those of photographs do, at most 1/32 longer
 * than the best that a code could do; not where they are too many or lie otherwise. */
#include "formats/deflate.h"
#include "formats/ready_codes.h"

#include "support.h"

#include <math.h>

enum { BYTES = 3000, ROOM = 1 << 16 };

static void count_bytes(const uint8_t *bytes, size_t n, uint32_t count[LITERALS]) {
    memset(count, 0, LITERALS * sizeof *count);
    for (size_t i = 0; i < n; i++)
        count[bytes[i]]++;
    count[LITERALS_END] = 1;
}

static double entropy(const uint32_t *count, size_t n) {
    double bits = 0;
    for (int i = 0; i < 256; i++)
        if (count[i])
            bits += count[i] * log2((double)n / count[i]);
    return bits;
}

static size_t bits_in(const struct literal_code *code, const uint32_t *count) {
    size_t bits = (size_t)code->header_bits;
    for (int i = 0; i < LITERALS; i++)
        bits += count[i] * code->huffman.length[i];
    return bits;
}

/* Each step away from 0 is taken with `chance` of 256; 0 has one side only. */
static uint8_t fallen(struct rng *rng, uint32_t chance) {
    for (;;) {
        uint8_t byte = 0, step = rng_below(rng, 2) ? 1 : 255;
        while (rng_below(rng, 256) < chance)
            byte = (uint8_t)(byte + step);
        if (byte > 0 || step == 1)
            return byte;
    }
}

static void fall_off(struct rng *rng, uint32_t chance, uint8_t *bytes, size_t n) {
    for (size_t i = 0; i < n; i++)
        bytes[i] = fallen(rng, chance);
}

static void bytes_that_fall_off_get_a_ready_code(void **state) {
    (void)state;
    static const uint32_t chances[] = {192, 220, 241};
    const struct literal_code *before = NULL;
    struct rng rng = rng_for(1, 0, 0);
    uint8_t bytes[BYTES];
    uint32_t count[LITERALS];
    for (size_t i = 0; i < sizeof chances / sizeof *chances; i++) {
        fall_off(&rng, chances[i], bytes, BYTES);
        count_bytes(bytes, BYTES, count);
        const struct literal_code *code = ready_code(count, BYTES);
        assert_non_null(code);
        assert_true(!before || code->huffman.length[0] > before->huffman.length[0]);
        before = code;
    }
}

static void bytes_of_smooth_and_rough_places_get_one(void **state) {
    (void)state;
    static const uint32_t chances[][2] = {{128, 228}, {170, 241}, {205, 248}};
    struct rng rng = rng_for(6, 0, 0);
    uint8_t bytes[BYTES];
    uint32_t count[LITERALS];
    for (size_t i = 0; i < sizeof chances / sizeof *chances; i++) {
        fall_off(&rng, chances[i][0], bytes, BYTES / 2);
        fall_off(&rng, chances[i][1], bytes + BYTES / 2, BYTES - BYTES / 2);
        count_bytes(bytes, BYTES, count);
        assert_non_null(ready_code(count, BYTES));
    }
}

/* Chances of all kinds, and some bytes turned into one that is otherwise rare. */
static void a_ready_code_comes_near_the_best(void **state) {
    (void)state;
    int taken = 0, refused = 0;
    struct rng rng = rng_for(2, 0, 0);
    uint8_t bytes[BYTES];
    uint32_t count[LITERALS];
    for (int round = 0; round < 400; round++) {
        size_t n = (size_t)between(&rng, 1, BYTES);
        uint32_t odd = rng_below(&rng, 8);
        fall_off(&rng, 128 + rng_below(&rng, 122), bytes, n);
        for (size_t i = 0; i < n; i++)
            bytes[i] = rng_below(&rng, 256) < odd * odd ? 100 : bytes[i];
        count_bytes(bytes, n, count);
        const struct literal_code *code = ready_code(count, n);
        /* Its logarithms have eight bits behind the point. */
        if (code)
            assert_true((double)bits_in(code, count) <=
                        entropy(count, n) * 33 / 32 + 512 + (double)n / 64);
        taken += code != NULL;
        refused += code == NULL;
    }
    if (taken < 50 || refused < 50)
        fail_msg("%d taken, %d refused", taken, refused);
}

static void bytes_that_lie_otherwise_get_none(void **state) {
    (void)state;
    uint32_t few[LITERALS] = {[17] = 1500, [90] = 1500, [LITERALS_END] = 1};
    uint32_t many[LITERALS] = {0};
    struct rng rng = rng_for(3, 0, 0);
    static uint8_t bytes[ROOM];
    fall_off(&rng, 220, bytes, ROOM);
    count_bytes(bytes, ROOM, many);
    assert_null(ready_code(few, 3000));
    assert_null(ready_code(many, ROOM));
}

static void every_byte_has_a_word(void **state) {
    (void)state;
    uint32_t count[LITERALS], sum = 0;
    struct rng rng = rng_for(4, 0, 0);
    uint8_t bytes[BYTES];
    fall_off(&rng, 200, bytes, BYTES);
    count_bytes(bytes, BYTES, count);
    const struct literal_code *code = ready_code(count, BYTES);
    for (int i = 0; i < LITERALS; i++) {
        assert_in_range(code->huffman.length[i], 1, LITERAL_BITS_MAX);
        sum += 1u << (LITERAL_BITS_MAX - code->huffman.length[i]);
    }
    assert_int_equal(sum, 1u << LITERAL_BITS_MAX);
    assert_int_equal(code->huffman.length[1], code->huffman.length[255]);
    assert_true(code->huffman.length[0] < code->huffman.length[40]);
}

/* The last byte of the header and the bits of the last literal may stand anywhere in theirs. */
static void what_is_written_in_them_inflates(void **state) {
    (void)state;
    struct arena arena = {0};
    struct err err;
    struct rng rng = rng_for(5, 0, 0);
    uint8_t bytes[BYTES], read[BYTES];
    for (uint32_t round = 0; round < 200; round++) {
        size_t size, n = (size_t)between(&rng, BYTES - 64, BYTES);
        fall_off(&rng, 170 + round % 75, bytes, n);
        uint8_t *stream = zlib_deflate(bytes, n, 1, &arena, &size);
        if (zlib_inflate(stream, size, read, n, &err) < 0)
            fail_msg("%zu bytes: %s", n, err.text);
        assert_memory_equal(read, bytes, n);
        arena_reset(&arena);
    }
    arena_close(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_that_fall_off_get_a_ready_code),
        cmocka_unit_test(bytes_of_smooth_and_rough_places_get_one),
        cmocka_unit_test(a_ready_code_comes_near_the_best),
        cmocka_unit_test(bytes_that_lie_otherwise_get_none),
        cmocka_unit_test(every_byte_has_a_word),
        cmocka_unit_test(what_is_written_in_them_inflates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

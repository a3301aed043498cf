/* Randomness: Random123's known answers, and the laws of what is drawn from it. */
#include "base/rng.h"

#include "support.h"

static void check_answer(const uint32_t counter[4], const uint32_t key[2],
                         const uint32_t expected[4]) {
    uint32_t word[4];
    philox(counter, key, word);
    assert_memory_equal(word, expected, sizeof word);
}

/* kat_vectors of Random123 1.14, philox4x32 of 10 rounds. */
static void known_answers(void **state) {
    (void)state;
    const uint32_t ones = 0xffffffff;
    check_answer((uint32_t[]){0, 0, 0, 0}, (uint32_t[]){0, 0},
                 (uint32_t[]){0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    check_answer((uint32_t[]){ones, ones, ones, ones}, (uint32_t[]){ones, ones},
                 (uint32_t[]){0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    check_answer((uint32_t[]){0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                 (uint32_t[]){0xa4093822, 0x299f31d0},
                 (uint32_t[]){0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

/* What outputs depend on: key = seed, counter = {draw, stream, id low, id high}. */
static void words_come_from_seed_stream_and_id(void **state) {
    (void)state;
    struct rng rng = rng_for(0x1111111122222222, 0x3333333344444444, 0x55555555);
    for (uint32_t draw = 0; draw < 3; draw++) {
        uint32_t word[4];
        philox((uint32_t[]){draw, 0x55555555, 0x44444444, 0x33333333},
               (uint32_t[]){0x22222222, 0x11111111}, word);
        for (int i = 0; i < 4; i++)
            assert_int_equal(rng_u32(&rng), word[i]);
    }
}

static uint64_t first_words(uint64_t seed, uint64_t id, uint32_t stream) {
    struct rng rng = rng_for(seed, id, stream);
    uint64_t high = rng_u32(&rng);
    return high << 32 | rng_u32(&rng);
}

/* Each bit of seed, id and stream counts. */
static void neighbours_differ(void **state) {
    (void)state;
    uint64_t here = first_words(5, 6, 7);
    assert_true(here == first_words(5, 6, 7));
    for (int bit = 0; bit < 64; bit++) {
        assert_true(here != first_words(5 ^ (uint64_t)1 << bit, 6, 7));
        assert_true(here != first_words(5, 6 ^ (uint64_t)1 << bit, 7));
        if (bit < 32)
            assert_true(here != first_words(5, 6, 7 ^ (uint32_t)1 << bit));
    }
}

static void fill_is_word_after_word(void **state) {
    (void)state;
    enum { MOST = 400 };
    for (size_t n = 0; n <= MOST; n += PHILOX_WORDS) {
        struct rng one = rng_for(1, n, 2), many = one;
        uint32_t words[MOST + 1];
        words[n] = 0xabcd;
        rng_fill(&many, words, n);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(words[i], rng_u32(&one));
        assert_int_equal(words[n], 0xabcd);
        assert_int_equal(rng_u32(&many), rng_u32(&one));
    }
}

/* The rest of a block that was begun is dropped. */
static void fill_starts_a_block(void **state) {
    (void)state;
    struct rng one = rng_for(1, 2, 3), many = one;
    rng_u32(&many);
    for (int i = 0; i < PHILOX_WORDS; i++)
        rng_u32(&one);
    uint32_t words[8];
    rng_fill(&many, words, 8);
    for (int i = 0; i < 8; i++)
        assert_int_equal(words[i], rng_u32(&one));
    assert_int_equal(rng_u32(&many), rng_u32(&one));
}

static void below_stays_below(void **state) {
    (void)state;
    static const uint32_t bounds[] = {1, 2, 3, 1000, 0x80000000, 0x80000001, 0xffffffff};
    struct rng rng = rng_for(1, 0, 0);
    for (size_t b = 0; b < sizeof bounds / sizeof *bounds; b++)
        for (int i = 0; i < 10000; i++)
            assert_true(rng_below(&rng, bounds[b]) < bounds[b]);
    for (int i = 0; i < 100; i++)
        assert_int_equal(rng_below(&rng, 1), 0);
}

static void below_is_uniform(void **state) {
    (void)state;
    struct rng rng = rng_for(2, 0, 0);
    for (int n = 2; n <= 40; n++) {
        uint32_t count[40] = {0};
        for (int i = 0; i < 20000; i++)
            count[rng_below(&rng, (uint32_t)n)]++;
        assert_uniform("rng_below", count, n);
    }
}

/* Of 3·2^30 values a plain product would give every third one twice as often. */
static void below_has_no_bias(void **state) {
    (void)state;
    struct rng rng = rng_for(3, 0, 0);
    uint32_t count[3] = {0};
    for (int i = 0; i < 60000; i++)
        count[rng_below(&rng, 0xc0000000) % 3]++;
    assert_uniform("rng_below of 3 · 2^30, remainder", count, 3);
}

static void unit_is_inside_and_uniform(void **state) {
    (void)state;
    enum { DRAWS = 200000, BINS = 64 };
    struct rng rng = rng_for(4, 0, 0);
    uint32_t count[BINS] = {0};
    for (int i = 0; i < DRAWS; i++) {
        double unit = rng_unit(&rng);
        assert_true(unit > 0 && unit < 1);
        count[(int)(unit * BINS)]++;
    }
    assert_uniform("rng_unit", count, BINS);
}

/* 27 bits of one word, 26 of the next, and half a step. */
static void unit_takes_53_bits(void **state) {
    (void)state;
    struct rng rng = rng_for(5, 0, 0), words = rng;
    for (int i = 0; i < 1000; i++) {
        double high = rng_u32(&words) >> 5, low = rng_u32(&words) >> 6;
        assert_true(rng_unit(&rng) == high * 0x1p-27 + low * 0x1p-53 + 0x1p-54);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(words_come_from_seed_stream_and_id),
        cmocka_unit_test(neighbours_differ),
        cmocka_unit_test(fill_is_word_after_word),
        cmocka_unit_test(fill_starts_a_block),
        cmocka_unit_test(below_stays_below),
        cmocka_unit_test(below_is_uniform),
        cmocka_unit_test(below_has_no_bias),
        cmocka_unit_test(unit_is_inside_and_uniform),
        cmocka_unit_test(unit_takes_53_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

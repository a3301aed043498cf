/* Huffman codes and deflate without matches: lengths that a reader accepts, streams that libdeflate
 * inflates to what went in. */
#include "base/memory.h"
#include "formats/byte_order.h"
#include "formats/deflate.h"
#include "formats/huffman.h"
#include "formats/literal_deflate.h"

#include "support.h"

/* Kraft's sum of a code with two symbols or more is exactly 1: every bit string means something. */
static void check_code(const uint32_t *count, int n, int max_length) {
    struct huffman huffman;
    huffman_build(&huffman, count, n, max_length);
    uint32_t sum = 0, used = 0;
    for (int i = 0; i < n; i++) {
        assert_int_equal(huffman.length[i] > 0, count[i] > 0);
        assert_true(huffman.length[i] <= max_length);
        sum += huffman.length[i] ? 1u << (max_length - huffman.length[i]) : 0;
        used += count[i] > 0;
    }
    if (used > 1)
        assert_int_equal(sum, 1u << max_length);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++)
            if (count[i] && count[j] && huffman.length[i] == huffman.length[j])
                assert_int_not_equal(huffman.code[i], huffman.code[j]);
}

static void random_counts_make_complete_codes(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    uint32_t count[HUFFMAN_SYMBOLS_MAX];
    for (int round = 0; round < 500; round++) {
        int n = between(&rng, 1, HUFFMAN_SYMBOLS_MAX);
        for (int i = 0; i < n; i++)
            count[i] = rng_below(&rng, 3) ? rng_u32(&rng) >> rng_below(&rng, 32) >> 9 : 0;
        check_code(count, n, HUFFMAN_LENGTH_MAX);
    }
}

/* Fibonacci's numbers make the deepest tree. */
static void deep_trees_are_bounded(void **state) {
    (void)state;
    uint32_t count[30] = {1, 1};
    for (int i = 2; i < 30; i++)
        count[i] = count[i - 1] + count[i - 2];
    check_code(count, 30, HUFFMAN_LENGTH_MAX);
    check_code(count, 19, 7);
}

static void more_frequent_is_not_longer(void **state) {
    (void)state;
    const uint32_t count[] = {5, 1, 0, 40, 7, 7, 2};
    struct huffman huffman;
    huffman_build(&huffman, count, 7, HUFFMAN_LENGTH_MAX);
    for (int i = 0; i < 7; i++)
        for (int j = 0; j < 7; j++)
            if (count[i] > count[j] && count[j] > 0)
                assert_true(huffman.length[i] <= huffman.length[j]);
}

static void check_round_trip(const uint8_t *in, size_t n, int level) {
    struct arena arena = {0};
    struct err err;
    size_t size;
    uint8_t *stream = zlib_deflate(in, n, level, &arena, &size);
    uint8_t *out = arena_take(&arena, n + 1);
    if (zlib_inflate(stream, size, out, n, &err) < 0)
        fail_msg("%zu bytes at level %d: %s", n, level, err.text);
    assert_memory_equal(out, in, n);
    arena_close(&arena);
}

static uint32_t adler32(const uint8_t *in, size_t n) {
    uint32_t a = 1, b = 0;
    for (size_t i = 0; i < n; i++) {
        a = (a + in[i]) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

/* A literal stream, whatever has_matches says, between zlib's head and tail. */
static void check_literals(const uint8_t *in, size_t n) {
    size_t bound = literal_deflate_bound(n);
    uint8_t *stream = must_calloc(2 + bound + 16, 1), *out = must_calloc(n, 1);
    struct err err;
    stream[0] = 0x78;
    stream[1] = 0x01;
    size_t size = 2 + literal_deflate(in, n, stream + 2);
    assert_true(size <= 2 + bound);
    for (size_t i = 2 + bound; i < 2 + bound + 16; i++)
        assert_int_equal(stream[i], 0);
    put_big_endian(stream + size, adler32(in, n));
    if (zlib_inflate(stream, size + 4, out, n, &err) < 0)
        fail_msg("%zu bytes: %s", n, err.text);
    assert_memory_equal(out, in, n);
    free(stream);
    free(out);
}

/* Bytes that are alike, spread out, or one value only, in sizes round the limits of blocks. */
static void streams_inflate_to_what_went_in(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 255, 4096, 32767, 32768, 32769, 49151, 49152, 100001};
    struct rng rng = rng_for(2, 0, 0);
    uint8_t *in = must_calloc(100001, 1);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (uint32_t spread = 1; spread <= 256; spread *= 4) {
            for (size_t i = 0; i < sizes[s]; i++)
                in[i] = (uint8_t)(rng_below(&rng, spread) * rng_below(&rng, 2) + s);
            check_literals(in, sizes[s]);
            for (int level = 0; level <= 2; level++)
                check_round_trip(in, sizes[s], level);
        }
    free(in);
}

/* Eight bytes that occur once, and others twice as often as all before: a code without bound would
 * have 15 bits for the eight. They stand behind each other, at every place of a byte's bits. */
static void the_longest_codes_are_written(void **state) {
    (void)state;
    enum { SINGLE = 8, DOUBLINGS = 12, SIZE = SINGLE + (SINGLE << DOUBLINGS) };
    static uint8_t in[SIZE];
    memset(in, SINGLE + DOUBLINGS, SINGLE);
    for (int i = 0; i < SINGLE; i++)
        in[SINGLE + i] = (uint8_t)i;
    for (int i = 1; i <= DOUBLINGS; i++) {
        size_t n = (size_t)SINGLE << (i - 1);
        memset(in + SINGLE + n, SINGLE + i, n);
    }
    for (size_t skipped = 0; skipped < SINGLE; skipped++)
        check_literals(in + skipped, SIZE - skipped);
}

/* Noise of which every so many bytes are flat; sizes on both sides of what is looked at. */
static void check_matches(size_t n, size_t every, bool expected) {
    struct rng rng = rng_for(3, 0, 0);
    uint8_t *in = must_calloc(n, 1);
    for (size_t i = 0; i < n; i++)
        in[i] = i / 32 % every == 0 ? 0 : (uint8_t)rng_u32(&rng);
    if (has_matches(in, n) != expected)
        fail_msg("%zu bytes, every %zu. flat", n, every);
    free(in);
}

static void flat_rows_have_matches_and_noise_has_none(void **state) {
    (void)state;
    static const size_t sizes[] = {3104, 8192, 150752};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        check_matches(sizes[s], 1, true);
        check_matches(sizes[s], 2, true);
        check_matches(sizes[s], 8, false);
        check_matches(sizes[s], sizes[s], false);
    }
    check_matches(1, 1, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_counts_make_complete_codes),
        cmocka_unit_test(deep_trees_are_bounded),
        cmocka_unit_test(more_frequent_is_not_longer),
        cmocka_unit_test(streams_inflate_to_what_went_in),
        cmocka_unit_test(the_longest_codes_are_written),
        cmocka_unit_test(flat_rows_have_matches_and_noise_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

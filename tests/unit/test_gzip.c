/* gzip: what went in comes out; a file that is cut, changed, longer than it says or a bomb is
 * refused before memory is taken for it. */
#include "base/memory.h"

#include "gzip_bytes.h"
#include "support.h"

enum { MOST = 1 << 20, GLANCED = 1 << 17 }; // bytes

static uint8_t *random_bytes(struct rng *rng, size_t n, uint32_t spread) {
    uint8_t *bytes = must_calloc(n + 1, 1);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)rng_below(rng, spread);
    return bytes;
}

/* In memory of exactly its size, so that the sanitizer sees a byte too far. */
static int inflate_exactly(const uint8_t *in, size_t n, struct arena *arena, uint8_t **out,
                           size_t *size) {
    struct err err;
    uint8_t *copy = malloc(n ? n : 1);
    memcpy(copy, in, n);
    int result = gzip_inflate(copy, n, MOST, arena, out, size, &err);
    free(copy);
    return result;
}

static void what_went_in_comes_out(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, 100, 65535, 65536, 200000};
    struct rng rng = rng_for(1, 0, 0);
    struct arena arena = {0};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int level = 0; level <= 12; level += 3) {
            uint8_t *in = random_bytes(&rng, sizes[s], level % 2 ? 256 : 3), *out, begin[24] = {1};
            size_t size, n, shown = sizes[s] < sizeof begin ? sizes[s] : sizeof begin;
            uint8_t *file = gzip_bytes(in, sizes[s], level, &arena, &size);
            assert_true(gzip_is_known(file, size));
            assert_int_equal(inflate_exactly(file, size, &arena, &out, &n), 0);
            assert_int_equal(n, sizes[s]);
            assert_memory_equal(out, in, n);
            gzip_glance(file, size < GLANCED ? size : GLANCED, begin, sizeof begin);
            assert_memory_equal(begin, in, shown);
            free(in);
            arena_reset(&arena);
        }
    arena_close(&arena);
}

/* The check sum lets no change pass but those in the header's time and system. */
static void cuts_and_changes_are_refused(void **state) {
    (void)state;
    struct rng rng = rng_for(2, 0, 0);
    struct arena arena = {0};
    size_t size, n;
    uint8_t *in = random_bytes(&rng, 500, 7), *out;
    uint8_t *file = gzip_bytes(in, 500, 6, &arena, &size);
    for (size_t cut = 0; cut < size; cut++)
        assert_int_equal(inflate_exactly(file, cut, &arena, &out, &n), -1);
    for (int round = 0; round < 5000; round++) {
        uint8_t *wrong = arena_take(&arena, size);
        memcpy(wrong, file, size);
        for (int i = between(&rng, 1, 3); i > 0; i--)
            wrong[rng_below(&rng, (uint32_t)size)] ^= (uint8_t)(1 + rng_below(&rng, 255));
        if (inflate_exactly(wrong, size, &arena, &out, &n) == 0) {
            assert_int_equal(n, 500);
            assert_memory_equal(out, in, n);
        }
    }
    free(in);
    arena_close(&arena);
}

static void check_refused(const uint8_t *file, size_t size, const char *why) {
    struct arena arena = {0};
    struct err err;
    uint8_t *out;
    size_t n;
    assert_int_equal(gzip_inflate(file, size, MOST, &arena, &out, &n, &err), -1);
    assert_contains(err.text, why);
    arena_close(&arena);
}

static void bombs_and_what_follows_are_refused(void **state) {
    (void)state;
    struct arena arena = {0};
    size_t size;
    uint8_t *in = must_calloc(MOST + 1, 1);
    uint8_t *file = gzip_bytes(in, MOST + 1, 12, &arena, &size);
    check_refused(file, size, "inflates to 1048577 bytes, of which 1048576 are held");
    put_four(file + size - 4, 1000);
    check_refused(file, size, "do not inflate to the 1000");
    put_four(file + size - 4, UINT32_MAX);
    check_refused(file, size, "says at its end that");

    size_t one;
    uint8_t *first = gzip_bytes(in, 100, 6, &arena, &one);
    uint8_t *two = arena_take(&arena, 2 * one);
    memcpy(two, first, one);
    memcpy(two + one, first, one);
    check_refused(two, 2 * one, "several streams");
    free(in);
    arena_close(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_went_in_comes_out),
        cmocka_unit_test(cuts_and_changes_are_refused),
        cmocka_unit_test(bombs_and_what_follows_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

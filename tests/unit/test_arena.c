/* Arena: pieces lie apart, each aligned, until all are given back; then what was enough once is
 * enough again. */
#include "base/arena.h"

#include "support.h"

enum { PIECES = 200, LONGEST = 5000, ALIGN = 64 };

static void check_pieces(struct arena *arena, struct rng rng) {
    uint8_t *pieces[PIECES];
    size_t sizes[PIECES];
    for (int i = 0; i < PIECES; i++) {
        sizes[i] = (size_t)between(&rng, 0, LONGEST);
        pieces[i] = arena_take(arena, sizes[i]);
        assert_int_equal((uintptr_t)pieces[i] % ALIGN, 0);
        memset(pieces[i], i, sizes[i]);
    }
    for (int i = 0; i < PIECES; i++)
        for (size_t at = 0; at < sizes[i]; at++)
            assert_int_equal(pieces[i][at], i);
}

static void pieces_lie_apart(void **state) {
    (void)state;
    struct arena arena = {0};
    for (int round = 0; round < 3; round++) {
        check_pieces(&arena, rng_for(1, 0, 0));
        arena_reset(&arena);
        assert_int_equal(arena.used, 0);
    }
    arena_close(&arena);
}

static void zeroed_pieces_hold_nothing(void **state) {
    (void)state;
    struct arena arena = {0};
    memset(arena_take(&arena, LONGEST), 'x', LONGEST);
    arena_reset(&arena);
    const uint8_t *piece = arena_take_zeroed(&arena, LONGEST);
    for (int i = 0; i < LONGEST; i++)
        assert_int_equal(piece[i], 0);
    arena_close(&arena);
}

/* A second round takes no memory anew. */
static void memory_is_kept(void **state) {
    (void)state;
    struct arena arena = {0};
    check_pieces(&arena, rng_for(1, 0, 0));
    arena_reset(&arena);
    const struct arena_chunk *chunk = arena.chunks;
    check_pieces(&arena, rng_for(1, 0, 0));
    assert_ptr_equal(arena.chunks, chunk);
    arena_close(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_lie_apart),
        cmocka_unit_test(zeroed_pieces_hold_nothing),
        cmocka_unit_test(memory_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The order of a run: passes are permutations, batches are full, originals come last, and nothing
 * but the seed decides. */
#include "engine/order.h"

#include "base/interrupt.h"
#include "base/memory.h"

#include <signal.h>

#include "support.h"

enum { N_ALL = 40, BATCH_MOST = 64, BATCHES_MOST = 400 };

/* Every third sample is unusable. */
static void open_order(struct order *order, uint64_t seed, int batch, uint64_t mixed) {
    uint8_t unusable[N_ALL];
    for (int i = 0; i < N_ALL; i++)
        unusable[i] = i % 3 == 1;
    *order = (struct order){.seed = seed, .batch = batch, .passes = ENDLESS, .limit = mixed};
    order_window(order, unusable, N_ALL);
}

/* Whether there is a next batch. */
static bool take(struct order *order, struct place *place, uint32_t *source, int *n) {
    struct err err;
    assert_int_equal(order_next(order, place, source, n, NULL, &err), 0);
    return *n > 0;
}

/* A whole run: the batches, and the sources of the samples made, by id. */
struct walk {
    int n_batches;
    struct place place[BATCHES_MOST];
    int n[BATCHES_MOST];
    uint32_t source[BATCHES_MOST][BATCH_MOST];
    uint32_t made[N_ALL * 20]; // (n_made)
    uint64_t n_made;
};

static void walk_through(struct order *order, struct walk *walk) {
    walk->n_batches = 0;
    walk->n_made = 0;
    for (int b = 0; take(order, &walk->place[b], walk->source[b], &walk->n[b]); b++) {
        assert_true(walk->place[b].first_id == walk->n_made);
        assert_in_range(walk->place[b].n_own, 1, walk->n[b]);
        for (int i = 0; i < walk->place[b].n_own; i++)
            walk->made[walk->n_made++] = walk->source[b][i];
        walk->n_batches++;
    }
    assert_true(walk->n_made == order_total(order));
}

static struct walk walk, again;

static void check_permutation(const uint32_t *made, uint32_t n) {
    int uses[N_ALL] = {0};
    for (uint32_t i = 0; i < n; i++) {
        assert_int_not_equal(made[i] % 3, 1);
        assert_int_equal(uses[made[i]]++, 0);
    }
}

static void only_usable_samples_count(void **state) {
    (void)state;
    struct order order;
    open_order(&order, 1, 8, 10);
    assert_int_equal(order.n, 27);
    for (uint32_t i = 1; i < order.n; i++)
        assert_true(order.usable[i] > order.usable[i - 1]);
    order_close(&order);
}

static void every_pass_is_a_permutation(void **state) {
    (void)state;
    for (int batch = 1; batch <= BATCH_MOST; batch++) {
        struct order order;
        open_order(&order, 1, batch, 27 * 5);
        walk_through(&order, &walk);
        for (uint32_t pass = 0; pass < 5; pass++)
            check_permutation(walk.made + 27 * pass, 27);
        order_close(&order);
    }
}

/* No batch is short of partners, none holds a sample twice, and what fills the last one up opens
 * its pass. */
static void batches_are_full(void **state) {
    (void)state;
    for (int batch = 1; batch <= BATCH_MOST; batch++) {
        struct order order;
        open_order(&order, 1, batch, 27 * 3 + 4);
        walk_through(&order, &walk);
        for (int b = 0; b < walk.n_batches; b++) {
            uint64_t at = walk.place[b].first_id % 27, pass = walk.place[b].first_id / 27;
            assert_int_equal(walk.n[b], batch < 27 ? batch : 27);
            check_permutation(walk.source[b], (uint32_t)walk.n[b]);
            for (int i = walk.place[b].n_own; i < walk.n[b] && pass < 3; i++)
                assert_int_equal(walk.source[b][i], walk.made[27 * pass + (at + (uint64_t)i) % 27]);
        }
        order_close(&order);
    }
}

/* A shorter run is the beginning of a longer one. */
static void counts_cut_the_run_short(void **state) {
    (void)state;
    struct order order;
    open_order(&order, 1, 8, 27 * 3);
    walk_through(&order, &again);
    order_close(&order);
    for (uint64_t mixed = 1; mixed <= 27 * 3; mixed++) {
        open_order(&order, 1, 8, mixed);
        walk_through(&order, &walk);
        assert_true(walk.n_made == mixed);
        assert_memory_equal(walk.made, again.made, mixed * sizeof *walk.made);
        for (int b = 0; b < walk.n_batches; b++)
            assert_memory_equal(walk.source[b], again.source[b],
                                (size_t)walk.n[b] * sizeof *walk.source[b]);
        order_close(&order);
    }
}

static void originals_come_last_and_in_order(void **state) {
    (void)state;
    struct order order;
    open_order(&order, 1, 8, 13);
    order.originals = true;
    walk_through(&order, &walk);
    assert_int_equal(walk.n_made, 13 + 27);
    assert_memory_equal(walk.made + 13, order.usable, 27 * sizeof *order.usable);
    for (int b = 0; b < walk.n_batches; b++) {
        assert_int_equal(walk.place[b].originals, walk.place[b].first_id >= 13);
        if (walk.place[b].originals)
            assert_int_equal(walk.n[b], walk.place[b].n_own);
    }
    order_close(&order);
}

static void passes_and_seeds_differ(void **state) {
    (void)state;
    struct order order;
    open_order(&order, 1, 8, 27 * 2);
    walk_through(&order, &walk);
    order_close(&order);
    assert_memory_not_equal(walk.made, walk.made + 27, 27 * sizeof *walk.made);
    open_order(&order, 2, 8, 27 * 2);
    walk_through(&order, &again);
    order_close(&order);
    assert_memory_not_equal(walk.made, again.made, 27 * sizeof *walk.made);
    open_order(&order, 1, 5, 27 * 2);
    walk_through(&order, &again);
    order_close(&order);
    assert_memory_equal(walk.made, again.made, 54 * sizeof *walk.made);
}

/* Durstenfeld's shuffle in one go, by the pass's own random numbers. */
static void a_pass_in_parts_is_one_shuffle(void **state) {
    (void)state;
    enum { SAMPLES = (2 << 20) + 3 };
    struct order order = {.seed = 9, .batch = SAMPLES, .passes = 1, .limit = ENDLESS};
    struct rng rng = rng_for(9, 0, STREAM_ORDER);
    struct place place;
    uint32_t *source = must_calloc(SAMPLES, sizeof *source);
    uint32_t *wanted = must_calloc(SAMPLES, sizeof *wanted);
    int n;
    order_window(&order, NULL, SAMPLES);
    assert_true(take(&order, &place, source, &n));
    for (uint32_t i = 0; i < SAMPLES; i++)
        wanted[i] = i;
    for (uint32_t i = SAMPLES; i > 1; i--) {
        uint32_t j = rng_below(&rng, i), last = wanted[i - 1];
        wanted[i - 1] = wanted[j];
        wanted[j] = last;
    }
    assert_int_equal(n, SAMPLES);
    assert_memory_equal(source, wanted, SAMPLES * sizeof *source);
    order_close(&order);
    free(source);
    free(wanted);
}

/* Each sample comes first as often as the next, over many passes. */
static void shuffles_are_uniform(void **state) {
    (void)state;
    struct order order;
    struct place place;
    uint32_t source[3], count[3] = {0}, last[3] = {0};
    int n;
    order = (struct order){.seed = 5, .batch = 3, .passes = 9000, .limit = ENDLESS};
    order_window(&order, NULL, 3);
    while (take(&order, &place, source, &n)) {
        count[source[0]]++;
        last[source[2]]++;
    }
    assert_uniform("who comes first", count, 3);
    assert_uniform("who comes last", last, 3);
    order_close(&order);
}

/* A stream: windows of different sizes, each shuffled anew, ids going on. */
static void windows_follow_each_other(void **state) {
    (void)state;
    static const uint32_t sizes[] = {7, 3, 7, 1};
    struct order order = {.seed = 3, .batch = 4, .passes = 2, .limit = ENDLESS};
    uint64_t id = 0;
    for (size_t w = 0; w < sizeof sizes / sizeof *sizes; w++) {
        uint32_t source[4], made[16], n_made = 0;
        struct place place;
        int n;
        order_window(&order, NULL, sizes[w]);
        assert_true(order_total(&order) == 2 * sizes[w]);
        while (take(&order, &place, source, &n)) {
            assert_true(place.first_id == id);
            assert_int_equal(n, sizes[w] < 4 ? sizes[w] : 4);
            for (int i = 0; i < place.n_own; i++)
                made[n_made++] = source[i];
            id += (uint64_t)place.n_own;
        }
        assert_int_equal(n_made, 2 * sizes[w]);
        for (uint32_t i = 0; i < sizes[w]; i++) {
            int uses = 0;
            for (uint32_t k = 0; k < n_made; k++)
                uses += made[k] == i;
            assert_int_equal(uses, 2);
        }
        assert_false(order_is_done(&order));
    }
    order_close(&order);
}

/* Two windows of equal size are not shuffled alike. */
static void windows_differ(void **state) {
    (void)state;
    struct order order = {.seed = 3, .batch = 30, .passes = 1, .limit = ENDLESS};
    uint32_t source[2][30];
    struct place place;
    int n;
    for (int w = 0; w < 2; w++) {
        order_window(&order, NULL, 30);
        assert_true(take(&order, &place, source[w], &n));
    }
    assert_memory_not_equal(source[0], source[1], sizeof source[0]);
    order_close(&order);
}

static void a_limit_ends_the_windows(void **state) {
    (void)state;
    struct order order = {.seed = 3, .batch = 4, .passes = 1, .limit = 10};
    struct place place;
    uint32_t source[4];
    int n;
    order_window(&order, NULL, 7);
    while (take(&order, &place, source, &n))
        ;
    assert_false(order_is_done(&order));
    order_window(&order, NULL, 7);
    assert_true(order_is_done(&order));
    while (take(&order, &place, source, &n))
        ;
    assert_true(order.next == 10);
    order_close(&order);
}

/* A window may hold nothing that can be used. */
static void an_unusable_window_makes_nothing(void **state) {
    (void)state;
    const uint8_t unusable[3] = {1, 1, 1};
    struct order order = {.seed = 3, .batch = 4, .passes = ENDLESS, .limit = ENDLESS};
    struct place place;
    uint32_t source[4];
    int n;
    order_window(&order, unusable, 3);
    assert_false(take(&order, &place, source, &n));
    order_window(&order, NULL, 3);
    assert_true(order_total(&order) == ENDLESS);
    assert_true(take(&order, &place, source, &n));
    order_close(&order);
}

static void interrupt_the_second_word(void *data, const struct progress *progress) {
    int *words = data;
    assert_string_equal(progress->stage, "shuffling");
    assert_true(progress->total == 1 << 24);
    assert_true(*words == 0 ? progress->done == 0 : progress->done > 0);
    if (++*words == 2)
        raise(SIGTERM);
}

/* The last of the tests: signals are not forgotten. */
static void a_signal_ends_a_long_shuffle(void **state) {
    (void)state;
    int words = 0, n;
    struct watch watch = {interrupt_the_second_word, &words};
    struct order order = {.seed = 1, .batch = 2, .passes = 1, .limit = ENDLESS};
    struct place place;
    struct err err;
    uint32_t source[2];
    interrupt_catch();
    order_window(&order, NULL, 1 << 24);
    assert_int_equal(order_next(&order, &place, source, &n, &watch, &err), -1);
    assert_string_equal(err.text, "interrupted");
    assert_int_equal(words, 2);
    order_close(&order);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_follow_each_other),
        cmocka_unit_test(windows_differ),
        cmocka_unit_test(a_limit_ends_the_windows),
        cmocka_unit_test(an_unusable_window_makes_nothing),
        cmocka_unit_test(only_usable_samples_count),
        cmocka_unit_test(every_pass_is_a_permutation),
        cmocka_unit_test(batches_are_full),
        cmocka_unit_test(counts_cut_the_run_short),
        cmocka_unit_test(originals_come_last_and_in_order),
        cmocka_unit_test(passes_and_seeds_differ),
        cmocka_unit_test(shuffles_are_uniform),
        cmocka_unit_test(a_pass_in_parts_is_one_shuffle),
        cmocka_unit_test(a_signal_ends_a_long_shuffle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

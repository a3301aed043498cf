/* Sums of many byte arrays: exact, whatever the number of sources, their order and the length,
 * which no vector divides. */
#include "model/recipe.h"
#include "model/weighted_sum.h"

#include "support.h"

enum { SOURCES_MAX = 21, SUMS_MAX = 5, LENGTH_MAX = 200, GUARD = 64 };

/* n weights that add up to SHARE_ONE: the pieces between random cuts, some of them empty. */
static void random_weights(struct rng *rng, int n, uint32_t *weight) {
    uint32_t left = SHARE_ONE;
    for (int k = 0; k + 1 < n; k++) {
        uint32_t most = left >> rng_below(rng, 20);
        weight[k] = rng_below(rng, most + 1);
        left -= weight[k];
    }
    weight[n - 1] = left;
}

/* The first n of a random order of the sources. */
static void random_sources(struct rng *rng, int n_sources, int n, int *index) {
    int all[SOURCES_MAX];
    for (int i = 0; i < n_sources; i++)
        all[i] = i;
    for (int i = 0; i < n; i++) {
        int j = between(rng, i, n_sources - 1);
        index[i] = all[j];
        all[j] = all[i];
    }
}

static void check_sum(const struct weighted_sums *sums, const struct weighted_sum *sum) {
    for (size_t i = 0; i < sums->length; i++) {
        uint64_t exact = SHARE_ONE / 2;
        for (int k = 0; k < sum->n; k++)
            exact += (uint64_t)sum->weight[k] * sums->source[sum->index[k]][i];
        assert_int_equal(sum->out[i], exact >> SHARE_BITS);
    }
    for (size_t i = sums->length; i < sums->length + GUARD; i++)
        assert_int_equal(sum->out[i], 0xa5);
}

/* One set of sources, several sums over some of them; a guard behind each result. */
static void check_case(struct rng *rng, struct arena *arena) {
    struct weighted_sums sums = {.n_sources = between(rng, 1, SOURCES_MAX),
                                 .n_sums = between(rng, 1, SUMS_MAX),
                                 .length = (size_t)between(rng, 1, LENGTH_MAX)};
    sums.source = arena_take(arena, SOURCES_MAX * sizeof *sums.source);
    sums.sum = arena_take(arena, SUMS_MAX * sizeof *sums.sum);
    for (int k = 0; k < sums.n_sources; k++) {
        uint8_t *bytes = arena_take(arena, sums.length);
        for (size_t i = 0; i < sums.length; i++)
            bytes[i] = (uint8_t)(rng_below(rng, 4) ? rng_u32(rng) : 255);
        sums.source[k] = bytes;
    }
    for (int s = 0; s < sums.n_sums; s++) {
        int n = between(rng, 1, sums.n_sources);
        int *index = arena_take(arena, SOURCES_MAX * sizeof *index);
        uint32_t *weight = arena_take(arena, SOURCES_MAX * sizeof *weight);
        random_sources(rng, sums.n_sources, n, index);
        random_weights(rng, n, weight);
        uint8_t *out = memset(arena_take(arena, LENGTH_MAX + GUARD), 0xa5, LENGTH_MAX + GUARD);
        sums.sum[s] = (struct weighted_sum){n, index, weight, out};
    }
    weighted_sums(&sums, arena);
    for (int s = 0; s < sums.n_sums; s++)
        check_sum(&sums, &sums.sum[s]);
    arena_reset(arena);
}

static void sums_are_exact(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    struct arena arena = {0};
    for (int round = 0; round < 3000; round++)
        check_case(&rng, &arena);
    arena_close(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

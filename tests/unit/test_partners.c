/* Partners: the grouping by class, each rule of pairing on random labels, and that every allowed
 * partner is equally likely. */
#include "model/partners.h"

#include "support.h"

enum { MOST = 30, CLASSES = 5 };

static struct arena arena;
static const struct shape DOT = {1, {1}};

static void open_labels(struct batch *batch, const int *labels, int n) {
    batch_open(batch, &DOT, DTYPE_UINT8, n, CLASSES);
    batch->n = n;
    memcpy(batch->label, labels, (size_t)n * sizeof *labels);
    batch_group(batch);
}

static void groups_are_sorted_by_class_then_place(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    for (int round = 0; round < 1000; round++) {
        struct batch batch;
        int n = between(&rng, 1, MOST);
        open_random_batch(&batch, DOT, DTYPE_UINT8, n, between(&rng, 1, 8), &rng);
        assert_int_equal(batch.class_start[0], 0);
        assert_int_equal(batch.class_start[batch.n_classes], n);
        for (int k = 0; k < batch.n_classes; k++)
            for (int i = batch.class_start[k]; i < batch.class_start[k + 1]; i++) {
                assert_int_equal(batch.label[batch.by_class[i]], k);
                if (i > batch.class_start[k])
                    assert_true(batch.by_class[i] > batch.by_class[i - 1]);
            }
        batch_close(&batch);
    }
}

static bool allowed(const struct batch *batch, int own, int other, enum pairing pairing) {
    bool same = batch->label[own] == batch->label[other];
    return own != other && (pairing == PAIR_SAME ? same : pairing == PAIR_OTHER ? !same : true);
}

static int count_allowed(const struct batch *batch, int own, enum pairing pairing) {
    int count = 0;
    for (int i = 0; i < batch->n; i++)
        count += allowed(batch, own, i, pairing);
    return count;
}

/* As many as are asked for or allowed, none twice. */
static void check_partners(const struct batch *batch, int own, enum pairing pairing,
                           struct rng *rng) {
    int order[MOST], uses[MOST] = {0}, count = between(rng, 0, MOST);
    int there_are = count_allowed(batch, own, pairing);
    assert_int_equal(partners_count(batch, own, pairing), there_are);
    int drawn = partners_draw(batch, own, pairing, count, rng, &arena, order);
    assert_int_equal(drawn, count < there_are ? count : there_are);
    for (int i = 0; i < drawn; i++) {
        assert_in_range(order[i], 0, batch->n - 1);
        assert_true(allowed(batch, own, order[i], pairing));
        assert_int_equal(uses[order[i]]++, 0);
    }
}

static void rules_hold_on_random_labels(void **state) {
    (void)state;
    struct rng rng = rng_for(2, 0, 0);
    for (int round = 0; round < 3000; round++) {
        struct batch batch;
        open_random_batch(&batch, DOT, DTYPE_UINT8, between(&rng, 1, MOST), CLASSES, &rng);
        enum pairing pairing = (enum pairing)between(&rng, PAIR_ANY, PAIR_BALANCED);
        int own = between(&rng, 0, batch.n - 1);
        check_partners(&batch, own, pairing, &rng);
        int one = partner_draw(&batch, own, pairing, &rng, &arena);
        if (count_allowed(&batch, own, pairing))
            assert_true(allowed(&batch, own, one, pairing));
        else
            assert_int_equal(one, own);
        arena_reset(&arena);
        batch_close(&batch);
    }
}

static void fewer_are_the_first_of_more(void **state) {
    (void)state;
    struct rng rng = rng_for(8, 0, 0);
    for (int round = 0; round < 1000; round++) {
        struct batch batch;
        int few[MOST], many[MOST];
        open_random_batch(&batch, DOT, DTYPE_UINT8, between(&rng, 1, MOST), CLASSES, &rng);
        enum pairing pairing = (enum pairing)between(&rng, PAIR_ANY, PAIR_BALANCED);
        struct rng first = rng_for(9, (uint64_t)round, 0), second = first;
        int n = partners_draw(&batch, 0, pairing, between(&rng, 0, MOST), &first, &arena, few);
        assert_true(n <= partners_draw(&batch, 0, pairing, MOST, &second, &arena, many));
        assert_memory_equal(few, many, (size_t)n * sizeof *few);
        arena_reset(&arena);
        batch_close(&batch);
    }
}

static void nobody_else_means_oneself(void **state) {
    (void)state;
    struct rng rng = rng_for(3, 0, 0);
    struct batch batch;
    open_labels(&batch, (int[]){2}, 1);
    for (int pairing = PAIR_ANY; pairing <= PAIR_BALANCED; pairing++)
        assert_int_equal(partner_draw(&batch, 0, (enum pairing)pairing, &rng, &arena), 0);
    batch_close(&batch);
    open_labels(&batch, (int[]){2, 1, 1}, 3);
    assert_int_equal(partner_draw(&batch, 0, PAIR_SAME, &rng, &arena), 0);
    batch_close(&batch);
    open_labels(&batch, (int[]){1, 1, 1}, 3);
    assert_int_equal(partner_draw(&batch, 1, PAIR_OTHER, &rng, &arena), 1);
    batch_close(&batch);
}

/* Every allowed partner of `own` as often as the next. */
static void check_uniform(const int *labels, int n, int own, enum pairing pairing) {
    struct rng rng = rng_for(4, (uint64_t)own, (uint32_t)pairing);
    struct batch batch;
    uint32_t count[MOST] = {0}, of_allowed[MOST];
    int n_allowed = 0;
    open_labels(&batch, labels, n);
    for (int i = 0; i < 20000; i++) {
        count[partner_draw(&batch, own, pairing, &rng, &arena)]++;
        arena_reset(&arena);
    }
    for (int i = 0; i < n; i++)
        if (allowed(&batch, own, i, pairing))
            of_allowed[n_allowed++] = count[i];
    assert_uniform("partners", of_allowed, n_allowed);
    batch_close(&batch);
}

static void partners_are_uniform(void **state) {
    (void)state;
    static const int labels[] = {0, 1, 1, 1, 1, 2, 2, 0, 3, 1};
    for (int own = 0; own < 10; own++) {
        check_uniform(labels, 10, own, PAIR_ANY);
        if (own != 8)
            check_uniform(labels, 10, own, PAIR_SAME);
        check_uniform(labels, 10, own, PAIR_OTHER);
    }
}

/* The second of several partners, too, and given the first. */
static void orders_are_uniform(void **state) {
    (void)state;
    struct rng rng = rng_for(5, 0, 0);
    struct batch batch;
    uint32_t count[6] = {0};
    open_labels(&batch, (int[]){0, 1, 2, 0}, 4);
    for (int i = 0; i < 20000; i++) {
        int order[3];
        assert_int_equal(partners_draw(&batch, 3, PAIR_ANY, 3, &rng, &arena, order), 3);
        count[2 * order[0] + (order[1] > order[2])]++;
        arena_reset(&arena);
    }
    assert_uniform("orders of three", count, 6);
    batch_close(&batch);
}

/* Of classes with 1, 2, 3 and 12 samples each is drawn as often, and within one each sample. */
static void balanced_partners_are_uniform_over_classes(void **state) {
    (void)state;
    enum { N = 18, DRAWS = 40000 };
    int labels[N];
    uint32_t of_class[4] = {0}, of_sample[N] = {0};
    for (int i = 0; i < N; i++)
        labels[i] = i < 1 ? 3 : i < 3 ? 2 : i < 6 ? 1 : 0;
    struct rng rng = rng_for(6, 0, 0);
    struct batch batch;
    open_labels(&batch, labels, N);
    for (int i = 0; i < DRAWS; i++) {
        int other = partner_draw(&batch, N - 1, PAIR_BALANCED, &rng, &arena);
        of_class[labels[other]]++;
        of_sample[other]++;
        arena_reset(&arena);
    }
    assert_uniform("classes", of_class, 4);
    assert_uniform("samples of the greatest class", of_sample + 6, N - 7);
    batch_close(&batch);
}

/* Drawn out to the end, small classes run dry first and everyone comes once. */
static void balanced_orders_exhaust_the_batch(void **state) {
    (void)state;
    struct rng rng = rng_for(7, 0, 0);
    struct batch batch;
    int order[MOST], early = 0;
    open_labels(&batch, (int[]){0, 0, 0, 0, 0, 0, 0, 0, 0, 4}, 10);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(partners_draw(&batch, 0, PAIR_BALANCED, 9, &rng, &arena, order), 9);
        early += order[0] == 9 || order[1] == 9;
        arena_reset(&arena);
    }
    assert_near("the rare class is among the first two", early / 1000.0, 0.75, 0.05);
    batch_close(&batch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_sorted_by_class_then_place),
        cmocka_unit_test(rules_hold_on_random_labels),
        cmocka_unit_test(fewer_are_the_first_of_more),
        cmocka_unit_test(nobody_else_means_oneself),
        cmocka_unit_test(partners_are_uniform),
        cmocka_unit_test(orders_are_uniform),
        cmocka_unit_test(balanced_partners_are_uniform_over_classes),
        cmocka_unit_test(balanced_orders_exhaust_the_batch),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&arena);
    return failed != 0;
}

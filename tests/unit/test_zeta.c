/* The numbers of zeta: its weights, its uniform order, and mixup as its case of two. */
#include <stdio.h>

#include "rig.h"

static double power_sum(int t, double gamma) {
    double sum = 0;
    for (int k = t; k >= 1; k--)
        sum += pow(k, -gamma);
    return sum;
}

static void weights_are_the_series(void **state) {
    (void)state;
    enum { T = 64 };
    struct rig rig;
    rig_open_spec(&rig, "zeta:gamma=2.8,t=64", picture_shape(2, 2), 70);
    const struct recipe *recipe = rig_draw(&rig, 3, 1);
    assert_int_equal(recipe->n_terms, T);
    assert_int_equal(recipe->term[0].index, 3);
    assert_near("first weight", recipe->term[0].share, 0.802102, 1e-6);
    for (int k = 1; k <= T; k++)
        assert_near("weight", recipe->term[k - 1].share, pow(k, -2.8) / power_sum(T, 2.8), 1e-6);
    rig_close(&rig);
}

static void a_steep_series_is_the_sample(void **state) {
    (void)state;
    struct rig rig;
    rig_open_spec(&rig, "zeta:gamma=64", picture_shape(2, 2), 64);
    const struct recipe *recipe = rig_draw(&rig, 5, 1);
    assert_int_equal(recipe->n_terms, 1);
    assert_int_equal(recipe->term[0].index, 5);
    assert_true(recipe->term[0].share == 1);
    rig_close(&rig);
}

/* Thousands of equal weights, each rounded: none may be paid for by another. */
static void a_flat_series_is_flat(void **state) {
    (void)state;
    enum { T = 12000 };
    struct rig rig;
    rig_open_spec(&rig, "zeta:gamma=0", (struct shape){1, {1}}, T);
    const struct recipe *recipe = rig_draw(&rig, 5, 1);
    assert_int_equal(recipe->n_terms, T);
    for (int k = 0; k < T; k++)
        assert_near("weight", recipe->term[k].share, 1.0 / T, 1e-7);
    rig_close(&rig);
}

/* Which sample holds rank 2, and which rank sample 4 holds, over many ids. */
static void the_order_is_uniform(void **state) {
    (void)state;
    enum { T = 20, DRAWS = 40000 };
    struct rig rig;
    uint32_t second[T] = {0}, rank[T] = {0};
    rig_open_spec(&rig, "zeta:gamma=1", picture_shape(1, 1), T);
    for (int id = 0; id < DRAWS; id++) {
        const struct recipe *recipe = rig_draw(&rig, T - 1, (uint64_t)id);
        assert_int_equal(recipe->n_terms, T);
        second[recipe->term[1].index]++;
        for (int k = 1; k < T; k++)
            if (recipe->term[k].index == 4)
                rank[k - 1]++;
    }
    assert_uniform("who comes second", second, T - 1);
    assert_uniform("the rank of one sample", rank, T - 1);
    rig_close(&rig);
}

/* γ = log2(λ / (1 − λ)), here λ = 3/4: the very bytes of mixup. */
static void two_terms_are_mixup(void **state) {
    (void)state;
    uint8_t zeta[48], mixup[48];
    struct rig rig;
    rig_open_spec(&rig, "zeta:t=2,gamma=1.584962500721156", picture_shape(4, 4), 9);
    for (int id = 0; id < 100; id++) {
        struct recipe *recipe = rig_draw(&rig, id % 9, (uint64_t)id);
        assert_int_equal(recipe->n_terms, 2);
        assert_near("λ", recipe->term[0].share, 0.75, 1e-6);
        blend(&(struct blending){recipe, &rig.batch, zeta}, 1, &rig.arena);
        recipe_pair(recipe, recipe->term[0].index, recipe->term[1].index, 0.75);
        blend(&(struct blending){recipe, &rig.batch, mixup}, 1, &rig.arena);
        assert_memory_equal(zeta, mixup, sizeof zeta);
    }
    rig_close(&rig);
}

static void any_two_weights_follow_gamma(void **state) {
    (void)state;
    for (int g = 0; g <= 12; g++) {
        char spec[32];
        struct rig rig;
        snprintf(spec, sizeof spec, "zeta:t=2,gamma=%d", g);
        rig_open_spec(&rig, spec, picture_shape(1, 1), 4);
        double lambda = exp2(g) / (1 + exp2(g));
        assert_near("λ", rig_draw(&rig, 0, 1)->term[0].share, lambda, 1e-7);
        rig_close(&rig);
    }
}

/* Where the class has too few others the series is shorter, and its weights are renormalised. */
static void a_short_series_is_renormalised(void **state) {
    (void)state;
    struct rig rig;
    rig_open_spec(&rig, "zeta:gamma=2", picture_shape(1, 1), 10);
    for (int i = 0; i < 10; i++)
        rig.batch.label[i] = i % 2;
    batch_group(&rig.batch);
    rig.pairing = PAIR_SAME;
    const struct recipe *recipe = rig_draw(&rig, 0, 1);
    assert_int_equal(recipe->n_terms, 5);
    for (int k = 1; k <= 5; k++)
        assert_near("weight", recipe->term[k - 1].share, pow(k, -2) / power_sum(5, 2), 1e-6);
    rig_close(&rig);
}

/* The kept are the first of the whole series, renormalised, and no fewer would do. */
static void check_cut(const struct recipe *whole, const struct recipe *cut, double tail) {
    double left_out = 0;
    for (int k = 0; k < whole->n_terms; k++)
        if (k < cut->n_terms)
            assert_int_equal(cut->term[k].index, whole->term[k].index);
        else
            left_out += whole->term[k].share;
    assert_true(left_out * 255 <= tail);
    assert_true((left_out + whole->term[cut->n_terms - 1].share) * 255 > tail);
    for (int k = 1; k <= cut->n_terms; k++)
        assert_near("weight", cut->term[k - 1].share, pow(k, -2.8) / power_sum(cut->n_terms, 2.8),
                    1e-6);
    assert_true(whole->fact[0].number[0] == cut->fact[0].number[0]);
}

/* Half a grey level at γ = 2.8, T = 128: the 20 heaviest. */
static void a_tail_leaves_out_the_lightest(void **state) {
    (void)state;
    struct rig whole, cut;
    rig_open_spec(&whole, "zeta", picture_shape(2, 2), 128);
    rig_open_spec(&cut, "zeta:tail=0.5", picture_shape(2, 2), 128);
    assert_int_equal(rig_draw(&cut, 5, 1)->n_terms, 20);
    for (int pairing = PAIR_ANY; pairing <= PAIR_BALANCED; pairing++) {
        whole.pairing = cut.pairing = (enum pairing)pairing;
        check_cut(rig_draw(&whole, 5, 1), rig_draw(&cut, 5, 1), 0.5);
    }
    rig_close(&whole);
    rig_close(&cut);
}

/* The sum by the shares of the whole series, not rounded. */
static double whole_value(const struct recipe *recipe, const struct batch *batch, size_t i) {
    double sum = 0;
    for (int k = 0; k < recipe->n_terms; k++)
        sum += recipe->term[k].share * ((uint8_t *)batch_at(batch, recipe->term[k].index))[i];
    return sum;
}

static void check_cut_pixels(struct rig *whole, struct rig *cut, int own, double tail) {
    enum { VALUES = 192 };
    uint8_t out[VALUES];
    const struct recipe *all = rig_draw(whole, own, 3), *kept = rig_draw(cut, own, 3);
    assert_true(kept->n_terms < all->n_terms);
    blend(&(struct blending){kept, &cut->batch, out}, 1, &cut->arena);
    for (size_t i = 0; i < VALUES; i++)
        assert_near("value", out[i], whole_value(all, &whole->batch, i), tail + 0.5 + 1e-3);
}

static void a_tail_moves_values_by_no_more(void **state) {
    (void)state;
    static const double tails[] = {0.1, 0.5, 3, 40};
    enum { T = 100 };
    for (int i = 0; i < 4; i++) {
        char spec[32];
        struct rig whole, cut;
        snprintf(spec, sizeof spec, "zeta:gamma=2,tail=%g", tails[i]);
        rig_open_spec(&whole, "zeta:gamma=2", picture_shape(8, 8), T);
        rig_open_spec(&cut, spec, picture_shape(8, 8), T);
        for (int own = 0; own < T; own++)
            check_cut_pixels(&whole, &cut, own, tails[i]);
        rig_close(&whole);
        rig_close(&cut);
    }
}

static void the_greatest_tail_leaves_the_sample(void **state) {
    (void)state;
    struct rig rig;
    rig_open_spec(&rig, "zeta:tail=255", picture_shape(2, 2), 8);
    assert_int_equal(rig_draw(&rig, 5, 1)->n_terms, 1);
    assert_int_equal(rig.recipe->term[0].index, 5);
    rig_close(&rig);
}

/* 1.72865 is the root of ζ(γ) = 2. */
static void a_slow_series_is_warned_of(void **state) {
    (void)state;
    char text[256];
    const struct mixer *zeta = mixer_find("zeta");
    assert_true(zeta->warn((double[]){1.728, 0}, text, sizeof text));
    assert_contains(text, "1.728");
    assert_false(zeta->warn((double[]){1.729, 0}, text, sizeof text));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_the_series),
        cmocka_unit_test(a_steep_series_is_the_sample),
        cmocka_unit_test(a_flat_series_is_flat),
        cmocka_unit_test(the_order_is_uniform),
        cmocka_unit_test(two_terms_are_mixup),
        cmocka_unit_test(any_two_weights_follow_gamma),
        cmocka_unit_test(a_short_series_is_renormalised),
        cmocka_unit_test(a_tail_leaves_out_the_lightest),
        cmocka_unit_test(a_tail_moves_values_by_no_more),
        cmocka_unit_test(the_greatest_tail_leaves_the_sample),
        cmocka_unit_test(a_slow_series_is_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

/* Laws of what mixers draw. */
#include "base/parallel.h"
#include "base/text.h"

#include "every_mixer.h"

/* --- the recipe --- */

static void check_terms(const struct recipe *recipe, int n) {
    double sum = 0;
    int uses[N_MOST] = {0};
    assert_in_range(recipe->n_terms, 1, n);
    for (int k = 0; k < recipe->n_terms; k++) {
        assert_true(recipe->term[k].index >= 0 && recipe->term[k].index < n);
        if (!(recipe->term[k].share >= 0 && recipe->term[k].share <= 1))
            fail_msg("a share of %g", (double)recipe->term[k].share);
        assert_int_equal(uses[recipe->term[k].index]++, 0);
        sum += recipe->term[k].share;
    }
    assert_near("sum of shares", sum, 1, recipe->region == REGION_SUM ? 0 : 1e-6);
}

static void check_region(const struct recipe *recipe, const struct batch *batch) {
    struct grid grid = shape_grid(&batch->shape);
    if (recipe->region != REGION_SUM)
        assert_int_equal(recipe->n_terms, 2);
    for (int a = 0; a < AXES_MAX && recipe->region == REGION_BOX; a++) {
        assert_true(recipe->box.low[a] >= 0 && recipe->box.low[a] <= recipe->box.high[a]);
        assert_true(recipe->box.high[a] <= grid.side[a]);
    }
    for (size_t i = 0; i < grid_positions(&grid) && recipe->region == REGION_MASK; i++)
        assert_in_range(recipe->mask[i], 0, PART_ONE);
}

/* Sums are exact only where shares are multiples of 2^-24. */
static void check_steps(const struct recipe *recipe) {
    for (int k = 0; k < recipe->n_terms && recipe->region == REGION_SUM; k++) {
        float steps = recipe->term[k].share * SHARE_ONE;
        assert_true(steps == rintf(steps));
    }
}

static void check_recipes(struct rig *rig, const double *values) {
    (void)values;
    for (int own = 0; own < rig->batch.n; own++) {
        const struct recipe *recipe = rig_draw(rig, own, rig->batch.id[own]);
        assert_int_equal(recipe->term[0].index, own);
        assert_in_range(recipe->n_facts, 0, FACTS_MAX);
        check_terms(recipe, rig->batch.n);
        check_region(recipe, &rig->batch);
        check_steps(recipe);
    }
}

static void recipes_are_sound(void **state) {
    (void)state;
    try_everything(check_recipes);
}

/* --- purity --- */

/* All that a recipe says, as bytes. */
static void describe(const struct recipe *recipe, const struct batch *batch, struct text *text) {
    struct grid grid = shape_grid(&batch->shape);
    text_unsigned(text, (uint64_t)recipe->region);
    for (int k = 0; k < recipe->n_terms; k++)
        text_bytes(text, &recipe->term[k], sizeof recipe->term[k]);
    if (recipe->region == REGION_BOX)
        text_bytes(text, &recipe->box, sizeof recipe->box);
    if (recipe->region == REGION_MASK)
        text_bytes(text, recipe->mask, grid_positions(&grid) * sizeof *recipe->mask);
    recipe_print_facts(recipe, text);
}

struct draws {
    struct rig *rig;
    struct arena arena[3];
    struct text text[N_MOST]; // by sample
};

static void draw_item(void *data, int item, int thread) {
    struct draws *draws = data;
    struct arena *arena = &draws->arena[thread];
    const struct batch *batch = &draws->rig->batch;
    arena_reset(arena);
    struct recipe *recipe = recipe_take(arena, batch);
    draw_into(draws->rig, item, batch->id[item], batch->id[item], arena, recipe);
    describe(recipe, batch, &draws->text[item]);
}

static void compare_draws(const struct draws *threads, struct rig *rig) {
    for (int own = rig->batch.n - 1; own >= 0; own--) {
        struct text text = {0};
        describe(rig_draw(rig, own, rig->batch.id[own]), &rig->batch, &text);
        assert_int_equal(text.used, threads->text[own].used);
        assert_memory_equal(text.bytes, threads->text[own].bytes, text.used);
        text_close(&text);
    }
}

static struct pool *pool;

static void check_purity(struct rig *rig, const double *values) {
    (void)values;
    struct draws draws = {.rig = rig};
    parallel_for(pool, rig->batch.n, draw_item, &draws);
    compare_draws(&draws, rig);
    for (int i = 0; i < N_MOST; i++)
        text_close(&draws.text[i]);
    for (int i = 0; i < 3; i++)
        arena_close(&draws.arena[i]);
}

static void neither_order_nor_thread_matters(void **state) {
    (void)state;
    struct err err;
    pool = pool_open(3, &err);
    assert_non_null(pool);
    try_everything(check_purity);
    pool_close(pool);
}

/* Another name order of the classes: the same recipes, so the same labels under the new names. */
static void check_renaming(struct rig *rig, const double *values) {
    (void)values;
    static const int renamed[] = {2, 0, 1};
    struct text before = {0}, after = {0};
    rig->pairing = PAIR_ANY;
    for (int own = 0; own < rig->batch.n; own++)
        describe(rig_draw(rig, own, rig->batch.id[own]), &rig->batch, &before);
    for (int i = 0; i < rig->batch.n; i++)
        rig->batch.label[i] = renamed[rig->batch.label[i]];
    batch_group(&rig->batch);
    for (int own = 0; own < rig->batch.n; own++)
        describe(rig_draw(rig, own, rig->batch.id[own]), &rig->batch, &after);
    if (before.used != after.used || memcmp(before.bytes, after.bytes, before.used) != 0)
        fail_msg("%s: other recipes for other names of classes", rig->mixer->name);
    text_close(&before);
    text_close(&after);
}

static void renaming_classes_changes_no_recipe(void **state) {
    (void)state;
    try_everything(check_renaming);
}

/* What one unit of --unit batch draws, as bytes: all but who mixes with whom. */
static void describe_unit(struct rig *rig, int own, struct text *text) {
    struct arena arena = {0};
    struct recipe *recipe = recipe_take(&arena, &rig->batch);
    draw_into(rig, own, rig->batch.id[own], 5, &arena, recipe);
    for (int k = 0; k < recipe->n_terms; k++)
        recipe->term[k].index = 0;
    describe(recipe, &rig->batch, text);
    arena_close(&arena);
}

static void check_unit(struct rig *rig, const double *values) {
    (void)values;
    struct text first = {0};
    rig->pairing = PAIR_ANY;
    describe_unit(rig, 0, &first);
    for (int own = 1; own < rig->batch.n; own++) {
        struct text text = {0};
        describe_unit(rig, own, &text);
        assert_int_equal(text.used, first.used);
        assert_memory_equal(text.bytes, first.bytes, text.used);
        text_close(&text);
    }
    text_close(&first);
}

static void a_unit_shares_lambda_box_and_mask(void **state) {
    (void)state;
    try_everything(check_unit);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recipes_are_sound),
        cmocka_unit_test(neither_order_nor_thread_matters),
        cmocka_unit_test(renaming_classes_changes_no_recipe),
        cmocka_unit_test(a_unit_shares_lambda_box_and_mask),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

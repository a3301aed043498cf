/* Laws of every mixer in the table, with every word of every choice and both ends of every range,
 * on samples of one to four axes, bytes and floats. */
#include "base/parallel.h"
#include "base/text.h"

#include "rig.h"

enum { SETTINGS_MAX = 64, N_MOST = 7 };

struct setting {
    double value[PARAMS_MAX];
};

static double within(const struct param *param, double value) {
    double low = param->above_low ? nextafter(param->low, INFINITY) : param->low;
    return fmin(fmax(value, low), param->high);
}

static int words_in(const char *choices) {
    int words = 1;
    for (; *choices; choices++)
        words += *choices == '|';
    return words;
}

static int add_setting(struct setting *settings, int n, const struct mixer *mixer, int i,
                       double value) {
    for (int k = 0; k < mixer->n_params; k++)
        settings[n].value[k] = mixer->params[k].standard;
    if (mixer->n_params)
        settings[n].value[i] = value;
    return n + 1;
}

/* The standards, then each parameter at values of its own while the others keep theirs. */
static int list_settings(const struct mixer *mixer, struct setting *settings) {
    int n = add_setting(settings, 0, mixer, 0, mixer->n_params ? mixer->params[0].standard : 0);
    for (int i = 0; i < mixer->n_params; i++) {
        const struct param *param = &mixer->params[i];
        int words = param->choices ? words_in(param->choices) : 0;
        for (int word = 0; word < words; word++)
            n = add_setting(settings, n, mixer, i, word);
        if (words)
            continue;
        static const double tried[] = {-INFINITY, 0.25, 1, 2, INFINITY};
        for (int k = 0; k < 5; k++) {
            double value = within(param, tried[k]);
            if (!param->whole || value == rint(value))
                n = add_setting(settings, n, mixer, i, value);
        }
    }
    assert_in_range(n, 1, SETTINGS_MAX);
    return n;
}

static double value_of(const struct rig *rig, const double *values, const char *name) {
    for (int i = 0; i < rig->mixer->n_params; i++)
        if (strcmp(rig->mixer->params[i].name, name) == 0)
            return values[i];
    return 0;
}

/* What cannot be had: a least side without a greatest; official masks off two axes. */
static void check_refusal(const struct rig *rig, const double *values, const struct err *err) {
    bool sides = value_of(rig, values, "min") > value_of(rig, values, "max") ||
                 (value_of(rig, values, "max") > 0 && value_of(rig, values, "correct") == 0);
    bool official = value_of(rig, values, "spectrum") == 1 && rig->batch.shape.rank != 3;
    if (!sides && !official)
        fail_msg("%s refuses: %s", rig->mixer->name, err->text);
    assert_contains(err->text, rig->mixer->name);
}

/* Labels that by request do not say what the pixels hold. */
static bool label_is_real(const struct rig *rig, const double *values) {
    bool drawn = strcmp(rig->mixer->name, "cutmix") == 0 && value_of(rig, values, "correct") == 0;
    return !drawn && value_of(rig, values, "reformulate") == 0;
}

struct law {
    void (*check)(struct rig *rig, const double *values);
    enum dtype dtype;
};

static void try_setting(const struct mixer *mixer, const double *values, const struct law *law,
                        struct rng *rng) {
    for (int rank = 1; rank <= RANK_MAX; rank++)
        for (int i = 0; i < 2; i++) {
            struct rig rig;
            struct err err = {.text = ""};
            struct shape shape = random_shape(rng, rank, rank == 1 ? 40 : 9);
            if (rig_open(&rig, mixer, values, shape, law->dtype, between(rng, 1, N_MOST), &err)) {
                rig.pairing = (enum pairing)between(rng, PAIR_ANY, PAIR_BALANCED);
                law->check(&rig, values);
            } else {
                check_refusal(&rig, values, &err);
            }
            rig_close(&rig);
        }
}

static void try_everything(void (*check)(struct rig *rig, const double *values)) {
    struct rng rng = rng_for(3, 0, 0);
    for (int m = 0; m < N_MIXERS; m++) {
        struct setting settings[SETTINGS_MAX];
        int n = list_settings(MIXERS[m], settings);
        for (int s = 0; s < n; s++)
            for (int dtype = DTYPE_UINT8; dtype <= DTYPE_FLOAT32; dtype++)
                try_setting(MIXERS[m], settings[s].value, &(struct law){check, (enum dtype)dtype},
                            &rng);
    }
}

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

/* --- the sample that comes of it --- */

/* A blended sample of the batch; lies in the arena. */
static const void *blended(struct rig *rig) {
    void *out = arena_take(&rig->arena, batch_stride(&rig->batch));
    blend(&(struct blending){rig->recipe, &rig->batch, out}, 1, &rig->arena);
    return out;
}

static void check_equal_samples(struct rig *rig, const double *values) {
    (void)values;
    size_t stride = batch_stride(&rig->batch);
    for (int i = 1; i < rig->batch.n; i++)
        memcpy(batch_at(&rig->batch, i), rig->batch.data, stride);
    for (int own = 0; own < rig->batch.n; own++) {
        rig_draw(rig, own, rig->batch.id[own]);
        assert_memory_equal(blended(rig), rig->batch.data, stride);
    }
}

static void equal_samples_come_back_unchanged(void **state) {
    (void)state;
    try_everything(check_equal_samples);
}

static void check_value(const struct rig *rig, const void *out, size_t i) {
    const struct recipe *recipe = rig->recipe;
    double least = INFINITY, greatest = -INFINITY, value = value_at(out, rig->batch.dtype, i);
    for (int k = 0; k < recipe->n_terms; k++) {
        const void *source = batch_at(&rig->batch, recipe->term[k].index);
        least = fmin(least, value_at(source, rig->batch.dtype, i));
        greatest = fmax(greatest, value_at(source, rig->batch.dtype, i));
    }
    if (!(value >= least && value <= greatest))
        fail_msg("%s: %.9g is not from %.9g to %.9g", rig->mixer->name, value, least, greatest);
}

static void check_values(struct rig *rig, const double *values) {
    (void)values;
    for (int own = 0; own < rig->batch.n; own++) {
        rig_draw(rig, own, rig->batch.id[own]);
        const void *out = blended(rig);
        for (size_t i = 0; i < shape_values(&rig->batch.shape); i++)
            check_value(rig, out, i);
    }
}

static void values_lie_between_the_sources(void **state) {
    (void)state;
    try_everything(check_values);
}

/* White is one sample, black all others. */
static void whiten(struct batch *batch, int white) {
    size_t values = shape_values(&batch->shape);
    memset(batch->data, 0, (size_t)batch->n * batch_stride(batch));
    for (size_t i = 0; i < values; i++)
        if (batch->dtype == DTYPE_UINT8)
            ((uint8_t *)batch_at(batch, white))[i] = 255;
        else
            ((float *)batch_at(batch, white))[i] = 1;
}

static double mean_light(const void *sample, const struct batch *batch) {
    size_t values = shape_values(&batch->shape);
    double sum = 0;
    for (size_t i = 0; i < values; i++)
        sum += value_at(sample, batch->dtype, i);
    return sum / (double)values / (batch->dtype == DTYPE_UINT8 ? 255 : 1);
}

static double share_of(const struct recipe *recipe, int index) {
    for (int k = 0; k < recipe->n_terms; k++)
        if (recipe->term[k].index == index)
            return recipe->term[k].share;
    return 0;
}

/* Nothing but the rounding to a byte, or of a share to float, may come between. */
static void check_label(struct rig *rig, const double *values) {
    double tolerance = rig->batch.dtype == DTYPE_UINT8 ? 0.5 / 255 + 1e-7 : 6e-8;
    if (!label_is_real(rig, values))
        return;
    for (int white = 0; white < rig->batch.n; white++) {
        whiten(&rig->batch, white);
        for (int own = 0; own < rig->batch.n; own++) {
            rig_draw(rig, own, rig->batch.id[own]);
            assert_near(rig->mixer->name, mean_light(blended(rig), &rig->batch),
                        share_of(rig->recipe, white), tolerance);
        }
    }
}

static void the_label_is_what_the_pixels_hold(void **state) {
    (void)state;
    try_everything(check_label);
}

/* --- mixup and none --- */

static void mixup_follows_its_alpha(void **state) {
    (void)state;
    struct rig rig;
    rig_open_spec(&rig, "mixup:alpha=0.2", picture_shape(2, 2), 5);
    double sum = 0, squares = 0;
    for (int id = 0; id < 100000; id++) {
        double share = rig_draw(&rig, 0, (uint64_t)id)->term[0].share;
        sum += share / 100000;
        squares += share * share / 100000;
    }
    assert_near("mean share", sum, 0.5, 0.005);
    assert_near("variance of shares", squares - sum * sum, 0.178571, 0.002);
    rig_close(&rig);
}

static void none_is_the_identity(void **state) {
    (void)state;
    struct rig rig;
    rig_open_spec(&rig, "none", picture_shape(3, 4), 5);
    for (int own = 0; own < 5; own++) {
        assert_int_equal(rig_draw(&rig, own, 1)->n_terms, 1);
        assert_memory_equal(blended(&rig), batch_at(&rig.batch, own), 36);
    }
    rig_close(&rig);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recipes_are_sound),
        cmocka_unit_test(neither_order_nor_thread_matters),
        cmocka_unit_test(renaming_classes_changes_no_recipe),
        cmocka_unit_test(a_unit_shares_lambda_box_and_mask),
        cmocka_unit_test(equal_samples_come_back_unchanged),
        cmocka_unit_test(values_lie_between_the_sources),
        cmocka_unit_test(the_label_is_what_the_pixels_hold),
        cmocka_unit_test(mixup_follows_its_alpha),
        cmocka_unit_test(none_is_the_identity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

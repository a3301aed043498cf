/* The blend against a plain reference: sums, boxes and masks of every shape, in exact arithmetic
 * with one rounding, whichever way through the code they take. */
#include "base/memory.h"
#include "model/blend.h"

#include "support.h"

enum { N = 130, CLASSES = 2 };

static struct arena arena;

/* A recipe with its own arrays. */
struct drawn {
    struct recipe recipe;
    struct term term[N];
};

static bool in_box(const struct box *box, const struct grid *grid, size_t position) {
    bool inside = true;
    for (int a = AXES_MAX - 1; a >= 0; a--) {
        int at = (int)(position % (size_t)grid->side[a]);
        inside = inside && at >= box->low[a] && at < box->high[a];
        position /= (size_t)grid->side[a];
    }
    return inside;
}

/* Σ share · source of value i, without any rounding: shares are whole multiples of 2^-24. */
static double reference(const struct recipe *recipe, const struct batch *batch, size_t i) {
    struct grid grid = shape_grid(&batch->shape);
    size_t position = i / (size_t)grid.channels;
    double sum = 0, first = 0;
    if (recipe->region == REGION_BOX)
        first = !in_box(&recipe->box, &grid, position);
    if (recipe->region == REGION_MASK)
        first = (double)recipe->mask[position] / PART_ONE;
    for (int k = 0; k < recipe->n_terms; k++) {
        const struct term *term = &recipe->term[k];
        double share = recipe->region == REGION_SUM ? (double)term->share : k ? 1 - first : first;
        sum += share * value_at(batch_at(batch, term->index), batch->dtype, i);
    }
    return sum;
}

static void check_blended(const struct recipe *recipe, const struct batch *batch, const void *out) {
    for (size_t i = 0; i < shape_values(&batch->shape); i++) {
        double exact = reference(recipe, batch, i), value = value_at(out, batch->dtype, i);
        double expected = batch->dtype == DTYPE_UINT8 ? floor(exact + 0.5) : (double)(float)exact;
        if (value != expected)
            fail_msg("value %zu of region %d, %d terms: %.9g is not %.9g, the rounded %.17g", i,
                     (int)recipe->region, recipe->n_terms, value, expected, exact);
    }
}

static void check_blend(const struct recipe *recipe, const struct batch *batch) {
    arena_reset(&arena);
    size_t stride = batch_stride(batch);
    uint8_t *out = must_calloc(stride + 1, 1);
    out[stride] = 0xab;
    blend(&(struct blending){recipe, batch, out}, 1, &arena);
    check_blended(recipe, batch, out);
    assert_int_equal(out[stride], 0xab);
    free(out);
}

/* Random shares in whole steps of 2^-24, some of nothing; or coarse ones, whose sums are often just
 * between two bytes. */
static void draw_sum(struct drawn *drawn, int n_terms, int n, struct rng *rng) {
    uint32_t step = rng_below(rng, 2) ? 1 : SHARE_ONE / 8, left = SHARE_ONE / step;
    int from = between(rng, 0, n - 1);
    drawn->recipe = (struct recipe){.region = REGION_SUM, .n_terms = n_terms, .term = drawn->term};
    for (int k = 0; k < n_terms; k++) {
        uint32_t part = rng_below(rng, 4) ? rng_below(rng, left / 2 + 1) : 0;
        part = k + 1 == n_terms ? left : part;
        left -= part;
        drawn->term[k] = (struct term){(from + k) % n, (float)(part * step) / SHARE_ONE};
    }
}

static void pairs_of_bytes_are_exact(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    struct batch batch;
    struct drawn drawn = {.recipe = {.term = drawn.term}};
    open_random_batch(&batch, (struct shape){1, {777}}, DTYPE_UINT8, 2, CLASSES, &rng);
    for (int q = 0; q <= PART_ONE; q += q == 0 || q > PART_ONE - 20 ? 1 : 13) {
        recipe_pair(&drawn.recipe, 0, 1, (double)q / PART_ONE);
        assert_true(drawn.term[0].share * PART_ONE == q);
        fill_randomly(&batch, &rng);
        check_blend(&drawn.recipe, &batch);
    }
    batch_close(&batch);
}

static void sums_of_many_are_exact(void **state) {
    (void)state;
    static const int lengths[] = {1, 31, 63, 64, 65, 127, 511, 512, 513, 1000, 3072};
    struct rng rng = rng_for(2, 0, 0);
    for (int l = 0; l < 11; l++) {
        struct batch batch;
        open_random_batch(&batch, (struct shape){1, {lengths[l]}}, DTYPE_UINT8, N, CLASSES, &rng);
        for (int n_terms = 1; n_terms <= N; n_terms += 1 + n_terms / 8) {
            struct drawn drawn;
            draw_sum(&drawn, n_terms, N, &rng);
            check_blend(&drawn.recipe, &batch);
        }
        batch_close(&batch);
    }
}

/* All white: the greatest sums that there can be. */
static void the_brightest_sum_stays_white(void **state) {
    (void)state;
    struct rng rng = rng_for(3, 0, 0);
    struct batch batch;
    open_random_batch(&batch, (struct shape){1, {1000}}, DTYPE_UINT8, N, CLASSES, &rng);
    memset(batch.data, 255, N * 1000);
    for (int n_terms = 2; n_terms <= N; n_terms++) {
        struct drawn drawn;
        draw_sum(&drawn, n_terms, N, &rng);
        check_blend(&drawn.recipe, &batch);
    }
    batch_close(&batch);
}

/* A third term of nothing takes a pair through the sums of many. */
static void the_short_way_is_the_long_way(void **state) {
    (void)state;
    struct rng rng = rng_for(4, 0, 0);
    struct batch batch;
    open_random_batch(&batch, (struct shape){1, {500}}, DTYPE_UINT8, 3, CLASSES, &rng);
    for (int round = 0; round < 300; round++) {
        uint8_t brief[500], full[500];
        struct drawn drawn = {.recipe = {.term = drawn.term}};
        recipe_pair(&drawn.recipe, 0, 1, rng_unit(&rng));
        blend(&(struct blending){&drawn.recipe, &batch, brief}, 1, &arena);
        drawn.term[drawn.recipe.n_terms++] = (struct term){2, 0};
        blend(&(struct blending){&drawn.recipe, &batch, full}, 1, &arena);
        assert_memory_equal(brief, full, sizeof full);
        arena_reset(&arena);
    }
    batch_close(&batch);
}

static void sums_of_floats_round_once(void **state) {
    (void)state;
    struct rng rng = rng_for(5, 0, 0);
    struct batch batch;
    open_random_batch(&batch, (struct shape){2, {300, 5}}, DTYPE_FLOAT32, 40, CLASSES, &rng);
    for (int n_terms = 1; n_terms <= 40; n_terms++) {
        struct drawn drawn;
        draw_sum(&drawn, n_terms, 40, &rng);
        check_blend(&drawn.recipe, &batch);
    }
    for (int i = 1; i < 40; i++)
        memcpy(batch_at(&batch, i), batch.data, batch_stride(&batch));
    struct drawn drawn;
    float out[1500];
    draw_sum(&drawn, 40, 40, &rng);
    blend(&(struct blending){&drawn.recipe, &batch, out}, 1, &arena);
    assert_memory_equal(out, batch.data, sizeof out);
    batch_close(&batch);
}

/* --- regions --- */

static void draw_box(struct drawn *drawn, const struct grid *grid, struct rng *rng) {
    recipe_split(&drawn->recipe, REGION_BOX, 0, 1, 1, 2);
    for (int a = 0; a < AXES_MAX; a++) {
        int one = between(rng, 0, grid->side[a]), other = between(rng, 0, grid->side[a]);
        drawn->recipe.box.low[a] = one < other ? one : other;
        drawn->recipe.box.high[a] = one < other ? other : one;
    }
}

static void draw_mask(struct drawn *drawn, size_t positions, struct rng *rng) {
    recipe_split(&drawn->recipe, REGION_MASK, 0, 1, 1, 2);
    for (size_t i = 0; i < positions; i++)
        drawn->recipe.mask[i] = (uint16_t)(rng_below(rng, 2) ? rng_below(rng, PART_ONE + 1)
                                                             : rng_below(rng, 2) * PART_ONE);
}

static void check_regions(enum dtype dtype, int rank, struct rng *rng) {
    struct batch batch;
    struct shape shape = random_shape(rng, rank, 8);
    struct grid grid = shape_grid(&shape);
    size_t positions = grid_positions(&grid);
    struct drawn drawn = {.recipe = {.term = drawn.term}};
    drawn.recipe.mask = must_calloc(positions, sizeof *drawn.recipe.mask);
    open_random_batch(&batch, shape, dtype, 2, CLASSES, rng);
    draw_box(&drawn, &grid, rng);
    check_blend(&drawn.recipe, &batch);
    draw_mask(&drawn, positions, rng);
    check_blend(&drawn.recipe, &batch);
    free(drawn.recipe.mask);
    batch_close(&batch);
}

static void boxes_and_masks_cover_their_positions(void **state) {
    (void)state;
    struct rng rng = rng_for(6, 0, 0);
    for (int round = 0; round < 2000; round++)
        check_regions(round % 2 ? DTYPE_FLOAT32 : DTYPE_UINT8, 1 + round / 2 % RANK_MAX, &rng);
}

/* --- several at once --- */

/* Sums of many, pairs, copies and boxes side by side. */
static void draw_some(struct drawn *drawn, int i, const struct grid *grid, struct rng *rng) {
    drawn->recipe.term = drawn->term;
    if (i % 4 == 0)
        recipe_pair(&drawn->recipe, 0, 1, rng_unit(rng));
    else if (i % 4 == 1)
        draw_box(drawn, grid, rng);
    else
        draw_sum(drawn, i % 4 == 2 ? between(rng, 1, 20) : 20, 20, rng);
}

static void several_at_once_are_one_after_another(void **state) {
    (void)state;
    enum { SEVERAL = 17, LENGTH = 1100 };
    struct rng rng = rng_for(7, 0, 0);
    struct batch batch;
    static struct drawn drawn[SEVERAL];
    static uint8_t out[SEVERAL][LENGTH];
    struct blending blendings[SEVERAL];
    open_random_batch(&batch, (struct shape){1, {LENGTH}}, DTYPE_UINT8, 20, CLASSES, &rng);
    struct grid grid = shape_grid(&batch.shape);
    for (int n = 1; n <= SEVERAL; n++) {
        for (int i = 0; i < n; i++) {
            draw_some(&drawn[i], n + i, &grid, &rng);
            blendings[i] = (struct blending){&drawn[i].recipe, &batch, out[i]};
        }
        arena_reset(&arena);
        blend(blendings, n, &arena);
        for (int i = 0; i < n; i++)
            check_blended(&drawn[i].recipe, &batch, out[i]);
    }
    batch_close(&batch);
}

/* --- bytes and floats --- */

static void rounding_is_to_nearest_and_halves_go_up(void **state) {
    (void)state;
    enum { STEPS = 16, VALUES = 255 * STEPS + 1 };
    float floats[VALUES], wide[256];
    uint8_t bytes[VALUES], all[256], back[256];
    for (int i = 0; i < VALUES; i++)
        floats[i] = (float)i / STEPS;
    blend_round(floats, bytes, VALUES);
    for (int i = 0; i < VALUES; i++)
        assert_int_equal(bytes[i], (i + STEPS / 2) / STEPS);
    for (int i = 0; i < 256; i++)
        all[i] = (uint8_t)i;
    blend_widen(all, wide, 256);
    blend_round(wide, back, 256);
    assert_memory_equal(all, back, 256);
    assert_true(wide[255] == 255);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_of_bytes_are_exact),
        cmocka_unit_test(sums_of_many_are_exact),
        cmocka_unit_test(the_brightest_sum_stays_white),
        cmocka_unit_test(the_short_way_is_the_long_way),
        cmocka_unit_test(sums_of_floats_round_once),
        cmocka_unit_test(boxes_and_masks_cover_their_positions),
        cmocka_unit_test(several_at_once_are_one_after_another),
        cmocka_unit_test(rounding_is_to_nearest_and_halves_go_up),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&arena);
    return failed != 0;
}

/* The numbers of FMix: how many ones, and that its masks are isotropic where the paper's are and
 * striped where the published program's are. */
#include <stdio.h>

#include "rig.h"

/* Boundaries of 4-connected positions on the torus, and components of ones that stop at borders. */
struct look {
    double along_y, along_x; // pairs of neighbours that differ
    double wrap_x;           // of them, those across the border
    double components;
    double most_runs; // of ones in a row of the mask, cyclically
};

static void count_edges(const uint16_t *mask, int h, int w, struct look *look) {
    for (int y = 0; y < h; y++) {
        double runs = 0;
        for (int x = 0; x < w; x++) {
            bool here = mask[y * w + x], right = mask[y * w + (x + 1) % w];
            look->along_y += here != (bool)mask[(y + 1) % h * w + x];
            look->along_x += here != right;
            look->wrap_x += here != right && x == w - 1;
            runs += !here && right;
        }
        look->most_runs = fmax(look->most_runs, runs);
    }
}

/* Clears the component of ones that holds (y, x). */
static void flood(uint16_t *mask, int h, int w, int y, int x) {
    if (y < 0 || x < 0 || y >= h || x >= w || !mask[y * w + x])
        return;
    mask[y * w + x] = 0;
    flood(mask, h, w, y - 1, x);
    flood(mask, h, w, y + 1, x);
    flood(mask, h, w, y, x - 1);
    flood(mask, h, w, y, x + 1);
}

/* Averages over `draws` masks. alpha = 1000000 pins λ to 1/2. */
static struct look look_at(const char *options, int h, int w, int draws) {
    char spec[64];
    struct rig rig;
    struct look look = {0};
    snprintf(spec, sizeof spec, "fmix:alpha=1000000,%s", options);
    rig_open_spec(&rig, spec, picture_shape(h, w), 2);
    for (int id = 0; id < draws; id++) {
        uint16_t *mask = rig_draw(&rig, 0, (uint64_t)id)->mask;
        count_edges(mask, h, w, &look);
        for (int i = 0; i < h * w; i++) {
            look.components += mask[i] != 0;
            flood(mask, h, w, i / w, i % w);
        }
    }
    look.components /= draws;
    rig_close(&rig);
    return look;
}

static void check_isotropy(const char *options, int h, int w, double ratio, double tolerance) {
    struct look look = look_at(options, h, w, 2000);
    assert_near(options, look.along_y / look.along_x, ratio, tolerance);
}

static void masks_of_the_paper_are_isotropic(void **state) {
    (void)state;
    check_isotropy("spectrum=paper", 32, 32, 1.00, 0.05);
    check_isotropy("spectrum=paper", 64, 32, 2.41, 0.12);
    check_isotropy("spectrum=paper", 32, 64, 0.41, 0.02);
    check_isotropy("spectrum=paper", 31, 31, 1.00, 0.05);
    check_isotropy("periodic=0", 32, 32, 1.00, 0.05);
}

static void official_masks_are_striped(void **state) {
    (void)state;
    check_isotropy("spectrum=official", 32, 32, 0.68, 0.05);
    check_isotropy("spectrum=official", 64, 32, 0.065, 0.02);
    struct look look = look_at("spectrum=official,decay=1", 32, 32, 500);
    assert_near("most runs of ones in a row", look.most_runs, 1, 0);
}

/* A rough spectrum tells the two apart best. */
static void components_are_those_measured(void **state) {
    (void)state;
    assert_near("paper", look_at("decay=3", 32, 32, 2000).components, 2.09, 0.1);
    assert_near("paper, decay 2", look_at("decay=2", 32, 32, 1000).components, 4.10, 0.2);
    assert_near("paper, decay 1", look_at("decay=1", 32, 32, 500).components, 28.6, 1);
    assert_near("official", look_at("spectrum=official", 32, 32, 2000).components, 2.08, 0.1);
    assert_near("official, decay 1", look_at("spectrum=official,decay=1", 32, 32, 1000).components,
                3.9, 0.2);
}

/* Across the border neighbours differ as seldom as elsewhere, or far more often. */
static void masks_wrap_round_unless_told_otherwise(void **state) {
    (void)state;
    struct look wrapped = look_at("periodic=1", 32, 32, 1000);
    struct look cropped = look_at("periodic=0", 32, 32, 1000);
    assert_near("border", wrapped.wrap_x / wrapped.along_x, 1.0 / 32, 0.01);
    assert_true(cropped.wrap_x / cropped.along_x > 0.15);
}

static double ones_of(const struct recipe *recipe, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += recipe->mask[i];
    return sum / PART_ONE;
}

/* floor(λN) or ceil(λN) with even odds; a soft edge keeps the sum. */
static void check_counts(const char *spec, struct shape shape) {
    struct rig rig;
    struct grid grid = shape_grid(&shape);
    size_t n = grid_positions(&grid);
    double up = 0;
    rig_open_spec(&rig, spec, shape, 2);
    for (int id = 0; id < 600; id++) {
        const struct recipe *recipe = rig_draw(&rig, 0, (uint64_t)id);
        double ones = ones_of(recipe, n), wanted = (double)recipe->fact[0].number[0] * (double)n;
        if (ones != floor(wanted) && ones != ceil(wanted))
            fail_msg("%s: %.9g ones for %.9g", spec, ones, wanted);
        assert_true(recipe->term[0].share == (float)(ones / (double)n));
        up += ones > wanted;
    }
    assert_near("part rounded up", up / 600, 0.5, 0.08);
    rig_close(&rig);
}

static void as_many_ones_as_lambda_says(void **state) {
    (void)state;
    check_counts("fmix", picture_shape(32, 32));
    check_counts("fmix:soft=0.1", picture_shape(32, 32));
    check_counts("fmix:soft=0.5", picture_shape(9, 11));
    check_counts("fmix:periodic=0,soft=0.02", picture_shape(15, 8));
    check_counts("fmix:spectrum=official", picture_shape(16, 24));
    check_counts("fmix", (struct shape){1, {101}});
    check_counts("fmix:soft=0.2", (struct shape){4, {7, 8, 9, 2}});
}

/* λ = 1/2, soft = 1/8: of 1024 ranks, 256 fade in even steps from all to nothing. */
static void soft_edges_are_linear(void **state) {
    (void)state;
    enum { N = 1024, FADING = 256 };
    uint32_t count[PART_ONE + 1] = {0};
    struct rig rig;
    rig_open_spec(&rig, "fmix:alpha=1000000,soft=0.125", picture_shape(32, 32), 2);
    const struct recipe *recipe = rig_draw(&rig, 0, 1);
    for (int i = 0; i < N; i++)
        count[recipe->mask[i]]++;
    assert_near("whole ones", count[PART_ONE], (N - FADING) / 2 + 1, 2);
    assert_near("zeros", count[0], (N - FADING) / 2 + 1, 2);
    for (int i = 1; i + 1 < FADING; i++) {
        int part = (int)rint((double)i / (FADING - 1) * PART_ONE);
        assert_int_equal(count[part], 1);
    }
    rig_close(&rig);
}

/* Runs of ones of a long word: few where the spectrum falls, half the positions where it is flat.
 */
static void masks_of_one_axis_are_runs(void **state) {
    (void)state;
    double edges[2] = {0};
    for (int flat = 0; flat < 2; flat++) {
        struct rig rig;
        rig_open_spec(&rig, flat ? "fmix:alpha=1000000,decay=0" : "fmix:alpha=1000000",
                      (struct shape){2, {256, 1}}, 2);
        for (int id = 0; id < 200; id++) {
            const uint16_t *mask = rig_draw(&rig, 0, (uint64_t)id)->mask;
            for (int i = 0; i < 256; i++)
                edges[flat] += (mask[i] != mask[(i + 1) % 256]) / 200.0;
        }
        rig_close(&rig);
    }
    assert_near("edges of a smooth mask", edges[0], 2.5, 0.5);
    assert_near("edges of noise", edges[1], 128, 3);
}

/* Neighbours along each of three axes differ equally often. */
static void masks_of_three_axes_are_isotropic(void **state) {
    (void)state;
    enum { SIDE = 12, N = SIDE * SIDE * SIDE };
    double edges[3] = {0};
    struct rig rig;
    rig_open_spec(&rig, "fmix:alpha=1000000", (struct shape){4, {SIDE, SIDE, SIDE, 1}}, 2);
    for (int id = 0; id < 1000; id++) {
        const uint16_t *mask = rig_draw(&rig, 0, (uint64_t)id)->mask;
        for (int axis = 0, step = 1; axis < 3; axis++, step *= SIDE)
            for (int i = 0; i < N; i++) {
                int at = i / step % SIDE, next = at + 1 < SIDE ? i + step : i - at * step;
                edges[axis] += mask[i] != mask[next];
            }
    }
    assert_near("y to x", edges[1] / edges[0], 1, 0.05);
    assert_near("z to x", edges[2] / edges[0], 1, 0.05);
    rig_close(&rig);
}

/* λ ~ Beta(2, 1) and the whole label for the sample. */
static void reformulated_labels_are_the_samples_own(void **state) {
    (void)state;
    struct rig rig;
    double lambda = 0;
    rig_open_spec(&rig, "fmix:reformulate=1", picture_shape(8, 8), 2);
    for (int id = 0; id < 10000; id++) {
        const struct recipe *recipe = rig_draw(&rig, 0, (uint64_t)id);
        assert_true(recipe->term[0].share == 1);
        lambda += recipe->fact[0].number[0] / 10000;
    }
    assert_near("mean λ", lambda, 2.0 / 3, 0.01);
    rig_close(&rig);
}

/* The steepest spectrum on the longest side still is one of finite numbers: runs, not noise. */
static void steep_spectra_stay_finite(void **state) {
    (void)state;
    enum { LONG = 16384 };
    struct rig rig;
    rig_open_spec(&rig, "fmix:alpha=1000000,decay=10", (struct shape){2, {LONG, 1}}, 2);
    for (int id = 0; id < 3; id++) {
        const uint16_t *mask = rig_draw(&rig, 0, (uint64_t)id)->mask;
        int edges = 0;
        for (int i = 0; i < LONG; i++)
            edges += mask[i] != mask[(i + 1) % LONG];
        assert_int_equal(edges, 2);
    }
    rig_close(&rig);
}

static void official_masks_need_two_axes(void **state) {
    (void)state;
    struct err err;
    struct chain chain;
    struct rig rig;
    assert_int_equal(spec_parse("fmix:spectrum=official", &chain, &err), 0);
    assert_false(rig_open(&rig, chain.stage[0].mixer, chain.stage[0].value,
                          (struct shape){2, {50, 1}}, DTYPE_UINT8, 2, &err));
    assert_contains(err.text, "two axes, not 1");
    rig_close(&rig);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masks_of_the_paper_are_isotropic),
        cmocka_unit_test(official_masks_are_striped),
        cmocka_unit_test(components_are_those_measured),
        cmocka_unit_test(masks_wrap_round_unless_told_otherwise),
        cmocka_unit_test(as_many_ones_as_lambda_says),
        cmocka_unit_test(soft_edges_are_linear),
        cmocka_unit_test(masks_of_one_axis_are_runs),
        cmocka_unit_test(masks_of_three_axes_are_isotropic),
        cmocka_unit_test(reformulated_labels_are_the_samples_own),
        cmocka_unit_test(steep_spectra_stay_finite),
        cmocka_unit_test(official_masks_need_two_axes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

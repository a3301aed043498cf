/* The numbers of CutMix: realised areas as the authors' program has them, and each variant. */
#include "rig.h"

static void check_mean_share(const char *spec, struct shape shape, double mean, double tolerance) {
    struct rig rig;
    rig_open_spec(&rig, spec, shape, 2);
    assert_near(spec, mean_share(&rig, 100000), mean, tolerance);
    rig_close(&rig);
}

/* Clipping at the border moves the mean from the 1/2 that is drawn. */
static void areas_are_those_of_the_authors(void **state) {
    (void)state;
    check_mean_share("cutmix", picture_shape(32, 32), 0.700, 0.003);
    check_mean_share("cutmix", picture_shape(224, 224), 0.68, 0.005);
    check_mean_share("cutmix:box=inside", picture_shape(32, 32), 0.499, 0.005);
}

static double side(const struct box *box, int axis) {
    return box->high[axis] - box->low[axis];
}

/* λ is 1/2 within 5 % here: on one axis the length is 1 − λ, on two its root, on three the third
 * root of the sample's. */
static void sides_take_the_root_of_the_axes(void **state) {
    (void)state;
    static const int longest[] = {4000, 400, 60};
    for (int axes = 1; axes <= 3; axes++) {
        int length = longest[axes - 1];
        struct shape shape = {axes + 1, {length, length, length}};
        shape.dim[axes] = 1;
        struct rig rig;
        rig_open_spec(&rig, "cutmix:box=inside,alpha=1000", shape, 2);
        for (int id = 0; id < 100; id++) {
            const struct recipe *recipe = rig_draw(&rig, 0, (uint64_t)id);
            double part = pow(1 - (double)recipe->fact[0].number[0], 1.0 / axes);
            assert_near("λ", recipe->fact[0].number[0], 0.5, 0.05);
            for (int a = AXES_MAX - axes; a < AXES_MAX; a++)
                assert_near("side", side(&recipe->box, a), length * part, 0.5001);
        }
        rig_close(&rig);
    }
}

/* Truncated, halved by integer division: away from the border a side is even and never longer than
 * λ says. */
static void clipped_sides_are_truncated_and_even(void **state) {
    (void)state;
    struct rig rig;
    rig_open_spec(&rig, "cutmix", picture_shape(33, 47), 2);
    int whole = 0;
    for (int id = 0; id < 5000; id++) {
        const struct recipe *recipe = rig_draw(&rig, 0, (uint64_t)id);
        double part = sqrt(1 - (double)recipe->fact[0].number[0]);
        for (int a = 1; a < AXES_MAX; a++) {
            int length = a == 1 ? 33 : 47, full = (int)(length * part) / 2 * 2;
            if (recipe->box.low[a] > 0 && recipe->box.high[a] < length) {
                assert_int_equal(side(&recipe->box, a), full);
                whole++;
            }
            assert_true(side(&recipe->box, a) <= full);
        }
    }
    assert_in_range(whole, 1000, 10000);
    rig_close(&rig);
}

/* Centres are uniform: the middle is replaced in 46 % of the samples, a corner in 14 %. */
static void the_middle_is_replaced_more_often(void **state) {
    (void)state;
    enum { DRAWS = 40000 };
    struct rig rig;
    double middle = 0, corner = 0;
    rig_open_spec(&rig, "cutmix", picture_shape(32, 32), 2);
    for (int id = 0; id < DRAWS; id++) {
        const struct box *box = &rig_draw(&rig, 0, (uint64_t)id)->box;
        middle += box->low[1] <= 16 && box->high[1] > 16 && box->low[2] <= 16 && box->high[2] > 16;
        corner += box->low[1] == 0 && box->high[1] > 0 && box->low[2] == 0 && box->high[2] > 0;
    }
    assert_near("middle", middle / DRAWS, 0.46, 0.01);
    assert_near("corner", corner / DRAWS, 0.14, 0.01);
    rig_close(&rig);
}

/* Inside, every place that the box fits into is equally likely. */
static void places_inside_are_uniform(void **state) {
    (void)state;
    struct rig rig;
    uint32_t count[6] = {0};
    rig_open_spec(&rig, "cutmix:min=0.5,max=0.5", (struct shape){2, {10, 1}}, 2);
    for (int id = 0; id < 30000; id++) {
        const struct box *box = &rig_draw(&rig, 0, (uint64_t)id)->box;
        assert_int_equal(side(box, 2), 5);
        count[box->low[2]]++;
    }
    assert_uniform("places", count, 6);
    rig_close(&rig);
}

static void sides_keep_to_min_and_max(void **state) {
    (void)state;
    struct rig rig;
    double shortest = 100, longest = 0;
    rig_open_spec(&rig, "cutmix:min=0.2,max=0.6", picture_shape(100, 100), 2);
    for (int id = 0; id < 5000; id++) {
        const struct recipe *recipe = rig_draw(&rig, 0, (uint64_t)id);
        shortest = fmin(shortest, side(&recipe->box, 1));
        longest = fmax(longest, side(&recipe->box, 2));
        assert_in_range(side(&recipe->box, 1), 20, 60);
        assert_in_range(side(&recipe->box, 2), 20, 60);
    }
    assert_near("shortest side", shortest, 20, 1);
    assert_near("longest side", longest, 60, 1);
    rig_close(&rig);
}

/* The share is the λ that was drawn, whatever the border took off. */
static void without_correction_the_label_is_lambda(void **state) {
    (void)state;
    struct rig rig;
    rig_open_spec(&rig, "cutmix:correct=0", picture_shape(32, 32), 2);
    double sum = 0;
    for (int id = 0; id < 20000; id++) {
        const struct recipe *recipe = rig_draw(&rig, 0, (uint64_t)id);
        assert_near("share", recipe->term[0].share, recipe->fact[0].number[0], 1e-7);
        sum += recipe->term[0].share;
    }
    assert_near("mean share", sum / 20000, 0.5, 0.01);
    rig_close(&rig);
}

/* Stretched by 1.9 at most, both ways alike, the area kept. */
static void aspect_stretches_both_ways(void **state) {
    (void)state;
    struct rig rig;
    double wide = 0, area = 0, most = 0;
    rig_open_spec(&rig, "cutmix:box=inside,aspect=1.9,alpha=1000", picture_shape(400, 400), 2);
    for (int id = 0; id < 5000; id++) {
        const struct recipe *recipe = rig_draw(&rig, 0, (uint64_t)id);
        double h = side(&recipe->box, 1), w = side(&recipe->box, 2);
        wide += w > h;
        most = fmax(most, fmax(w / h, h / w));
        area += fabs(1 - w * h / 160000 - recipe->fact[0].number[0]);
    }
    assert_near("part of wide boxes", wide / 5000, 0.5, 0.05);
    assert_near("greatest aspect", most, 1.9, 0.02);
    assert_near("mean error of the area", area / 5000, 0, 0.002);
    rig_close(&rig);
}

static void sides_that_cannot_be_are_refused(void **state) {
    (void)state;
    static const char *const specs[][2] = {
        {"cutmix:min=0.6,max=0.5", "min 0.6 is greater than max 0.5"},
        {"cutmix:min=0.6", "min=0.6 needs a max, as in min=0.6,max=1"},
        {"cutmix:max=0.5,correct=0", "correct=0 needs"},
    };
    for (int i = 0; i < 3; i++) {
        struct err err;
        struct chain chain;
        assert_int_equal(spec_parse(specs[i][0], &chain, &err), -1);
        assert_contains(err.text, specs[i][1]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_are_those_of_the_authors),
        cmocka_unit_test(sides_take_the_root_of_the_axes),
        cmocka_unit_test(clipped_sides_are_truncated_and_even),
        cmocka_unit_test(the_middle_is_replaced_more_often),
        cmocka_unit_test(places_inside_are_uniform),
        cmocka_unit_test(sides_keep_to_min_and_max),
        cmocka_unit_test(without_correction_the_label_is_lambda),
        cmocka_unit_test(aspect_stretches_both_ways),
        cmocka_unit_test(sides_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

/* Random fields: the exact values against the definition in long double, and the fast ones against
 * those, for sides that FFTW likes and for such that it does not. */
#include "mixers/field.h"

#include "rig.h"

static const long double TURN = 6.283185307179586476925286766559L;

/* With a flat spectrum, whose transform has the largest errors. */
static void open_field(struct field *field, struct shape shape, bool wraps) {
    struct err err;
    struct grid grid = shape_grid(&shape);
    assert_int_equal(field_open(field, &grid, wraps, &err), 0);
    for (size_t i = 0; i < field->n_spectrum; i++)
        field->amplitude[i] = 1;
}

/* Term by term: coefficient · e^(2πi (kz z/d + ky y/h + kx x/w)) and, but for the columns that are
 * their own mirror images, the same once more. */
static long double value_by_definition(const struct drawn_field *drawn, const int at[AXES_MAX]) {
    const int *side = drawn->field->grid.side;
    const float *coefficient = drawn->spectrum;
    long double sum = 0;
    for (int kz = 0; kz < side[0]; kz++)
        for (int ky = 0; ky < side[1]; ky++)
            for (int kx = 0; kx <= side[2] / 2; kx++, coefficient += 2) {
                long double angle =
                    TURN * ((long double)kz * at[0] / side[0] + (long double)ky * at[1] / side[1] +
                            (long double)kx * at[2] / side[2]);
                int times = kx == 0 || 2 * kx == side[2] ? 1 : 2;
                sum += times * (coefficient[0] * cosl(angle) - coefficient[1] * sinl(angle));
            }
    return sum;
}

static void check_definition(struct shape shape, bool wraps) {
    struct field field;
    struct arena arena = {0};
    struct rng rng = rng_for(1, (uint64_t)shape.dim[0], 0);
    open_field(&field, shape, wraps);
    struct drawn_field *drawn = field_draw(&field, &rng, &arena);
    const float *value = field_values(drawn, &arena);
    const double *exact = field_exact_values(drawn, &arena);
    const int *side = field.shown.side;
    for (int z = 0, i = 0; z < side[0]; z++)
        for (int y = 0; y < side[1]; y++)
            for (int x = 0; x < side[2]; x++, i++) {
                double wanted = (double)value_by_definition(drawn, (int[AXES_MAX]){z, y, x});
                assert_near("exact", field_exact(drawn, (size_t)i), wanted, 1e-12);
                assert_near("exact, of all", exact[i], wanted, 1e-12);
                assert_near("fast", value[i], wanted, drawn->doubt);
            }
    arena_close(&arena);
    field_close(&field);
}

static void exact_values_are_sums_of_the_spectrum(void **state) {
    (void)state;
    for (int wraps = 0; wraps < 2; wraps++) {
        check_definition(picture_shape(1, 1), wraps);
        check_definition(picture_shape(2, 1), wraps);
        check_definition(picture_shape(1, 2), wraps);
        check_definition(picture_shape(3, 8), wraps);
        check_definition(picture_shape(6, 5), wraps);
        check_definition(picture_shape(17, 19), wraps);
        check_definition((struct shape){2, {9, 2}}, wraps);
        check_definition((struct shape){2, {10, 1}}, wraps);
        check_definition((struct shape){4, {3, 4, 5, 1}}, wraps);
        check_definition((struct shape){4, {2, 3, 6, 2}}, wraps);
        check_definition((struct shape){4, {17, 4, 5, 1}}, wraps);
    }
}

/* The greatest error of a few fields, in doubts. */
static double greatest_error(struct shape shape, int fields) {
    struct field field;
    struct arena arena = {0};
    double worst = 0;
    open_field(&field, shape, true);
    for (int id = 0; id < fields; id++) {
        struct rng rng = rng_for(3, (uint64_t)id, 0);
        struct drawn_field *drawn = field_draw(&field, &rng, &arena);
        const float *value = field_values(drawn, &arena);
        const double *exact = field_exact_values(drawn, &arena);
        for (size_t i = 0; i < grid_positions(&field.shown); i++)
            worst = fmax(worst, fabs(value[i] - exact[i]) / drawn->doubt);
        arena_reset(&arena);
    }
    arena_close(&arena);
    field_close(&field);
    return worst;
}

static void check_doubt(struct shape shape, int fields, double error) {
    assert_near("greatest error", greatest_error(shape, fields), error, error / 2);
}

/* With room to spare: errors are sums of many small ones, so that twice the greatest of these does
 * not occur. Nor are doubts much larger than need be. */
static void fast_values_are_within_half_a_doubt(void **state) {
    (void)state;
    check_doubt(picture_shape(32, 32), 50, 0.15);
    check_doubt(picture_shape(224, 224), 20, 0.25);
    check_doubt((struct shape){2, {16384, 1}}, 20, 0.25);
    check_doubt((struct shape){4, {12, 13, 16, 1}}, 10, 0.16);
    check_doubt(picture_shape(167, 331), 5, 0.2);
    check_doubt(picture_shape(1021, 1021), 1, 0.3);
    check_doubt((struct shape){2, {16381, 1}}, 20, 0.22);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_values_are_sums_of_the_spectrum),
        cmocka_unit_test(fast_values_are_within_half_a_doubt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

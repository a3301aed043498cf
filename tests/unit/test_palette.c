/* Palette: classes are told apart, also by eyes without red or green cones, and on white. */
#include "drawing/palette.h"

#include "support.h"

struct lab {
    double l, a, b;
};

static double linear(int byte) {
    double coded = byte / 255.0;
    return coded <= 0.04045 ? coded / 12.92 : pow((coded + 0.055) / 1.055, 2.4);
}

/* OKLab (Ottosson, 2020). */
static struct lab lab_of(const double *rgb) {
    double l = cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
    double m = cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
    double s = cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
    return (struct lab){0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

/* What is seen, and without red or green cones (Machado, Oliveira and Fernandes, 2009). */
static const double EYES[3][9] = {
    {1, 0, 0, 0, 1, 0, 0, 0, 1},
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
};

static struct lab seen(struct colour colour, const double *eye) {
    double rgb[] = {linear(colour.r), linear(colour.g), linear(colour.b)}, out[3];
    for (int i = 0; i < 3; i++) {
        double sum = eye[3 * i] * rgb[0] + eye[3 * i + 1] * rgb[1] + eye[3 * i + 2] * rgb[2];
        out[i] = fmin(fmax(sum, 0), 1);
    }
    return lab_of(out);
}

static double distance(struct colour x, struct colour y, const double *eye) {
    struct lab p = seen(x, eye), q = seen(y, eye);
    return sqrt((p.l - q.l) * (p.l - q.l) + (p.a - q.a) * (p.a - q.a) + (p.b - q.b) * (p.b - q.b));
}

static void check_apart(int i, int j, int n, const double *eye, double least) {
    double apart = distance(palette_ink(i, n).colour, palette_ink(j, n).colour, eye);
    if (apart < least)
        fail_msg("colours %d and %d of %d are %.3f apart, wanted %.3f", i, j, n, apart, least);
}

static void chosen_colours_differ_for_any_eyes(void **state) {
    (void)state;
    for (int i = 0; i < PALETTE_CHOSEN; i++)
        for (int j = 0; j < i; j++) {
            check_apart(i, j, PALETTE_CHOSEN, EYES[0], 0.14);
            check_apart(i, j, PALETTE_CHOSEN, EYES[1], 0.07);
            check_apart(i, j, PALETTE_CHOSEN, EYES[2], 0.07);
        }
}

static void generated_neighbours_differ(void **state) {
    (void)state;
    for (int k = 0; k < 1000; k++)
        for (int ahead = 1; ahead <= 2; ahead++)
            check_apart(k, k + ahead, 5000, EYES[0], 0.1);
}

static void all_stand_out_from_white(void **state) {
    (void)state;
    struct colour white = {255, 255, 255};
    for (int k = 0; k < 1000; k++) {
        struct colour colour = palette_ink(k, k < PALETTE_CHOSEN ? PALETTE_CHOSEN : 5000).colour;
        assert_true(distance(colour, white, EYES[0]) > 0.15);
    }
}

/* A class keeps its colour when others join it, up to the chosen ones. */
static void chosen_colours_are_fixed(void **state) {
    (void)state;
    for (int n = 2; n <= PALETTE_CHOSEN; n++)
        for (int k = 0; k < n; k++) {
            struct ink ink = palette_ink(k, n), same = palette_ink(k, PALETTE_CHOSEN);
            assert_memory_equal(&ink, &same, sizeof ink);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chosen_colours_differ_for_any_eyes),
        cmocka_unit_test(generated_neighbours_differ),
        cmocka_unit_test(all_stand_out_from_white),
        cmocka_unit_test(chosen_colours_are_fixed),
    };
    return cmocka_run_group_tests_name("palette", tests, NULL, NULL);
}

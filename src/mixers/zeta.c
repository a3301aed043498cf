/* ζ-mixup: T samples in a random order s, weights s^-γ / Σ j^-γ. Rank 1 is the sample itself, so a
 * pass expands each sample once; the other ranks are a uniform random order of the others. With a
 * tail, the lightest ranks are left out and the weights of the rest are scaled up to 1.
 * Abhishek, Brown, Hamarneh, J. Big Data 11:43, 2024, arXiv 2204.03323, section 3. */
#include "base/exact_math.h"
#include "base/memory.h"
#include "mixers/mixer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { GAMMA, T, TAIL, N_PARAMS };

static const double WHITE = 255; // grey levels

/* The root of ζ(γ) = 2: from here up one sample outweighs all others together, for every T. */
static const double GAMMA_MIN = 1.72865;

static const struct param PARAMS[N_PARAMS] = {
    [GAMMA] = {"gamma",
               "weights fall as rank^-gamma; below 1.72865 no sample need outweigh the rest",
               .standard = 2.8, .low = 0, .high = 1000},
    [T] = {"t", "samples that take part in each", .standard = 0, .low = 1, .high = 1 << 20,
           .whole = true, .unset = "batch"},
    [TAIL] = {"tail", "grey levels of 255 that the lightest may weigh together and be left out for",
              .standard = 0, .low = 0, .high = 255},
};

struct zeta {
    int t;             // most samples in a mix
    double *power_sum; // (t) 1 + 2^-γ + … + (k + 1)^-γ
    int *kept;         // (t) of a series of k + 1: how many are not left out, ≥ 1
};

/* The least that hold all but the tail. Longer series keep no fewer. */
static void count_kept(struct zeta *zeta, double tail) {
    int kept = 1;
    for (int k = 0; k < zeta->t; k++) {
        while (zeta->power_sum[kept - 1] < zeta->power_sum[k] * (1 - tail / WHITE))
            kept++;
        zeta->kept[k] = kept;
    }
}

static int open_zeta(void *state, const double *values, const struct shape *shape, int batch,
                     struct err *err) {
    (void)shape, (void)err;
    struct zeta *zeta = state;
    zeta->t = values[T] == 0 || values[T] > batch ? batch : (int)values[T];
    zeta->power_sum = must_calloc((size_t)zeta->t, sizeof *zeta->power_sum);
    double sum = 0;
    for (int k = 0; k < zeta->t; k++)
        zeta->power_sum[k] = sum += exact_pow(k + 1, -values[GAMMA]);
    zeta->kept = must_calloc((size_t)zeta->t, sizeof *zeta->kept);
    count_kept(zeta, values[TAIL]);
    return 0;
}

/* Weights become whole multiples of 1 / SHARE_ONE by rounding their running sums, so that they add
 * up to 1 and no error gathers. */
static void add_terms(const struct zeta *zeta, int kept, const int *order, struct recipe *recipe) {
    double scale = SHARE_ONE / zeta->power_sum[kept - 1];
    recipe->term[0].share = (float)rint(zeta->power_sum[0] * scale) / SHARE_ONE;
    for (int k = 1; k < kept; k++) {
        double share = rint(zeta->power_sum[k] * scale) - rint(zeta->power_sum[k - 1] * scale);
        if (share > 0)
            recipe->term[recipe->n_terms++] = (struct term){order[k - 1], (float)share / SHARE_ONE};
    }
}

static void draw_zeta(const void *state, struct draw *draw, struct recipe *recipe) {
    const struct zeta *zeta = state;
    int t = 1 + partners_count(draw->batch, draw->own, draw->pairing);
    t = t < zeta->t ? t : zeta->t;
    int kept = zeta->kept[t - 1];
    int *order = arena_take(draw->arena, (size_t)kept * sizeof *order);
    partners_draw(draw->batch, draw->own, draw->pairing, kept - 1, draw->rng, draw->arena, order);
    recipe_copy(recipe, draw->own);
    add_terms(zeta, kept, order, recipe);
    recipe_fact_whole(recipe, "t", 1, &t);
}

static int most_terms_of_zeta(const void *state) {
    const struct zeta *zeta = state;
    return zeta->kept[zeta->t - 1];
}

static void close_zeta(void *state) {
    struct zeta *zeta = state;
    free(zeta->power_sum);
    free(zeta->kept);
}

static bool warn_zeta(const double *values, char *text, size_t size) {
    if (values[GAMMA] >= GAMMA_MIN)
        return false;
    snprintf(text, size,
             "zeta: gamma %g is below %g, the root of zeta(gamma) = 2: in large batches no sample "
             "outweighs all others together",
             values[GAMMA], GAMMA_MIN);
    return true;
}

const struct mixer mixer_zeta = {
    .name = "zeta",
    .help = "a whole batch, weighted by the terms of the zeta series",
    .paper = "Abhishek et al. 2024, arXiv 2204.03323",
    .params = PARAMS,
    .n_params = N_PARAMS,
    .state_size = sizeof(struct zeta),
    .open = open_zeta,
    .draw = draw_zeta,
    .most_terms = most_terms_of_zeta,
    .close = close_zeta,
    .warn = warn_zeta,
};

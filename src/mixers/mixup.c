/* mixup: x = λ x_i + (1 − λ) x_j, λ ~ Beta(α, α).
 * Zhang, Cissé, Dauphin, Lopez-Paz, ICLR 2018, arXiv 1710.09412, section 2. */
#include "base/distributions.h"
#include "mixers/mixer.h"

enum { ALPHA, N_PARAMS };

static const struct param PARAMS[N_PARAMS] = {
    [ALPHA] = {"alpha", "λ ~ Beta(alpha, alpha); towards 0 one of the two stays as it is",
               .standard = 1, .low = 0, .high = 1e6, .above_low = true},
};

struct mixup {
    double alpha;
};

static int open_mixup(void *state, const double *values, const struct shape *shape, int batch,
                      struct err *err) {
    (void)shape, (void)batch, (void)err;
    ((struct mixup *)state)->alpha = values[ALPHA];
    return 0;
}

static void draw_mixup(const void *state, struct draw *draw, struct recipe *recipe) {
    const struct mixup *mixup = state;
    double lambda = draw_beta(draw->unit_rng, mixup->alpha, mixup->alpha);
    int other = partner_draw(draw->batch, draw->own, draw->pairing, draw->rng, draw->arena);
    recipe_pair(recipe, draw->own, other, lambda);
    recipe_fact(recipe, "lambda", recipe->term[0].share);
}

const struct mixer mixer_mixup = {
    .name = "mixup",
    .help = "the weighted sum of two samples",
    .paper = "Zhang et al. 2018, arXiv 1710.09412",
    .params = PARAMS,
    .n_params = N_PARAMS,
    .state_size = sizeof(struct mixup),
    .open = open_mixup,
    .draw = draw_mixup,
};

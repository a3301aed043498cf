#include "base/distributions.h"

#include "base/exact_math.h"

#include <math.h>

/* Marsaglia and Bray, SIAM Review 6, 1964: the polar method; one normal number a call. */
static double draw_normal(struct rng *rng) {
    for (;;) {
        double u = 2 * rng_unit(rng) - 1, v = 2 * rng_unit(rng) - 1;
        double s = u * u + v * v;
        if (s > 0 && s < 1)
            return u * sqrt(-2 * exact_log(s) / s);
    }
}

/* Logarithm of a Gamma(shape) draw, shape ≥ 1: Marsaglia and Tsang, ACM TOMS 26, 2000. */
static double draw_log_gamma_from_1(struct rng *rng, double shape) {
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = draw_normal(rng), t = 1 + c * x, v = t * t * t;
        if (t <= 0)
            continue;
        double log_v = exact_log(v);
        if (exact_log(rng_unit(rng)) < 0.5 * x * x + d - d * v + d * log_v)
            return exact_log(d) + log_v;
    }
}

/* Shapes below this one give draws that nothing tells apart; the quotient stays finite. */
static const double LEAST_SHAPE = 1e-300;

/* Below 1: Gamma(a) = Gamma(a + 1) U^(1/a). */
static double draw_log_gamma(struct rng *rng, double shape) {
    if (shape >= 1)
        return draw_log_gamma_from_1(rng, shape);
    double above = draw_log_gamma_from_1(rng, shape + 1);
    return above + exact_log(rng_unit(rng)) / fmax(shape, LEAST_SHAPE);
}

double draw_beta(struct rng *rng, double a, double b) {
    if (a == 1 && b == 1)
        return rng_unit(rng);
    double log_x = draw_log_gamma(rng, a), log_y = draw_log_gamma(rng, b);
    double difference = log_y - log_x;
    return difference > 700 ? 0 : 1 / (1 + exact_exp(difference));
}

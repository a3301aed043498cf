/* Draws from the distributions that mixers need. */
#ifndef MIXSMITH_DISTRIBUTIONS_H
#define MIXSMITH_DISTRIBUTIONS_H

#include "base/rng.h"

/* λ ~ Beta(a, b), a, b > 0, in [0, 1]. Right for small a and b too, where the ratio of two gamma
 * draws is 0/0: the gamma draws are kept as logarithms. */
double draw_beta(struct rng *rng, double a, double b);

#endif

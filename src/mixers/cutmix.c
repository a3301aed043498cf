/* CutMix: a box of the partner in the sample; the label is the area that the box really has.
 * Yun, Han, Oh, Chun, Choe, Yoo, ICCV 2019, arXiv 1905.04899, section 3.1 and algorithm A1.
 * On d axes the sides are (1 − λ)^(1/d) of the sample's: the root for pictures, none for sequences.
 */
#include "base/distributions.h"
#include "base/exact_math.h"
#include "mixers/mixer.h"

#include <math.h>

enum { ALPHA, BOX, MIN, MAX, CORRECT, ASPECT, N_PARAMS };
enum { BOX_CLIP, BOX_INSIDE };

static const struct param PARAMS[N_PARAMS] = {
    [ALPHA] = {"alpha", "λ ~ Beta(alpha, alpha)", .standard = 1, .low = 0, .high = 1e6,
               .above_low = true},
    [BOX] = {"box", "clip: centred anywhere, cut off at the border; inside: wholly inside",
             .choices = "clip|inside"},
    [MIN] = {"min", "least side of the box as a part of the sample's; with max, replaces λ",
             .standard = 0, .low = 0, .high = 1},
    [MAX] = {"max", "greatest side; 0: sides come from λ", .standard = 0, .low = 0, .high = 1},
    [CORRECT] = {"correct", "1: the label is the real area; 0: the λ that was drawn", .standard = 1,
                 .low = 0, .high = 1, .whole = true},
    [ASPECT] = {"aspect", "stretches the box by up to this factor, either way", .standard = 1,
                .low = 1, .high = 100},
};

struct cutmix {
    double value[N_PARAMS];
    struct grid grid;
};

/* The box's side on each axis, as a part of the sample's: 0..1. */
struct sides {
    double part[AXES_MAX];
};

static int check_cutmix(const double *values, struct err *err) {
    if (values[MIN] > 0 && values[MAX] == 0)
        return fail(err, "cutmix: min=%g needs a max, as in min=%g,max=1", values[MIN],
                    values[MIN]);
    if (values[MIN] > values[MAX])
        return fail(err, "cutmix: min %g is greater than max %g", values[MIN], values[MAX]);
    if (values[MAX] > 0 && values[CORRECT] == 0)
        return fail(err, "cutmix: correct=0 needs a λ for the label, but min and max draw none");
    return 0;
}

static int open_cutmix(void *state, const double *values, const struct shape *shape, int batch,
                       struct err *err) {
    (void)batch, (void)err;
    struct cutmix *cutmix = state;
    for (int i = 0; i < N_PARAMS; i++)
        cutmix->value[i] = values[i];
    cutmix->grid = shape_grid(shape);
    return 0;
}

static double axis_root(double part, int axes) {
    return axes == 1 ? part : axes == 2 ? sqrt(part) : exact_pow(part, 1.0 / axes);
}

static struct sides sides_of_lambda(const struct cutmix *cutmix, double lambda, struct rng *rng) {
    struct sides sides = {{1, 1, 1}};
    int axes = cutmix->grid.axes;
    double side = lambda < 1 ? axis_root(1 - lambda, axes) : 0;
    for (int a = AXES_MAX - axes; a < AXES_MAX; a++)
        sides.part[a] = side;
    if (cutmix->value[ASPECT] > 1 && axes > 1) {
        double stretch = exact_pow(cutmix->value[ASPECT], rng_unit(rng) - 0.5);
        sides.part[1] = fmin(side / stretch, 1);
        sides.part[2] = fmin(side * stretch, 1);
    }
    return sides;
}

static struct sides sides_of_range(const struct cutmix *cutmix, struct rng *rng) {
    struct sides sides = {{1, 1, 1}};
    double min = cutmix->value[MIN], max = cutmix->value[MAX];
    for (int a = AXES_MAX - cutmix->grid.axes; a < AXES_MAX; a++)
        sides.part[a] = min + (max - min) * rng_unit(rng);
    return sides;
}

/* The authors' way: the side truncated, its half on both sides of a centre, cut off at the border.
 */
static void clip_axis(int side, double part, struct rng *rng, int *low, int *high) {
    int half = (int)(side * part) / 2, centre = (int)rng_below(rng, (uint32_t)side);
    *low = centre - half < 0 ? 0 : centre - half;
    *high = centre + half > side ? side : centre + half;
}

static void inside_axis(int side, double part, struct rng *rng, int *low, int *high) {
    int length = (int)rint(side * part);
    *low = (int)rng_below(rng, (uint32_t)(side - length + 1));
    *high = *low + length;
}

static struct box cutmix_box(const struct cutmix *cutmix, const struct sides *sides,
                             struct rng *rng) {
    struct box box = {{0, 0, 0}, {1, 1, 1}};
    bool inside = cutmix->value[BOX] == BOX_INSIDE || cutmix->value[MAX] > 0;
    for (int a = AXES_MAX - cutmix->grid.axes; a < AXES_MAX; a++)
        (inside ? inside_axis : clip_axis)(cutmix->grid.side[a], sides->part[a], rng, &box.low[a],
                                           &box.high[a]);
    return box;
}

static double box_positions(const struct box *box) {
    double positions = 1;
    for (int a = 0; a < AXES_MAX; a++)
        positions *= box->high[a] - box->low[a];
    return positions;
}

/* box=y0:x0:y1:x1, half-open, for pictures; fewer or more numbers for other axes. */
static void note_box(const struct cutmix *cutmix, struct recipe *recipe) {
    int axes = cutmix->grid.axes, numbers[FACT_NUMBERS];
    for (int a = 0; a < axes; a++) {
        numbers[a] = recipe->box.low[AXES_MAX - axes + a];
        numbers[axes + a] = recipe->box.high[AXES_MAX - axes + a];
    }
    recipe_fact_whole(recipe, "box", 2 * axes, numbers);
}

static void draw_cutmix(const void *state, struct draw *draw, struct recipe *recipe) {
    const struct cutmix *cutmix = state;
    struct rng *rng = draw->unit_rng;
    double lambda = 1, all = (double)grid_positions(&cutmix->grid);
    struct sides sides;
    if (cutmix->value[MAX] > 0) {
        sides = sides_of_range(cutmix, rng);
    } else {
        lambda = (float)draw_beta(rng, cutmix->value[ALPHA], cutmix->value[ALPHA]);
        sides = sides_of_lambda(cutmix, lambda, rng);
        recipe_fact(recipe, "lambda", lambda);
    }
    recipe->box = cutmix_box(cutmix, &sides, rng);
    int other = partner_draw(draw->batch, draw->own, draw->pairing, draw->rng, draw->arena);
    bool correct = cutmix->value[CORRECT] == 1;
    double kept = correct ? all - box_positions(&recipe->box) : lambda * all;
    recipe_split(recipe, REGION_BOX, draw->own, other, kept, all);
    note_box(cutmix, recipe);
}

const struct mixer mixer_cutmix = {
    .name = "cutmix",
    .help = "a box of another sample",
    .paper = "Yun et al. 2019, arXiv 1905.04899",
    .params = PARAMS,
    .n_params = N_PARAMS,
    .state_size = sizeof(struct cutmix),
    .check = check_cutmix,
    .open = open_cutmix,
    .draw = draw_cutmix,
};

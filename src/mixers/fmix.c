/* FMix: a mask cut from a random field whose spectrum falls as frequency^-δ; the λN largest values
 * show the sample, the rest its partner.
 * Harris, Marcu, Painter, Niranjan, Prügel-Bennett, Hare, 2020, arXiv 2002.12047, section 4.
 *
 * `paper` and `official` differ in nothing but the table of amplitudes: the published program fills
 * only the columns kx = 0 and kx = 1. */
#include "base/distributions.h"
#include "base/exact_math.h"
#include "mixers/field.h"
#include "mixers/mixer.h"
#include "mixers/rank.h"

#include <math.h>
#include <string.h>

enum { ALPHA, DECAY, SOFT, SPECTRUM, PERIODIC, REFORMULATE, N_PARAMS };
enum { SPECTRUM_PAPER, SPECTRUM_OFFICIAL };

static const struct param PARAMS[N_PARAMS] = {
    [ALPHA] = {"alpha", "λ ~ Beta(alpha, alpha)", .standard = 1, .low = 0, .high = 1e6,
               .above_low = true},
    [DECAY] = {"decay", "the spectrum falls as frequency^-decay; higher is smoother", .standard = 3,
               .low = 0, .high = 10},
    [SOFT] = {"soft", "ranks on both sides of the edge that fade, as a part of all", .standard = 0,
              .low = 0, .high = 0.5},
    [SPECTRUM] = {"spectrum", "paper: isotropic; official: as the published program samples it",
                  .choices = "paper|official"},
    [PERIODIC] = {"periodic", "1: masks wrap round the borders; 0: cut from a larger field",
                  .standard = 1, .low = 0, .high = 1, .whole = true},
    [REFORMULATE] = {"reformulate", "1: λ ~ Beta(alpha + 1, alpha), the label is the sample's own",
                     .standard = 0, .low = 0, .high = 1, .whole = true},
};

struct fmix {
    double value[N_PARAMS];
    struct field field;
};

/* Cycles per position of row k of n: 0, 1, 2 … −2, −1 over n. */
static double frequency(int k, int n) {
    return (double)(k <= n / 2 ? k : k - n) / n;
}

static int longest_side(const struct grid *grid) {
    int longest = 1;
    for (int a = 0; a < AXES_MAX; a++)
        longest = grid->side[a] > longest ? grid->side[a] : longest;
    return longest;
}

/* A real transform keeps only the Hermitian half of the columns kx = 0 and kx = w/2: √2 makes up
 * for it, without which masks are not isotropic. */
static double column_gain(int kx, int w) {
    return kx == 0 || 2 * kx == w ? sqrt(2) : 1;
}

static void paper_amplitudes(struct fmix *fmix) {
    const int *side = fmix->field.grid.side;
    double least = 1.0 / longest_side(&fmix->field.shown), decay = fmix->value[DECAY];
    float *amplitude = fmix->field.amplitude;
    for (int kz = 0; kz < side[0]; kz++)
        for (int ky = 0; ky < side[1]; ky++)
            for (int kx = 0; kx <= side[2] / 2; kx++) {
                double fz = frequency(kz, side[0]), fy = frequency(ky, side[1]);
                double fx = frequency(kx, side[2]);
                double f = fmax(sqrt(fx * fx + fy * fy + fz * fz), least);
                double a = exact_pow(f / least, -decay) * column_gain(kx, side[2]);
                *amplitude++ = (float)a;
                *amplitude++ = (float)a;
            }
}

/* The published program, on two axes: coefficient k of the column kx = 0 or 1 has the real
 * amplitude max(k/w, 1/M)^-δ and the imaginary one max(√((k/w)² + 1/h²), 1/M)^-δ, for k < min(⌊w/2⌋
 * + 1, h).
 */
static void official_amplitudes(struct fmix *fmix) {
    int h = fmix->field.grid.side[1], w = fmix->field.grid.side[2];
    int rows = w / 2 + 1 < h ? w / 2 + 1 : h, columns = w / 2 + 1;
    double least = 1.0 / longest_side(&fmix->field.shown), decay = fmix->value[DECAY];
    for (int k = 0; k < rows; k++) {
        double fx = (double)k / w;
        double real = exact_pow(fmax(fx / least, 1), -decay);
        double imaginary = exact_pow(fmax(sqrt(fx * fx + 1.0 / h / h) / least, 1), -decay);
        for (int kx = 0; kx < 2 && kx < columns; kx++) {
            float *amplitude = fmix->field.amplitude + 2 * (size_t)(k * columns + kx);
            amplitude[0] = (float)real;
            amplitude[1] = (float)imaginary;
        }
    }
}

static int open_fmix(void *state, const double *values, const struct shape *shape, int batch,
                     struct err *err) {
    (void)batch;
    struct fmix *fmix = state;
    memcpy(fmix->value, values, sizeof fmix->value);
    struct grid grid = shape_grid(shape);
    bool official = values[SPECTRUM] == SPECTRUM_OFFICIAL;
    if (official && grid.axes != 2)
        return fail(err, "fmix: spectrum=official is defined for two axes, not %d; use paper",
                    grid.axes);
    if (field_open(&fmix->field, &grid, values[PERIODIC] == 1, err) < 0)
        return -1;
    (official ? official_amplitudes : paper_amplitudes)(fmix);
    /* Ranks do not see the constant term: it would only cost precision. */
    fmix->field.amplitude[0] = fmix->field.amplitude[1] = 0;
    return 0;
}

static double exact_value(void *drawn, size_t position) {
    return field_exact(drawn, position);
}

/* Ones for the count largest values but for a linear ramp over `soft` ranks on both sides. Returns
 * the sum of the mask's parts. */
static double soft_mask(const struct drawn_field *drawn, size_t n, size_t count, size_t soft,
                        struct arena *arena, uint16_t *mask) {
    uint32_t *order = arena_take(arena, n * sizeof *order);
    uint64_t sum = 0;
    size_t low = count - soft, high = count + soft;
    rank_order(field_exact_values(drawn, arena), n, order, arena);
    for (size_t i = 0; i < n; i++) {
        double fade = ((double)i - (double)low) / (double)(high - low - 1);
        double part = i < low ? 1 : i >= high ? 0 : 1 - fade;
        mask[order[i]] = (uint16_t)rint(part * PART_ONE);
        sum += mask[order[i]];
    }
    return (double)sum / PART_ONE;
}

static double hard_mask(struct drawn_field *drawn, size_t n, size_t count, struct arena *arena,
                        uint16_t *mask) {
    struct ranked field = {field_values(drawn, arena), n, drawn->doubt, exact_value, drawn};
    rank_threshold(&field, count, PART_ONE, mask, arena);
    return (double)count;
}

/* ⌊λn⌋ or ⌈λn⌉ ones with even odds. Returns the sum of the mask's parts. */
static double mask_of_field(struct drawn_field *drawn, size_t n, double lambda, double most_soft,
                            struct rng *rng, struct arena *arena, uint16_t *mask) {
    bool up = rng_u32(rng) & 1;
    size_t count = (size_t)(up ? ceil(lambda * (double)n) : floor(lambda * (double)n));
    size_t soft = (size_t)((double)n * fmin(most_soft, fmin(lambda, 1 - lambda)));
    if (soft > 0 && soft <= count && count + soft <= n)
        return soft_mask(drawn, n, count, soft, arena, mask);
    return hard_mask(drawn, n, count, arena, mask);
}

static void draw_fmix(const void *state, struct draw *draw, struct recipe *recipe) {
    const struct fmix *fmix = state;
    struct rng *rng = draw->unit_rng;
    size_t n = grid_positions(&fmix->field.shown);
    bool reformulate = fmix->value[REFORMULATE] == 1;
    double alpha = fmix->value[ALPHA];
    double lambda = (float)draw_beta(rng, alpha + reformulate, alpha);
    int other = partner_draw(draw->batch, draw->own, draw->pairing, draw->rng, draw->arena);
    struct drawn_field *drawn = field_draw(&fmix->field, rng, draw->arena);
    double kept =
        mask_of_field(drawn, n, lambda, fmix->value[SOFT], rng, draw->arena, recipe->mask);
    kept = reformulate ? (double)n : kept;
    recipe_split(recipe, REGION_MASK, draw->own, other, kept, (double)n);
    recipe_fact(recipe, "lambda", lambda);
}

static void close_fmix(void *state) {
    struct fmix *fmix = state;
    field_close(&fmix->field);
}

const struct mixer mixer_fmix = {
    .name = "fmix",
    .help = "a mask cut from a random field with a falling spectrum",
    .paper = "Harris et al. 2020, arXiv 2002.12047",
    .params = PARAMS,
    .n_params = N_PARAMS,
    .state_size = sizeof(struct fmix),
    .open = open_fmix,
    .draw = draw_fmix,
    .close = close_fmix,
};

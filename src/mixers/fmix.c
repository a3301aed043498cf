/* FMix: a mask cut from a random field whose spectrum falls as frequency^-δ; the λN largest values
 * show the sample, the rest its partner.
 * Harris, Marcu, Painter, Niranjan, Prügel-Bennett, Hare, 2020, arXiv 2002.12047, section 4.
 *
 * The field is the inverse real transform of a half spectrum: per coefficient two normal numbers
 * times an amplitude. `paper` and `official` differ in nothing but the table of amplitudes: the
 * published program fills only the columns kx = 0 and kx = 1.
 *
 * The only file that names FFTW. FFTW_NO_SIMD and FFTW_ESTIMATE give the same bits on every CPU and
 * run. */
#include "base/distributions.h"
#include "base/exact_math.h"
#include "base/memory.h"
#include "base/simd.h"
#include "mixers/mixer.h"
#include "mixers/rank.h"

#include <fftw3.h>
#include <math.h>
#include <stdlib.h>
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
    struct grid mask, field; // the field is larger where masks do not wrap
    size_t n_spectrum;       // floats of the half spectrum: two a coefficient
    float *amplitude;        // (n_spectrum)
    fftwf_plan plan;
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
    const int *side = fmix->field.side;
    double least = 1.0 / longest_side(&fmix->mask), decay = fmix->value[DECAY];
    float *amplitude = fmix->amplitude;
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
    int h = fmix->field.side[1], w = fmix->field.side[2];
    int rows = w / 2 + 1 < h ? w / 2 + 1 : h, columns = w / 2 + 1;
    double least = 1.0 / longest_side(&fmix->mask), decay = fmix->value[DECAY];
    for (int k = 0; k < rows; k++) {
        double fx = (double)k / w;
        double real = exact_pow(fmax(fx / least, 1), -decay);
        double imaginary = exact_pow(fmax(sqrt(fx * fx + 1.0 / h / h) / least, 1), -decay);
        for (int kx = 0; kx < 2 && kx < columns; kx++) {
            float *amplitude = fmix->amplitude + 2 * (size_t)(k * columns + kx);
            amplitude[0] = (float)real;
            amplitude[1] = (float)imaginary;
        }
    }
}

static int plan_transform(struct fmix *fmix, struct err *err) {
    const struct grid *field = &fmix->field;
    float *spectrum = must_calloc(fmix->n_spectrum, sizeof *spectrum);
    float *out = must_calloc(grid_positions(field), sizeof *out);
    fmix->plan = fftwf_plan_dft_c2r(field->axes, field->side + AXES_MAX - field->axes,
                                    (fftwf_complex *)spectrum, out,
                                    FFTW_ESTIMATE | FFTW_UNALIGNED | FFTW_NO_SIMD);
    free(spectrum);
    free(out);
    return fmix->plan ? 0
                      : fail(err, "fmix: FFTW has no plan for %d x %d x %d positions",
                             field->side[0], field->side[1], field->side[2]);
}

static int open_fmix(void *state, const double *values, const struct shape *shape, int batch,
                     struct err *err) {
    (void)batch;
    struct fmix *fmix = state;
    memcpy(fmix->value, values, sizeof fmix->value);
    fmix->mask = fmix->field = shape_grid(shape);
    bool official = values[SPECTRUM] == SPECTRUM_OFFICIAL;
    if (official && fmix->mask.axes != 2)
        return fail(err, "fmix: spectrum=official is defined for two axes, not %d; use paper",
                    fmix->mask.axes);
    if (values[PERIODIC] == 0)
        for (int a = AXES_MAX - fmix->mask.axes; a < AXES_MAX; a++)
            fmix->field.side[a] *= 2;
    const int *side = fmix->field.side;
    fmix->n_spectrum = 2 * (size_t)side[0] * (size_t)side[1] * (size_t)(side[2] / 2 + 1);
    fmix->amplitude = must_calloc(fmix->n_spectrum, sizeof *fmix->amplitude);
    (official ? official_amplitudes : paper_amplitudes)(fmix);
    return plan_transform(fmix, err);
}

SIMD_CLONES
static void multiply(float *values, const float *factors, size_t n) {
    for (size_t i = 0; i < n; i++)
        values[i] *= factors[i];
}

/* The corner of the field that the mask is cut from, rows packed. */
static void crop_field(const struct fmix *fmix, float *field) {
    const int *from = fmix->field.side, *to = fmix->mask.side;
    float *out = field;
    for (int z = 0; z < to[0]; z++)
        for (int y = 0; y < to[1]; y++, out += to[2])
            memmove(out, field + ((size_t)z * (size_t)from[1] + (size_t)y) * (size_t)from[2],
                    (size_t)to[2] * sizeof *out);
}

/* (positions of the mask) a random field; lies in the arena. */
static float *draw_field(const struct fmix *fmix, struct rng *rng, struct arena *arena) {
    size_t n = (fmix->n_spectrum + PHILOX_WORDS - 1) / PHILOX_WORDS * PHILOX_WORDS;
    uint32_t *words = arena_take(arena, n * sizeof *words);
    float *spectrum = arena_take(arena, n * sizeof *spectrum);
    float *field = arena_take(arena, grid_positions(&fmix->field) * sizeof *field);
    rng_fill(rng, words, n);
    exact_normals(words, spectrum, n);
    multiply(spectrum, fmix->amplitude, fmix->n_spectrum);
    fftwf_execute_dft_c2r(fmix->plan, (fftwf_complex *)spectrum, field);
    if (fmix->value[PERIODIC] == 0)
        crop_field(fmix, field);
    return field;
}

/* Ones for the count largest values but for a linear ramp over `soft` ranks on both sides. Returns
 * the sum of the mask's parts. */
static double soft_mask(const float *field, size_t n, size_t count, size_t soft,
                        struct arena *arena, uint16_t *mask) {
    uint64_t *scratch = arena_take(arena, n * sizeof *scratch), sum = 0;
    uint32_t *order = arena_take(arena, n * sizeof *order);
    rank_order(field, n, scratch, order);
    size_t low = count - soft, high = count + soft;
    for (size_t i = 0; i < n; i++) {
        double fade = ((double)i - (double)low) / (double)(high - low - 1);
        double part = i < low ? 1 : i >= high ? 0 : 1 - fade;
        mask[order[i]] = (uint16_t)rint(part * PART_ONE);
        sum += mask[order[i]];
    }
    return (double)sum / PART_ONE;
}

/* ⌊λn⌋ or ⌈λn⌉ ones with even odds. Returns the sum of the mask's parts. */
static double mask_of_field(const struct fmix *fmix, const float *field, size_t n, double lambda,
                            struct rng *rng, struct arena *arena, uint16_t *mask) {
    bool up = rng_u32(rng) & 1;
    size_t count = (size_t)(up ? ceil(lambda * (double)n) : floor(lambda * (double)n));
    size_t soft = (size_t)((double)n * fmin(fmix->value[SOFT], fmin(lambda, 1 - lambda)));
    if (soft > 0 && soft <= count && count + soft <= n)
        return soft_mask(field, n, count, soft, arena, mask);
    rank_threshold(field, n, count, PART_ONE, mask);
    return (double)count;
}

static void draw_fmix(const void *state, struct draw *draw, struct recipe *recipe) {
    const struct fmix *fmix = state;
    struct rng *rng = draw->unit_rng;
    size_t n = grid_positions(&fmix->mask);
    bool reformulate = fmix->value[REFORMULATE] == 1;
    double alpha = fmix->value[ALPHA];
    double lambda = (float)draw_beta(rng, alpha + reformulate, alpha);
    int other = partner_draw(draw->batch, draw->own, draw->pairing, draw->rng, draw->arena);
    float *field = draw_field(fmix, rng, draw->arena);
    double kept = mask_of_field(fmix, field, n, lambda, rng, draw->arena, recipe->mask);
    kept = reformulate ? (double)n : kept;
    recipe_split(recipe, REGION_MASK, draw->own, other, kept, (double)n);
    recipe_fact(recipe, "lambda", lambda);
}

static void close_fmix(void *state) {
    struct fmix *fmix = state;
    if (fmix->plan)
        fftwf_destroy_plan(fmix->plan);
    free(fmix->amplitude);
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

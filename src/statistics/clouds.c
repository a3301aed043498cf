#include "statistics/clouds.h"

#include "base/memory.h"
#include "base/rng.h"
#include "base/words.h"
#include "engine/order.h"
#include "formats/resize.h"

#include <math.h>
#include <stdlib.h>

enum { SIDE_MAX = 64, VALUES_MAX = 32768 };
static const size_t CLOUD_BYTES = (size_t)512 << 20;

static struct shape small_shape(const struct clouds *clouds) {
    struct shape small = clouds->shape;
    if (shape_is_picture(&clouds->shape, clouds->dtype))
        size_within(&small.dim[1], &small.dim[0], SIDE_MAX);
    return small;
}

void clouds_open(struct clouds *clouds, const struct shape *shape, enum dtype dtype,
                 uint64_t wanted, bool originals) {
    *clouds = (struct clouds){.shape = *shape, .dtype = dtype};
    clouds->small = small_shape(clouds);
    size_t values = shape_values(&clouds->small), most = CLOUD_BYTES / (values * sizeof(float));
    if (values > VALUES_MAX)
        text_format(&clouds->why, "samples of %zu values are more than the %d it looks at", values,
                    VALUES_MAX);
    else if (wanted < DIMENSION_LEAST)
        text_format(&clouds->why,
                    "%llu sample%s %s too few: with %d neighbours it takes %d or more",
                    (unsigned long long)wanted, s_of(wanted), wanted == 1 ? "is" : "are",
                    DIMENSION_NEIGHBOURS, DIMENSION_LEAST);
    if (clouds->why.used > 0)
        return;
    clouds->capacity = (int)(wanted < most ? wanted : most);
    size_t room = (size_t)clouds->capacity * values;
    clouds->mixed = (struct cloud){0, (int)values, must_calloc(room, sizeof(float))};
    if (originals)
        clouds->original = (struct cloud){0, (int)values, must_calloc(room, sizeof(float))};
}

void clouds_close(struct clouds *clouds) {
    free(clouds->original.value);
    free(clouds->mixed.value);
    text_close(&clouds->why);
}

static void set_bytes(const struct clouds *clouds, const uint8_t *pixels, struct arena *arena,
                      float *row) {
    const int *dim = clouds->shape.dim, *small = clouds->small.dim;
    size_t values = shape_values(&clouds->small);
    if (shape_is_picture(&clouds->shape, clouds->dtype) &&
        (dim[0] != small[0] || dim[1] != small[1])) {
        struct picture picture = {dim[1], dim[0], dim[2], (uint8_t *)pixels};
        uint8_t *reduced = arena_take(arena, values);
        resize_fit(&picture, FIT_SQUASH, small[1], small[0], arena, reduced);
        pixels = reduced;
    }
    for (size_t i = 0; i < values; i++)
        row[i] = (float)pixels[i] / 256;
}

static void set_row(const struct clouds *clouds, struct cloud *cloud, int at, const void *pixels,
                    struct arena *arena) {
    float *row = cloud->value + (size_t)at * (size_t)cloud->d;
    if (clouds->dtype == DTYPE_UINT8)
        set_bytes(clouds, pixels, arena, row);
    else
        memcpy(row, pixels, (size_t)cloud->d * sizeof *row);
}

void clouds_set(struct clouds *clouds, int at, const void *original, const void *mixed,
                struct arena *arena) {
    if (at >= clouds->capacity)
        return;
    set_row(clouds, &clouds->mixed, at, mixed, arena);
    if (clouds->original.value)
        set_row(clouds, &clouds->original, at, original, arena);
}

/* --- measuring --- */

/* The greatest absolute value; infinite where a value is not finite. */
static float greatest(const struct cloud *cloud) {
    float most = 0;
    size_t values = (size_t)cloud->n * (size_t)cloud->d;
    for (size_t i = 0; cloud->value && i < values; i++) {
        if (!isfinite(cloud->value[i]))
            return INFINITY;
        most = fmaxf(most, fabsf(cloud->value[i]));
    }
    return most;
}

/* By a power of two, which rounds nothing, into -1..1, so that no sum overflows. */
static void scale(struct cloud *cloud, float most) {
    int exponent = 0;
    frexpf(most, &exponent);
    size_t values = (size_t)cloud->n * (size_t)cloud->d;
    for (size_t i = 0; cloud->value && i < values; i++)
        cloud->value[i] = ldexpf(cloud->value[i], -exponent);
}

/* The first `points` of a shuffled 0..n-1; owned by the caller. */
static int *draw_points(int n, int points, uint64_t seed) {
    struct rng rng = rng_for(seed, 0, STREAM_POINTS);
    int *at = must_calloc((size_t)n, sizeof *at);
    for (int i = 0; i < n; i++)
        at[i] = i;
    for (int i = 0; i < points; i++) {
        int other = i + (int)rng_below(&rng, (uint32_t)(n - i)), kept = at[i];
        at[i] = at[other];
        at[other] = kept;
    }
    return at;
}

int clouds_measure(struct clouds *clouds, int n, int points, uint64_t seed, struct pool *pool,
                   struct dimensions *dimensions, struct err *err) {
    *dimensions = (struct dimensions){0};
    n = n < clouds->capacity ? n : clouds->capacity;
    clouds->mixed.n = clouds->original.n = n;
    float most = fmaxf(greatest(&clouds->mixed), greatest(&clouds->original));
    if (clouds->capacity > 0 && n < DIMENSION_LEAST)
        text_format(&clouds->why, "only %d sample%s could be read; it takes %d or more", n, s_of(n),
                    DIMENSION_LEAST);
    else if (clouds->capacity > 0 && isinf(most))
        text_string(&clouds->why, "there are values that are not finite");
    if (clouds->why.used > 0)
        return 0;
    scale(&clouds->mixed, most);
    scale(&clouds->original, most);
    points = points < n ? points : n;
    int *at = draw_points(n, points, seed);
    int result = dimension_of(&clouds->mixed, at, points, pool, &dimensions->mixed, err);
    if (result == 0 && clouds->original.value)
        result = dimension_of(&clouds->original, at, points, pool, &dimensions->original, err);
    free(at);
    return result;
}

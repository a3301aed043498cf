#include "survey/finding.h"

#include "base/memory.h"
#include "model/batch.h"

enum { AT_ONCE = 1024 }; // positions

/* --- flat or not --- */

/* Whether Σ(x − mean)² of the first m of n positions is too much for a flat channel: that of all
 * is no less. So most pictures are known after a few rows. */
static bool deviates(uint64_t sum, uint64_t squares, uint64_t m, uint64_t n) {
    double spread = (double)squares - (double)sum * (double)sum / (double)m;
    return spread >= (double)FLAT_DEVIATION * FLAT_DEVIATION * (double)n;
}

static bool channel_is_flat(const uint8_t *values, size_t n, int channels) {
    uint64_t sum = 0, squares = 0;
    for (size_t from = 0, to; from < n; from = to) {
        uint32_t some = 0, some_squares = 0;
        to = from + AT_ONCE < n ? from + AT_ONCE : n;
        for (size_t i = from; i < to; i++) {
            uint32_t x = values[i * (size_t)channels];
            some += x;
            some_squares += x * x;
        }
        sum += some;
        squares += some_squares;
        if (deviates(sum, squares, to, n))
            return false;
    }
    return true;
}

bool bytes_are_flat(const uint8_t *values, size_t n, int channels) {
    for (int c = 0; c < channels; c++)
        if (!channel_is_flat(values + c, n, channels))
            return false;
    return true;
}

bool floats_are_flat(const float *values, size_t n, int channels) {
    size_t step = (size_t)channels;
    for (size_t i = step; i < n * step; i++)
        if (values[i] != values[i - step])
            return false;
    return true;
}

/* --- one sample --- */

/* The source's own look, or what it decodes to. */
static int look_at(const struct source *source, const void *state, const struct contents *contents,
                   uint32_t sample, struct arena *arena, const struct raw *raw,
                   struct stored *stored, struct err *err) {
    if (source->look)
        return source->look(state, sample, raw, arena, stored, err);
    void *values = arena_take(arena, shape_values(&contents->shape) * dtype_size(contents->dtype));
    *stored = (struct stored){.shape = contents->shape, .dtype = contents->dtype, .values = values};
    return source->decode(state, sample, raw, arena, values, err);
}

static bool is_flat(const struct stored *stored) {
    struct grid grid = shape_grid(&stored->shape);
    size_t n = grid_positions(&grid);
    return stored->dtype == DTYPE_UINT8 ? bytes_are_flat(stored->values, n, grid.channels)
                                        : floats_are_flat(stored->values, n, grid.channels);
}

static struct digest128 digest_of_stored(const struct stored *stored) {
    const struct shape *shape = &stored->shape;
    uint64_t seed = digest_of(shape->dim, (size_t)shape->rank * sizeof *shape->dim, stored->dtype);
    return digest128_of(stored->values, shape_values(shape) * dtype_size(stored->dtype), seed);
}

struct finding finding_of(const struct source *source, const void *state,
                          const struct contents *contents, uint32_t sample, struct arena *arena) {
    struct raw raw;
    struct stored stored = {0};
    struct err err;
    if (source->read(state, sample, arena, &raw, &err) < 0 ||
        look_at(source, state, contents, sample, arena, &raw, &stored, &err) < 0)
        return (struct finding){.reason = must_strdup(err.text)};
    struct finding finding = {.bytes = raw.size, .info = stored.info, .shape = stored.shape};
    finding.digest = digest_of_stored(&stored);
    finding.flat = is_flat(&stored);
    return finding;
}

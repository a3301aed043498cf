/* digest: one line that stands for all samples. Each has a digest of its own, of id, pixels and
 * soft label; that of the output runs over theirs, in order. Two outputs are the same where it is.
 */
#include "formats/digest.h"
#include "sinks/sink.h"

#include <string.h>

struct digest {
    size_t pixel_bytes, label_bytes; // of one sample
    uint64_t all;
};

static int open_digest(void *state, const struct output *output, size_t record[STREAMS_MAX],
                       struct err *err) {
    (void)err;
    struct digest *digest = state;
    digest->pixel_bytes = shape_values(&output->shape) * dtype_size(output->dtype);
    digest->label_bytes = (size_t)output->n_classes * sizeof(float);
    record[0] = sizeof digest->all;
    return 0;
}

static int encode_digest(const void *state, const struct sample *sample, struct arena *arena,
                         const struct slot *slot, struct err *err) {
    (void)arena, (void)err;
    const struct digest *digest = state;
    uint64_t own = digest_of(sample->pixels, digest->pixel_bytes, sample->id);
    own = digest_of(sample->soft_label, digest->label_bytes, own);
    for (size_t i = 0; i < sizeof own; i++)
        slot->record[0][i] = (uint8_t)(own >> 8 * i);
    return 0;
}

/* A sample at a time, so that it does not matter how many are committed together. */
static int commit_digest(void *state, const struct records *records, struct err *err) {
    (void)err;
    struct digest *digest = state;
    for (int i = 0; i < records->n; i++)
        digest->all = digest_of(records->stream[0] + (size_t)i * sizeof digest->all,
                                sizeof digest->all, digest->all);
    return 0;
}

static int close_digest(void *state, bool ok, struct text *result, struct err *err) {
    (void)err;
    if (ok)
        digest_print(((const struct digest *)state)->all, result);
    return 0;
}

const struct sink sink_digest = {
    .name = "digest",
    .help = "one line: a digest of all samples and labels",
    .state_size = sizeof(struct digest),
    .open = open_digest,
    .encode = encode_digest,
    .commit = commit_digest,
    .close = close_digest,
};

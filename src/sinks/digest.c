/* digest: one line that stands for all samples (sample_digest.h). Two outputs are the same where it
 * is. */
#include "formats/digest.h"
#include "model/sample_digest.h"
#include "sinks/sink.h"

#include <string.h>

struct digest {
    size_t pixel_bytes, n_classes; // of one sample
    uint64_t all;
};

static int open_digest(void *state, const struct output *output, size_t record[STREAMS_MAX],
                       struct err *err) {
    (void)err;
    struct digest *digest = state;
    digest->pixel_bytes = shape_values(&output->shape) * dtype_size(output->dtype);
    digest->n_classes = (size_t)output->n_classes;
    record[0] = sizeof digest->all;
    return 0;
}

static int encode_digest(const void *state, const struct sample *sample, struct arena *arena,
                         const struct slot *slot, struct err *err) {
    (void)arena, (void)err;
    const struct digest *digest = state;
    uint64_t own = sample_digest(sample->id, sample->pixels, digest->pixel_bytes,
                                 sample->soft_label, digest->n_classes);
    memcpy(slot->record[0], &own, sizeof own);
    return 0;
}

static int commit_digest(void *state, const struct records *records, struct err *err) {
    (void)err;
    struct digest *digest = state;
    for (int i = 0; i < records->n; i++) {
        uint64_t own;
        memcpy(&own, records->stream[0] + (size_t)i * sizeof own, sizeof own);
        digest->all = sample_digest_join(digest->all, own);
    }
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

/* digest: one XXH64 over the XXH64s of all samples (id, soft label, pixels), in order. Two outputs
 * are the same where their digests are. https://github.com/Cyan4973/xxHash/blob/dev/doc */
#include "sinks/sink.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>

struct digest {
    size_t pixel_bytes, label_bytes; // of one sample
    XXH64_state_t *all;
};

static int open_digest(void *state, const struct output *output, size_t record[STREAMS_MAX],
                       struct err *err) {
    (void)err;
    struct digest *digest = state;
    digest->pixel_bytes = shape_values(&output->shape) * dtype_size(output->dtype);
    digest->label_bytes = (size_t)output->n_classes * sizeof(float);
    digest->all = XXH64_createState();
    if (!digest->all)
        die_of_memory(sizeof(XXH64_hash_t));
    XXH64_reset(digest->all, 0);
    record[0] = sizeof(XXH64_canonical_t);
    return 0;
}

static int encode_digest(const void *state, const struct sample *sample, struct arena *arena,
                         uint8_t *record[STREAMS_MAX], struct err *err) {
    (void)arena, (void)err;
    const struct digest *digest = state;
    uint64_t hash = XXH64(sample->pixels, digest->pixel_bytes, sample->id);
    hash = XXH64(sample->soft_label, digest->label_bytes, hash);
    XXH64_canonicalFromHash((XXH64_canonical_t *)record[0], hash);
    return 0;
}

static int commit_digest(void *state, const struct records *records, struct err *err) {
    (void)err;
    struct digest *digest = state;
    XXH64_update(digest->all, records->stream[0], (size_t)records->n * sizeof(XXH64_canonical_t));
    return 0;
}

static int close_digest(void *state, bool ok, struct text *result, struct err *err) {
    (void)err;
    struct digest *digest = state;
    char line[32];
    snprintf(line, sizeof line, "xxh64:%016llx", (unsigned long long)XXH64_digest(digest->all));
    if (ok)
        text_string(result, line);
    XXH64_freeState(digest->all);
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

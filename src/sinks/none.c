/* none: makes every sample and throws it away. For measuring. */
#include "sinks/sink.h"

static int open_none(void *state, const struct output *output, size_t record[STREAMS_MAX],
                     struct err *err) {
    (void)state, (void)output, (void)record, (void)err;
    return 0;
}

static int encode_none(const void *state, const struct sample *sample, struct arena *arena,
                       uint8_t *record[STREAMS_MAX], struct err *err) {
    (void)state, (void)sample, (void)arena, (void)record, (void)err;
    return 0;
}

static int commit_none(void *state, const struct records *records, struct err *err) {
    (void)state, (void)records, (void)err;
    return 0;
}

static int close_none(void *state, bool ok, struct text *result, struct err *err) {
    (void)state, (void)ok, (void)result, (void)err;
    return 0;
}

const struct sink sink_none = {
    .name = "none",
    .help = "nothing: for measuring",
    .open = open_none,
    .encode = encode_none,
    .commit = commit_none,
    .close = close_none,
};

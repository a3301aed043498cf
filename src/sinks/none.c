/* none: makes every sample and throws it away. For measuring. */
#include "sinks/sink.h"

static int encode_none(const void *state, const struct sample *sample, struct arena *arena,
                       const struct slot *slot, struct err *err) {
    (void)state, (void)sample, (void)arena, (void)slot, (void)err;
    return 0;
}

const struct sink sink_none = {
    .name = "none",
    .help = "nothing: for measuring",
    .encode = encode_none,
};

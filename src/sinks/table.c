/* The sinks, one row each. */
#include "sinks/sink.h"

#include <string.h>

#define SINK_ROWS                                                                                  \
    X(folder)                                                                                      \
    X(tar)                                                                                         \
    X(npy)                                                                                         \
    X(cifar)                                                                                       \
    X(raw)                                                                                         \
    X(none)                                                                                        \
    X(digest)

#define X(name) extern const struct sink sink_##name;
SINK_ROWS
#undef X

#define X(name) &sink_##name,
const struct sink *const SINKS[] = {SINK_ROWS};
#undef X

const int N_SINKS = sizeof SINKS / sizeof *SINKS;

const struct sink *sink_find(const char *name) {
    for (int i = 0; i < N_SINKS; i++)
        if (strcmp(SINKS[i]->name, name) == 0)
            return SINKS[i];
    return NULL;
}

/* A source with an input open and its labels known, for tests of sources. */
#ifndef MIXSMITH_TEST_OPENED_H
#define MIXSMITH_TEST_OPENED_H

#include "base/memory.h"
#include "sources/labelling.h"

#include <stdlib.h>
#include <string.h>

struct opened {
    const struct source *source;
    void *state;
    struct contents contents;
    struct pool *pool;
    struct err err;
    int result; // of both
};

static inline const struct source *source_called(const char *name) {
    for (int i = 0; i < N_SOURCES; i++)
        if (strcmp(SOURCES[i]->name, name) == 0)
            return SOURCES[i];
    abort();
}

/* close_input follows in any case. */
static inline struct opened open_input(const char *source, const struct input *input) {
    struct opened opened = {.source = source_called(source)};
    struct err err;
    opened.pool = pool_open(2, &err);
    if (!opened.pool)
        abort();
    opened.state = must_calloc(1, opened.source->state_size);
    opened.result =
        opened.source->open(opened.state, input, opened.pool, &opened.contents, &opened.err);
    if (opened.result == 0)
        opened.result = labelling_complete(opened.source, opened.state, opened.pool,
                                           &opened.contents, NULL, &opened.err);
    return opened;
}

static inline void close_input(struct opened *opened) {
    failures_drop(&opened->contents);
    opened->source->close(opened->state);
    free(opened->state);
    pool_close(opened->pool);
}

#endif

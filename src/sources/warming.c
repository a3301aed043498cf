#include "sources/warming.h"

#include "base/files.h"
#include "base/interrupt.h"

enum { STEP = 1 << 20, PROBES = 16 };

struct warming {
    const struct source *source;
    const void *state;
    struct arena *arenas; // (threads)
};

/* Judged by a few places. */
static bool is_cached(int fd, uint64_t size) {
    for (uint64_t i = 0; i < PROBES; i++)
        if (!file_is_cached_at(fd, size / PROBES * i))
            return false;
    return true;
}

static void warm_file(void *data, int item, int thread) {
    const struct warming *warming = data;
    struct arena *arena = &warming->arenas[thread];
    struct err ignored;
    uint64_t size;
    int fd = warming->source->file(warming->state, item, &size);
    if (is_cached(fd, size))
        return;
    uint8_t *bytes = arena_take(arena, STEP);
    for (uint64_t at = 0; at < size && !interrupted(); at += STEP)
        if (file_read_at(fd, "", bytes, size - at < STEP ? size - at : STEP, at, &ignored) < 0)
            break;
    arena_reset(arena);
}

void warm_files(const struct source *source, const void *state, uint64_t most, struct pool *pool) {
    struct warming warming = {source, state, NULL};
    uint64_t all = 0, size;
    int n = 0;
    if (!source->file)
        return;
    for (; source->file(state, n, &size) >= 0; n++)
        all += size;
    if (all > most)
        return;
    warming.arenas = arenas_open(pool);
    parallel_for(pool, n, warm_file, &warming);
    arenas_close(warming.arenas, pool);
}

#include "sources/warming.h"

#include "base/files.h"
#include "base/interrupt.h"

enum {
    STEP_BYTES = 1 << 20, // read at a time
    PROBES = 16,          // places of a file that stand for the others
};

struct warming {
    const struct source *source;
    const void *state;
    struct arena *arenas; // (threads)
};

static bool is_cached(int fd, uint64_t size) {
    for (uint64_t i = 0; i < PROBES; i++)
        if (!file_is_cached_at(fd, size / PROBES * i))
            return false;
    return true;
}

/* What is read is not looked at: it stays in the system's cache. */
static void read_through(int fd, uint64_t size, struct arena *arena) {
    struct err ignored;
    uint8_t *bytes = arena_take(arena, STEP_BYTES);
    for (uint64_t at = 0; at < size && !interrupted(); at += STEP_BYTES) {
        size_t n = size - at < STEP_BYTES ? size - at : STEP_BYTES;
        if (file_read_at(fd, "", bytes, n, at, &ignored) < 0)
            break;
    }
    arena_reset(arena);
}

static void warm_file(void *data, int item, int thread) {
    const struct warming *warming = data;
    uint64_t size;
    int fd = warming->source->file(warming->state, item, &size);
    if (!is_cached(fd, size))
        read_through(fd, size, &warming->arenas[thread]);
}

/* How many there are; adds up their bytes. */
static int count_files(const struct source *source, const void *state, uint64_t *bytes) {
    uint64_t size;
    int n = 0;
    for (*bytes = 0; source->file(state, n, &size) >= 0; n++)
        *bytes += size;
    return n;
}

void warm_files(const struct source *source, const void *state, uint64_t most, struct pool *pool) {
    uint64_t bytes;
    if (!source->file)
        return;
    int n = count_files(source, state, &bytes);
    if (bytes > most)
        return;
    struct warming warming = {source, state, arenas_open(pool)};
    parallel_for(pool, n, warm_file, &warming);
    arenas_close(warming.arenas, pool);
}

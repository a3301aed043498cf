#include "sources/warming.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/memory.h"

#include <stdlib.h>

enum {
    PART_BYTES = 1 << 20, // read at a time
    PARTS = 32,           // in one parallel loop: so often it is told how far it is
    PROBES = 16,          // places of a file that stand for the others
};

struct part {
    int fd;
    uint64_t at;
    size_t n;
};

/* A file that no cache holds. */
struct cold_file {
    int fd;
    uint64_t size;
};

struct warming {
    struct cold_file *files; // (n_files)
    int n_files;
    uint64_t bytes, done; // of them all
    /* what is read next: at this place of this file; and what is read now, (n_parts) */
    int file;
    uint64_t at;
    struct part parts[PARTS];
    int n_parts;
    struct arena *arenas; // (threads)
};

/* --- which files --- */

static bool is_cached(int fd, uint64_t size) {
    for (uint64_t i = 0; i < PROBES; i++)
        if (!file_is_cached_at(fd, size / PROBES * i))
            return false;
    return true;
}

/* How many there are; adds up their bytes. */
static int count_files(const struct source *source, const void *state, uint64_t *bytes) {
    uint64_t size;
    int n = 0;
    for (*bytes = 0; source->file(state, n, &size) >= 0; n++)
        *bytes += size;
    return n;
}

static void find_cold(struct warming *warming, const struct source *source, const void *state,
                      int n) {
    warming->files = must_calloc((size_t)n, sizeof *warming->files);
    for (int i = 0; i < n && !interrupted(); i++) {
        struct cold_file file;
        file.fd = source->file(state, i, &file.size);
        if (is_cached(file.fd, file.size))
            continue;
        warming->files[warming->n_files++] = file;
        warming->bytes += file.size;
    }
}

/* --- reading --- */

static void cut_parts(struct warming *warming) {
    for (warming->n_parts = 0; warming->n_parts < PARTS && warming->file < warming->n_files;) {
        const struct cold_file *file = &warming->files[warming->file];
        uint64_t left = file->size - warming->at;
        size_t n = left < PART_BYTES ? left : PART_BYTES;
        warming->parts[warming->n_parts++] = (struct part){file->fd, warming->at, n};
        warming->at += n;
        if (n == left) {
            warming->file++;
            warming->at = 0;
        }
    }
}

/* What is read is not looked at: it stays in the system's cache. */
static void read_part(void *data, int item, int thread) {
    const struct warming *warming = data;
    const struct part *part = &warming->parts[item];
    struct arena *arena = &warming->arenas[thread];
    struct err ignored;
    if (!interrupted())
        file_read_at(part->fd, "", arena_take(arena, part->n), part->n, part->at, &ignored);
    arena_reset(arena);
}

static void read_through(struct warming *warming, struct pool *pool, const struct watch *watch) {
    for (cut_parts(warming); warming->n_parts > 0 && !interrupted(); cut_parts(warming)) {
        watch_tell(watch, (struct progress){"reading", "B", warming->done, warming->bytes});
        parallel_for(pool, warming->n_parts, read_part, warming);
        for (int i = 0; i < warming->n_parts; i++)
            warming->done += warming->parts[i].n;
    }
}

int warm_files(const struct source *source, const void *state, uint64_t most, struct pool *pool,
               const struct watch *watch, struct err *err) {
    uint64_t bytes;
    int n = source->file ? count_files(source, state, &bytes) : 0;
    if (n == 0 || bytes > most)
        return 0;
    struct warming warming = {.arenas = arenas_open(pool)};
    find_cold(&warming, source, state, n);
    read_through(&warming, pool, watch);
    arenas_close(warming.arenas, pool);
    free(warming.files);
    return interrupt_check(err);
}

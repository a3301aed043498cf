#include "sources/warming.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/memory.h"

#include <stdatomic.h>
#include <stdlib.h>

enum {
    STEP_BYTES = 1 << 20,    // read at a time
    STRETCH_BYTES = 1 << 23, // by a reader in one parallel loop: so often it is told how far it is
    PROBES = 16,             // places of a file that stand for the others
};

/* A file that no cache holds. */
struct cold_file {
    int fd;
    uint64_t size;
};

/* Reads one file after another, each in order and alone: so that the system reads ahead of it. */
struct reader {
    const struct cold_file *file; // NULL: none yet
    uint64_t at;
    uint64_t read; // bytes of the last stretch
};

struct warming {
    struct cold_file *files; // (n_files)
    int n_files;
    uint64_t bytes, done;   // of them all
    atomic_int next;        // file that no reader has
    struct reader *readers; // (threads)
    struct arena *arenas;   // (threads)
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

/* Whether there is something left to read. */
static bool find_file(struct warming *warming, struct reader *reader) {
    while (!reader->file || reader->at == reader->file->size) {
        int next = atomic_fetch_add(&warming->next, 1);
        if (next >= warming->n_files)
            return false;
        *reader = (struct reader){&warming->files[next], 0, reader->read};
    }
    return true;
}

/* What is read is not looked at: it stays in the system's cache. */
static void read_stretch(void *data, int item, int thread) {
    struct warming *warming = data;
    struct reader *reader = &warming->readers[item];
    uint8_t *bytes = arena_take(&warming->arenas[thread], STEP_BYTES);
    struct err ignored;
    reader->read = 0;
    while (reader->read < STRETCH_BYTES && !interrupted() && find_file(warming, reader)) {
        uint64_t left = reader->file->size - reader->at;
        size_t n = left < STEP_BYTES ? left : STEP_BYTES;
        file_read_at(reader->file->fd, "", bytes, n, reader->at, &ignored);
        reader->at += n;
        reader->read += n;
    }
    arena_reset(&warming->arenas[thread]);
}

static void read_through(struct warming *warming, struct pool *pool, const struct watch *watch) {
    int n = pool_threads(pool);
    warming->readers = must_calloc((size_t)n, sizeof *warming->readers);
    while (warming->done < warming->bytes && !interrupted()) {
        watch_tell(watch, (struct progress){"reading", "B", warming->done, warming->bytes});
        parallel_for(pool, n, read_stretch, warming);
        for (int i = 0; i < n; i++)
            warming->done += warming->readers[i].read;
    }
    free(warming->readers);
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

#include "base/arena.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64, FIRST_CHUNK = 1 << 16 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t size, used; // bytes of data
    uint8_t *data;     // aligned to ALIGN
};

static struct arena_chunk *chunk_new(size_t size) {
    struct arena_chunk *chunk = must_calloc(1, sizeof *chunk);
    chunk->data = must_alloc_aligned(size);
    chunk->size = size;
    return chunk;
}

static void chunk_free(struct arena_chunk *chunk) {
    free(chunk->data);
    free(chunk);
}

void *arena_take(struct arena *arena, size_t size) {
    if (size > SIZE_MAX / 4)
        die_of_memory(size);
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    struct arena_chunk *chunk = arena->chunks;
    if (!chunk || chunk->size - chunk->used < size) {
        size_t want = chunk ? chunk->size * 2 : FIRST_CHUNK;
        chunk = chunk_new(want > size ? want : size);
        chunk->next = arena->chunks;
        arena->chunks = chunk;
    }
    void *piece = chunk->data + chunk->used;
    chunk->used += size;
    arena->used += size;
    return piece;
}

void *arena_take_zeroed(struct arena *arena, size_t size) {
    return memset(arena_take(arena, size), 0, size);
}

void arena_reset(struct arena *arena) {
    struct arena_chunk *chunk = arena->chunks;
    size_t peak = arena->used;
    arena->used = 0;
    if (!chunk)
        return;
    if (!chunk->next) {
        chunk->used = 0;
        return;
    }
    /* Several chunks: the next sample like this one shall fit into a single one. */
    arena_close(arena);
    arena->chunks = chunk_new(peak);
}

void arena_close(struct arena *arena) {
    while (arena->chunks) {
        struct arena_chunk *next = arena->chunks->next;
        chunk_free(arena->chunks);
        arena->chunks = next;
    }
}

/* The arena of base/arena.h, each piece an allocation of its own and just as long as was asked for:
 * so AddressSanitizer sees a step beyond any piece. */
#include "base/arena.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64 };

struct arena_chunk {
    struct arena_chunk *next;
    void *piece;
};

void *arena_take(struct arena *arena, size_t size) {
    struct arena_chunk *chunk = must_calloc(1, sizeof *chunk);
    if (posix_memalign(&chunk->piece, ALIGN, size) != 0)
        die_of_memory(size);
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    arena->used += size;
    return chunk->piece;
}

void *arena_take_zeroed(struct arena *arena, size_t size) {
    return memset(arena_take(arena, size), 0, size);
}

void arena_reset(struct arena *arena) {
    while (arena->chunks) {
        struct arena_chunk *next = arena->chunks->next;
        free(arena->chunks->piece);
        free(arena->chunks);
        arena->chunks = next;
    }
    arena->used = 0;
}

void arena_close(struct arena *arena) {
    arena_reset(arena);
}

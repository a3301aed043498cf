/* Arena: scratch memory of one thread, taken piece by piece and given back all at once. What a
 * sample needed once stays for the next, so that pages are touched for the first time only once. */
#ifndef MIXSMITH_ARENA_H
#define MIXSMITH_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; // newest first
    size_t used;                // bytes handed out since the last reset
};

/* size bytes aligned to 64, not cleared; valid until the next reset. Dies where memory ends. */
void *arena_take(struct arena *arena, size_t size);

/* The same, zeroed. */
void *arena_take_zeroed(struct arena *arena, size_t size);

/* Gives back every piece; keeps the memory for what comes next. */
void arena_reset(struct arena *arena);

void arena_close(struct arena *arena);

#endif

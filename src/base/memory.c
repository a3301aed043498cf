#include "base/memory.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CACHE_LINE = 64, FIRST_ROOM = 64 };

void die_of_memory(size_t bytes) {
    char line[96], need[48] = "";
    if (bytes > 0)
        snprintf(need, sizeof need, ": %zu bytes more are needed", bytes);
    int n = snprintf(line, sizeof line, "mixsmith: out of memory%s\n", need);
    ssize_t ignored = write(STDERR_FILENO, line, (size_t)n);
    (void)ignored;
    _exit(1);
}

void memory_keep(void) {
    mallopt(M_MMAP_THRESHOLD, 4 << 20); // larger pieces come and go on their own
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
}

void *must_calloc(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory)
        die_of_memory(count * size);
    return memory;
}

void *must_alloc_aligned(size_t bytes) {
    size_t whole = (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    void *memory = aligned_alloc(CACHE_LINE, whole);
    if (!memory)
        die_of_memory(bytes);
    return memory;
}

void *must_realloc(void *memory, size_t bytes) {
    void *grown = realloc(memory, bytes ? bytes : 1);
    if (!grown)
        die_of_memory(bytes);
    return grown;
}

void *must_grow(void *array, size_t n, size_t *room, size_t size) {
    if (n < *room)
        return array;
    *room = *room ? *room * 2 : FIRST_ROOM;
    return must_realloc(array, *room * size);
}

char *must_strdup(const char *text) {
    return must_strndup(text, strlen(text));
}

char *must_strndup(const char *text, size_t n) {
    char *copy = must_calloc(n + 1, 1);
    return memcpy(copy, text, n);
}

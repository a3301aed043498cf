/* Memory: allocation that cannot fail, because where memory ends the process does. */
#ifndef MIXSMITH_MEMORY_H
#define MIXSMITH_MEMORY_H

#include <stddef.h>

/* Out of memory (bytes: how many were wanted, 0 if unknown): one line on stderr and exit status 1.
 * Nothing else below commands/ prints or ends the process. */
void die_of_memory(size_t bytes) __attribute__((noreturn)); // which cppcheck sees, unlike _Noreturn

/* Before anything else: what is freed, up to some 64 MiB, is kept for what comes next. To give it
 * to the system and to ask anew costs page faults, and interrupts of all threads. */
void memory_keep(void);

/* --- each gives memory that is the caller's to free, and never NULL --- */

/* Zeroed; count 0 gives a valid pointer. */
void *must_calloc(size_t count, size_t size);

/* Memory that begins on a cache line, as all lines do at a multiple of 64, not cleared: who uses a
 * page first brings it in. Any number of bytes. */
void *must_alloc_aligned(size_t bytes);

void *must_realloc(void *memory, size_t bytes);

/* The array with room for one element more than its n, of `size` bytes each; *room: how many there
 * is room for, at first 0 with NULL, doubled as it fills. */
void *must_grow(void *array, size_t n, size_t *room, size_t size);

char *must_strdup(const char *text);

/* The first n bytes of text, which has no fewer, as a string. */
char *must_strndup(const char *text, size_t n);

#endif

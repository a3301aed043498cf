/* Errors: a fallible function returns 0, or -1 after it has said what failed, on what, and by how
 * much. Only main.c and commands/ print. */
#ifndef MIXSMITH_FAIL_H
#define MIXSMITH_FAIL_H

#include <stddef.h>

enum { ERR_TEXT = 5120 }; // bytes: a path of the greatest length and what is wrong with it

struct err {
    char text[ERR_TEXT]; // one line, printable whatever the names in it hold
};

/* Fills err (the last word wins) and returns -1, so that callers write `return fail(err, ...)`.
 * Control bytes and bytes that are not UTF-8 are written as \xNN. */
int fail(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#ifdef __clang_analyzer__
#define fail(...) (fail(__VA_ARGS__), -1) // which it cannot see from outside fail.c
#endif

/* Out of memory (bytes: how many were wanted, 0 if unknown): one line on stderr and exit status 1.
 * The only way out besides main. */
_Noreturn void die_of_memory(size_t bytes);

/* malloc of zeroed memory that cannot fail (it dies instead). count 0 gives a valid pointer. */
void *must_calloc(size_t count, size_t size);
/* Zeroed memory that begins on a cache line. */
void *must_align(size_t bytes);
void *must_realloc(void *memory, size_t bytes);
char *must_strdup(const char *text);

/* Copies text to out (size bytes), control bytes and non-UTF-8 bytes as \xNN, cut to fit.
 * Backslashes stay as they are: this is for people's eyes. */
void printable(char *out, size_t size, const char *text);

#endif

/* Errors: a fallible function returns 0, or -1 after it has said what failed, on what, and by how
 * much. Only main.c and commands/ print. */
#ifndef MIXSMITH_FAIL_H
#define MIXSMITH_FAIL_H

#include <stdbool.h>
#include <stddef.h>

enum { ERR_TEXT = 5120 }; // bytes: a path of the greatest length and what is wrong with it

struct err {
    char text[ERR_TEXT]; // one line, printable whatever the names in it hold
    bool reader_gone;    // the other end of a pipe that was written to is closed
    bool usage;          // not the work failed: what the command line asks for cannot be
};

/* Fills err (the last word wins) and returns -1, so that callers write `return fail(err, ...)`.
 * What is not printable is written as \xNN. */
int fail(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for what only the input shows to be wrong with the command line. */
int misuse(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#ifdef __clang_analyzer__
#define fail(...)   (fail(__VA_ARGS__), -1) // which it cannot see from outside fail.c
#define misuse(...) (misuse(__VA_ARGS__), -1)
#endif

/* Copies text to out (size bytes), cut to fit; what could steer a terminal or deceive the eye as
 * \xNN, byte by byte: controls, hidden characters (utf8.h), bytes that are not UTF-8. Backslashes
 * stay as they are: this is for people's eyes. */
void printable(char *out, size_t size, const char *text);

#endif

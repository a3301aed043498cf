/* A growing string of bytes, for manifest rows and lists. Dies where memory ends.
 *
 * text_… appends and makes room itself. Where many small pieces follow each other, room is made
 * once with text_room and put_… writes the pieces one behind the other. */
#ifndef MIXSMITH_TEXT_H
#define MIXSMITH_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text {
    char *bytes; // not terminated; owned
    size_t used, size;
};

void text_grow(struct text *text, size_t more); // for text_room

/* Room for `more` bytes at the end; returns where they go. The caller adds to `used`. */
static inline char *text_room(struct text *text, size_t more) {
    if (text->size - text->used < more)
        text_grow(text, more);
    return text->bytes + text->used;
}

static inline void text_bytes(struct text *text, const void *bytes, size_t n) {
    if (n == 0)
        return;
    memcpy(text_room(text, n), bytes, n);
    text->used += n;
}

/* Compilers measure and copy what stands in quotes. */
static inline void text_string(struct text *text, const char *string) {
    text_bytes(text, string, strlen(string));
}

void text_unsigned(struct text *text, uint64_t value);

/* As printf does; at most 4095 bytes a call. */
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A finite number in as few digits as read back as the same double. */
void text_number(struct text *text, double number);

/* Ends the string with a zero byte that does not count; returns it. */
const char *text_terminate(struct text *text);

/* The same, for good: the string is the caller's to free. */
char *text_finish(struct text *text);

void text_close(struct text *text);

enum { UNSIGNED_TEXT_MAX = 20 }; // bytes

/* Write at `at`, where there is room; return the place behind. */
char *put_unsigned(char *at, uint64_t value);

/* The last n digits of a number, with zeros in front; writes n bytes. */
void put_digits(char *at, uint64_t number, int n);

static inline char *put_bytes(char *at, const void *bytes, size_t n) {
    memcpy(at, bytes, n);
    return at + n;
}

static inline char *put_string(char *at, const char *string) {
    return put_bytes(at, string, strlen(string));
}

#endif

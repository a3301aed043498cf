/* A growing string of bytes, for manifest rows and lists. Dies where memory ends. */
#ifndef MIXSMITH_TEXT_H
#define MIXSMITH_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct text {
    char *bytes; // not terminated; owned
    size_t used, size;
};

/* Room for `more` bytes at the end; returns where they go. The caller adds to `used`. */
char *text_room(struct text *text, size_t more);

void text_bytes(struct text *text, const void *bytes, size_t n);
void text_string(struct text *text, const char *string);
void text_unsigned(struct text *text, uint64_t value);

void text_close(struct text *text);

#endif

#include "base/text.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

char *text_room(struct text *text, size_t more) {
    if (text->size - text->used < more) {
        size_t want = text->size * 2 > text->used + more ? text->size * 2 : text->used + more;
        text->bytes = must_realloc(text->bytes, want);
        text->size = want;
    }
    return text->bytes + text->used;
}

void text_bytes(struct text *text, const void *bytes, size_t n) {
    if (n == 0)
        return;
    memcpy(text_room(text, n), bytes, n);
    text->used += n;
}

void text_string(struct text *text, const char *string) {
    text_bytes(text, string, strlen(string));
}

void text_unsigned(struct text *text, uint64_t value) {
    char *at = text_room(text, UNSIGNED_TEXT_MAX);
    text->used += (size_t)(put_unsigned(at, value) - at);
}

const char *text_terminate(struct text *text) {
    *text_room(text, 1) = 0;
    return text->bytes;
}

char *text_finish(struct text *text) {
    text_terminate(text);
    return text->bytes;
}

void text_close(struct text *text) {
    free(text->bytes);
    *text = (struct text){0};
}

void text_format(struct text *text, const char *format, ...) {
    enum { ROOM = 4096 };
    char *at = text_room(text, ROOM);
    va_list args;
    va_start(args, format);
    int n = vsnprintf(at, ROOM, format, args);
    va_end(args);
    text->used += n < ROOM ? (size_t)n : ROOM - 1;
}

void text_number(struct text *text, double number) {
    char digits[32];
    snprintf(digits, sizeof digits, "%.15g", number);
    if (strtod(digits, NULL) != number)
        snprintf(digits, sizeof digits, "%.17g", number);
    text_string(text, digits);
}

static const char TWO_DIGITS[] = "00010203040506070809101112131415161718192021222324"
                                 "25262728293031323334353637383940414243444546474849"
                                 "50515253545556575859606162636465666768697071727374"
                                 "75767778798081828384858687888990919293949596979899";

void put_digits(char *at, uint64_t number, int n) {
    for (; n >= 2; n -= 2, number /= 100)
        memcpy(at + n - 2, TWO_DIGITS + 2 * (number % 100), 2);
    if (n > 0)
        *at = (char)('0' + number % 10);
}

char *put_unsigned(char *at, uint64_t value) {
    int n = 1;
    for (uint64_t power = 10; n < UNSIGNED_TEXT_MAX && value >= power; power *= 10)
        n++;
    put_digits(at, value, n);
    return at + n;
}

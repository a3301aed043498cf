#include "base/text.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void text_grow(struct text *text, size_t more) {
    size_t want = text->size * 2 > text->used + more ? text->size * 2 : text->used + more;
    text->bytes = must_realloc(text->bytes, want);
    text->size = want;
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

static const uint64_t POWER_OF_TEN[UNSIGNED_TEXT_MAX] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

/* Of a positive number. 1233 / 2^12 is log₁₀ 2, so that n digits are too few or just enough
 * (Warren, Hacker's Delight, 11-4). */
static int count_digits(uint64_t value) {
    int bits = 64 - __builtin_clzll(value), n = bits * 1233 >> 12;
    return n + (value >= POWER_OF_TEN[n]);
}

char *put_unsigned(char *at, uint64_t value) {
    if (value < 10) { // most classes, and what stands before the point of a share
        *at = (char)('0' + value);
        return at + 1;
    }
    int n = count_digits(value);
    put_digits(at, value, n);
    return at + n;
}

#include "base/text.h"

#include "base/fail.h"

#include <stdlib.h>
#include <string.h>

char *text_room(struct text *text, size_t more) {
    if (text->size - text->used < more) {
        size_t want = text->size * 2 > text->used + more ? text->size * 2 : text->used + more;
        text->bytes = must_realloc(text->bytes, want);
        text->size = want;
    }
    return text->bytes + text->used;
}

void text_bytes(struct text *text, const void *bytes, size_t n) {
    memcpy(text_room(text, n), bytes, n);
    text->used += n;
}

void text_string(struct text *text, const char *string) {
    text_bytes(text, string, strlen(string));
}

void text_unsigned(struct text *text, uint64_t value) {
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    text_bytes(text, digits + at, sizeof digits - at);
}

void text_close(struct text *text) {
    free(text->bytes);
    *text = (struct text){0};
}

#include "base/fail.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { CODE = 4 }; // bytes of \xNN

static bool is_plain(const char *text) {
    uint32_t character;
    utf8_next(text, &character);
    return utf8_length(text) > 0 && !utf8_is_control(text) && !utf8_is_hidden(character);
}

/* No character is cut in two. */
void printable(char *out, size_t size, const char *text) {
    size_t used = 0;
    for (size_t length; *text; text += length) {
        bool plain = is_plain(text);
        length = utf8_length(text) > 0 ? (size_t)utf8_length(text) : 1;
        if (used + (plain ? length : CODE * length) >= size)
            break;
        for (size_t i = 0; i < length; i++)
            used +=
                (size_t)snprintf(out + used, CODE + 1, plain ? "%c" : "\\x%02x", (uint8_t)text[i]);
    }
    out[used] = 0;
}

static void say(struct err *err, const char *format, va_list args) {
    char raw[ERR_TEXT];
    vsnprintf(raw, sizeof raw, format, args);
    printable(err->text, sizeof err->text, raw);
    err->reader_gone = err->usage = false;
}

int(fail)(struct err *err, const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(err, format, args);
    va_end(args);
    return -1;
}

int(misuse)(struct err *err, const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(err, format, args);
    va_end(args);
    err->usage = true;
    return -1;
}

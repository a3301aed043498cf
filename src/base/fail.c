#include "base/fail.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void printable(char *out, size_t size, const char *text) {
    size_t used = 0;
    while (*text) {
        int length = utf8_length(text);
        bool plain = length > 0 && !utf8_is_control(text);
        size_t need = plain ? (size_t)length : 4;
        if (used + need + 1 > size)
            break;
        if (plain)
            memcpy(out + used, text, need);
        else
            snprintf(out + used, 5, "\\x%02x", (unsigned)(uint8_t)*text);
        used += need;
        text += plain ? length : 1;
    }
    out[used] = 0;
}

int(fail)(struct err *err, const char *format, ...) {
    char raw[ERR_TEXT];
    va_list args;
    va_start(args, format);
    vsnprintf(raw, sizeof raw, format, args);
    va_end(args);
    printable(err->text, sizeof err->text, raw);
    err->reader_gone = false;
    return -1;
}

#include "base/names.h"

#include "base/text.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

static bool looks_escaped(const char *text) {
    return text[0] == '%' && isxdigit((unsigned char)text[1]) && isxdigit((unsigned char)text[2]);
}

static void escape_byte(struct text *out, char byte) {
    static const char hex[] = "0123456789ABCDEF";
    char code[] = {'%', hex[(uint8_t)byte >> 4], hex[(uint8_t)byte & 15]};
    text_bytes(out, code, sizeof code);
}

static char *escape(const char *raw, const char *forbidden) {
    struct text out = {0};
    bool folder = forbidden[0] != 0;
    if (folder && (raw[0] == '.' || raw[0] == 0)) {
        escape_byte(&out, raw[0]);
        raw += raw[0] != 0;
    }
    while (*raw) {
        int length = utf8_length(raw);
        if (length == 0 || utf8_is_control(raw) || looks_escaped(raw) || strchr(forbidden, *raw)) {
            escape_byte(&out, *raw++);
            continue;
        }
        text_bytes(&out, raw, (size_t)length);
        raw += length;
    }
    text_terminate(&out);
    return out.bytes;
}

char *escape_path(const char *path) {
    return escape(path, "");
}

char *escape_folder(const char *name) {
    return escape(name, "/");
}

bool name_needs_escape(const char *path) {
    for (int length; *path; path += length) {
        length = utf8_length(path);
        if (length == 0 || utf8_is_control(path) || looks_escaped(path))
            return true;
    }
    return false;
}

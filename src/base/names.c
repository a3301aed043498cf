#include "base/names.h"

#include "base/text.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool looks_escaped(const char *text) {
    return text[0] == '%' && isxdigit((unsigned char)text[1]) && isxdigit((unsigned char)text[2]);
}

static void escape_byte(struct text *out, char byte) {
    static const char hex[] = "0123456789ABCDEF";
    char code[] = {'%', hex[(uint8_t)byte >> 4], hex[(uint8_t)byte & 15]};
    text_bytes(out, code, sizeof code);
}

/* Folders that readers pass over, without a word: hidden ones, and those like __pycache__. */
static bool is_passed_over(const char *name) {
    return name[0] == 0 || name[0] == '.' || strncmp(name, "__", 2) == 0;
}

static char *escape(const char *raw, const char *forbidden) {
    struct text out = {0};
    bool folder = forbidden[0] != 0;
    if (folder && is_passed_over(raw)) {
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
    return text_finish(&out);
}

char *escape_path(const char *path) {
    return escape(path, "");
}

char *escape_folder(const char *name) {
    return escape(name, "/");
}

static int hex_value(char digit) {
    return isdigit((unsigned char)digit) ? digit - '0' : toupper((unsigned char)digit) - 'A' + 10;
}

/* The bytes that a written name stands for. */
static char *unescape(const char *written) {
    struct text out = {0};
    for (; *written; written++) {
        bool code = looks_escaped(written);
        char byte = code ? (char)(hex_value(written[1]) << 4 | hex_value(written[2])) : *written;
        text_bytes(&out, &byte, 1);
        written += code ? 2 : 0;
    }
    return text_finish(&out);
}

char *escape_listed(const char *name) {
    char *bytes = unescape(name), *written = escape_folder(bytes);
    free(bytes);
    if (strcmp(written, name) == 0)
        return written;
    free(written);
    return escape_folder(name);
}

bool name_needs_escape(const char *path) {
    for (int length; *path; path += length) {
        length = utf8_length(path);
        if (length == 0 || utf8_is_control(path) || looks_escaped(path))
            return true;
    }
    return false;
}

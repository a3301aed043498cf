#include "formats/json_row.h"

#include "base/utf8.h"

#include <stdint.h>

static void json_character(struct text *text, const char *character, int length) {
    uint8_t byte = (uint8_t)*character;
    if (length == 0)
        text_string(text, "\\ufffd");
    else if (byte == '"' || byte == '\\')
        text_bytes(text, (char[]){'\\', (char)byte}, 2);
    else if (byte < 0x20 || byte == 0x7f)
        text_format(text, "\\u%04x", byte);
    else
        text_bytes(text, character, (size_t)length);
}

/* Bytes at the start that need no escape: printable ASCII without quote and backslash. */
static size_t plain_length(const char *string) {
    size_t n = 0;
    while (string[n] >= 0x20 && string[n] < 0x7f && string[n] != '"' && string[n] != '\\')
        n++;
    return n;
}

void json_string(struct text *text, const char *string) {
    text_string(text, "\"");
    for (;;) {
        size_t plain = plain_length(string);
        text_bytes(text, string, plain);
        string += plain;
        if (!*string)
            break;
        int length = utf8_length(string);
        json_character(text, string, length);
        string += length ? length : 1;
    }
    text_string(text, "\"");
}

#include "formats/html.h"

#include "base/utf8.h"

static const char *entity(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void html_escape(struct text *text, const char *string) {
    uint32_t character;
    for (int length; (length = utf8_next(string, &character)) > 0; string += length) {
        bool steers = utf8_is_control(string) || utf8_is_directional(character);
        if (steers || utf8_length(string) == 0)
            text_string(text, "\xef\xbf\xbd");
        else if (entity(*string))
            text_string(text, entity(*string));
        else
            text_bytes(text, string, (size_t)length);
    }
}

static void base64(struct text *text, const uint8_t *bytes, size_t n) {
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *at = text_room(text, (n + 2) / 3 * 4);
    text->used += (n + 2) / 3 * 4;
    for (size_t i = 0; i < n; i += 3) {
        unsigned second = i + 1 < n ? bytes[i + 1] : 0, third = i + 2 < n ? bytes[i + 2] : 0;
        unsigned group = (unsigned)bytes[i] << 16 | second << 8 | third;
        *at++ = digit[group >> 18];
        *at++ = digit[group >> 12 & 63];
        *at++ = i + 1 < n ? digit[group >> 6 & 63] : '=';
        *at++ = i + 2 < n ? digit[group & 63] : '=';
    }
}

void html_data(struct text *text, const char *type, const uint8_t *bytes, size_t n) {
    text_format(text, "data:%s;base64,", type);
    base64(text, bytes, n);
}

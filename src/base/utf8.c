#include "base/utf8.h"

#include <stdint.h>

int utf8_length(const char *text) {
    const uint8_t *s = (const uint8_t *)text;
    if (s[0] == 0)
        return 0;
    if (s[0] < 0x80)
        return 1;
    int length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 0;
    /* The second byte excludes overlong forms, surrogates and what lies above U+10FFFF. */
    uint8_t low = s[0] == 0xe0 ? 0xa0 : s[0] == 0xf0 ? 0x90 : 0x80;
    uint8_t high = s[0] == 0xed ? 0x9f : s[0] == 0xf4 ? 0x8f : 0xbf;
    if (s[1] < low || s[1] > high)
        return 0;
    for (int i = 2; i < length; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

bool utf8_is_control(const char *text) {
    uint8_t first = (uint8_t)text[0], second = (uint8_t)text[1];
    return first < 0x20 || first == 0x7f || (first == 0xc2 && second < 0xa0);
}

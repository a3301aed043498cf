#include "base/utf8.h"

#include <stddef.h>

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

int utf8_next(const char *text, uint32_t *character) {
    static const uint8_t first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    int length = utf8_length(text);
    *character = 0xfffd;
    if (length == 0)
        return text[0] != 0;
    *character = (uint8_t)text[0] & first_bits[length];
    for (int i = 1; i < length; i++)
        *character = *character << 6 | ((uint8_t)text[i] & 0x3f);
    return length;
}

/* First and last of a range of characters. */
struct range {
    uint32_t first, last;
};

static bool is_among(uint32_t character, const struct range *ranges, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    return false;
}

#define IS_AMONG(character, ranges) is_among(character, ranges, sizeof(ranges) / sizeof *(ranges))

/* Unicode 15: Bidi_Control, and the separators of lines and paragraphs. */
bool utf8_is_directional(uint32_t character) {
    static const struct range directional[] = {
        {0x61c, 0x61c}, {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2066, 0x2069}};
    return IS_AMONG(character, directional);
}

/* Of Default_Ignorable_Code_Point those that take no room, and the marks of annotations. */
bool utf8_is_hidden(uint32_t character) {
    static const struct range hidden[] = {{0xad, 0xad},     {0x34f, 0x34f},    {0x180e, 0x180e},
                                          {0x200b, 0x200d}, {0x2060, 0x206f},  {0xfeff, 0xfeff},
                                          {0xfff0, 0xfffb}, {0xe0000, 0xe00ff}};
    return utf8_is_directional(character) || IS_AMONG(character, hidden);
}

bool utf8_is_invisible(uint32_t character) {
    static const struct range selectors[] = {
        {0x180b, 0x180f}, {0xfe00, 0xfe0f}, {0xe0100, 0xe0fff}};
    return utf8_is_hidden(character) || IS_AMONG(character, selectors);
}

/* Unicode 15: the marks of the scripts that use them most, and East_Asian_Width W and F by
 * block. */
int utf8_columns(uint32_t character) {
    static const struct range marks[] = {
        {0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x5bf, 0x5c7},    {0x610, 0x61a},
        {0x64b, 0x65f},   {0x670, 0x670},   {0x6d6, 0x6dc},   {0x93c, 0x93c},    {0x941, 0x948},
        {0x94d, 0x94d},   {0xe31, 0xe31},   {0xe34, 0xe3a},   {0xe47, 0xe4e},    {0x1ab0, 0x1aff},
        {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe20, 0xfe2f}, {0x1f3fb, 0x1f3ff}};
    static const struct range wide[] = {{0x1100, 0x115f},   {0x231a, 0x231b},   {0x2e80, 0x303e},
                                        {0x3041, 0xa4cf},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
                                        {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
                                        {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff},
                                        {0x20000, 0x3fffd}};
    if (utf8_is_invisible(character) || IS_AMONG(character, marks))
        return 0;
    return IS_AMONG(character, wide) ? 2 : 1;
}

int utf8_width(const char *text, size_t n) {
    const char *end = text + n;
    uint32_t character;
    int width = 0;
    for (int length; text < end && (length = utf8_next(text, &character)) > 0; text += length)
        width += utf8_columns(character);
    return width;
}

#include "base/columns.h"

#include "base/utf8.h"

#include <string.h>

int columns_of(const char *string) {
    return utf8_width(string, strlen(string));
}

/* Bytes of the longest beginning that takes at most so many columns. */
static size_t beginning(const char *string, int columns) {
    size_t n = 0;
    for (uint32_t character; string[n];) {
        int length = utf8_next(string + n, &character);
        columns -= utf8_columns(character);
        if (columns < 0)
            break;
        n += (size_t)length;
    }
    return n;
}

/* A character goes with the marks that are set upon it. */
const char *columns_ending(const char *string, int columns) {
    uint32_t character;
    while (columns_of(string) > columns)
        string += utf8_next(string, &character);
    for (int length; (length = utf8_next(string, &character)) && utf8_columns(character) == 0;)
        string += length;
    return string;
}

/* Two thirds of the letters that are kept are from the beginning. */
void text_in_columns(struct text *text, const char *string, int columns) {
    int tail = columns / 3;
    if (columns_of(string) <= columns) {
        text_string(text, string);
        return;
    }
    text_format(text, "%.*s…%s", (int)beginning(string, columns - 1 - tail), string,
                columns_ending(string, tail));
}

#include "commands/scan/scan_lines.h"

#include "base/fail.h"
#include "base/utf8.h"

enum { BAR = 20 }; // characters

static int count_columns(const char *text) {
    int columns = 0;
    for (uint32_t character; *text;) {
        text += utf8_next(text, &character);
        columns += utf8_columns(character);
    }
    return columns;
}

/* Bytes of the longest beginning that takes at most so many columns. */
static size_t beginning(const char *text, int columns) {
    size_t n = 0;
    for (uint32_t character; text[n];) {
        int length = utf8_next(text + n, &character);
        columns -= utf8_columns(character);
        if (columns < 0)
            break;
        n += (size_t)length;
    }
    return n;
}

/* Where the longest end begins that takes at most so many columns. */
static const char *ending(const char *text, int columns) {
    uint32_t character;
    while (count_columns(text) > columns)
        text += utf8_next(text, &character);
    for (int length; (length = utf8_next(text, &character)) && utf8_columns(character) == 0;)
        text += length;
    return text;
}

/* Two thirds of the columns from the beginning, an ellipsis, the rest from the end. Returns how
 * many columns it takes. */
static int shorten(struct text *text, const char *name, int width) {
    int tail = width / 3;
    size_t head = beginning(name, width - 1 - tail);
    const char *end = ending(name, tail);
    size_t from = text->used;
    text_format(text, "%.*s\u2026%s", (int)head, name, end);
    return count_columns(text_terminate(text) + from);
}

int line_name_columns(const char *name) {
    char shown[ERR_TEXT];
    printable(shown, sizeof shown, name);
    return count_columns(shown);
}

void line_name(struct text *text, const char *name) {
    char shown[ERR_TEXT];
    printable(shown, sizeof shown, name);
    text_string(text, shown);
}

void line_name_in(struct text *text, const char *name, int width) {
    char shown[ERR_TEXT];
    printable(shown, sizeof shown, name);
    int columns = count_columns(shown);
    if (columns > width)
        columns = shorten(text, shown, width);
    else
        text_string(text, shown);
    for (; columns < width; columns++)
        text_string(text, " ");
}

void line_end_with_bar(struct text *text, double n, double most) {
    int length = most > 0 ? (int)(n / most * BAR + 0.5) : 0;
    if (length == 0 && n > 0)
        length = 1;
    text_string(text, length > 0 ? "  " : "");
    for (int i = 0; i < length; i++)
        text_string(text, "#");
    text_string(text, "\n");
}

void line_count(struct text *text, uint64_t n, const char *what, bool *first) {
    if (n == 0)
        return;
    text_format(text, "%s%llu %s", *first ? "" : ", ", (unsigned long long)n, what);
    *first = false;
}

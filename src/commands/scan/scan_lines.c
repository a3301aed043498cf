#include "commands/scan/scan_lines.h"

#include "base/fail.h"

enum { BAR = 20 }; // characters

int line_columns(const char *text) {
    int columns = 0;
    for (; *text; text++)
        columns += ((unsigned char)*text & 0xc0) != 0x80;
    return columns;
}

void line_name(struct text *text, const char *name, int width) {
    char shown[ERR_TEXT];
    printable(shown, sizeof shown, name);
    text_string(text, shown);
    for (int column = line_columns(shown); column < width; column++)
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

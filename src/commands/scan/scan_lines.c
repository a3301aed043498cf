#include "commands/scan/scan_lines.h"

#include "base/fail.h"
#include "base/utf8.h"

#include <string.h>

enum { BAR = 20 }; // characters

void line_name(struct text *text, const char *name, int width) {
    char shown[ERR_TEXT];
    printable(shown, sizeof shown, name);
    text_string(text, shown);
    for (int column = utf8_width(shown, strlen(shown)); column < width; column++)
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

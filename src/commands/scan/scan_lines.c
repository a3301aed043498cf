#include "commands/scan/scan_lines.h"

#include "base/columns.h"
#include "base/fail.h"

enum { BAR = 20 }; // characters

int line_name_columns(const char *name) {
    char shown[ERR_TEXT];
    printable(shown, sizeof shown, name);
    return columns_of(shown);
}

void line_name(struct text *text, const char *name) {
    char shown[ERR_TEXT];
    printable(shown, sizeof shown, name);
    text_string(text, shown);
}

void line_name_in(struct text *text, const char *name, int width) {
    char shown[ERR_TEXT];
    struct text fitting = {0};
    printable(shown, sizeof shown, name);
    text_in_columns(&fitting, shown, width);
    text_string(text, text_terminate(&fitting));
    for (int column = columns_of(fitting.bytes); column < width; column++)
        text_string(text, " ");
    text_close(&fitting);
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

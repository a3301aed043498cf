#include "base/terminal.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS_USUAL = 80, COLUMNS_MOST = 10000 };

int terminal_columns(int fd) {
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    long n = 0;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0)
        n = size.ws_col;
    if (n <= 0 && columns)
        n = strtol(columns, NULL, 10);
    return n > 0 && n <= COLUMNS_MOST ? (int)n : COLUMNS_USUAL;
}

enum terminal_colours terminal_colours(int fd) {
    const char *no_colour = getenv("NO_COLOR"), *says = getenv("COLORTERM");
    if (no_colour && *no_colour)
        return COLOURS_NONE;
    bool all = says && (strcmp(says, "truecolor") == 0 || strcmp(says, "24bit") == 0);
    return all || isatty(fd) != 1 ? COLOURS_TRUE : COLOURS_256;
}

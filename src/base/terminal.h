/* Terminal: how wide it is and which colours it shows. */
#ifndef MIXSMITH_TERMINAL_H
#define MIXSMITH_TERMINAL_H

enum terminal_colours {
    COLOURS_NONE, // NO_COLOR (no-color.org): letters instead
    COLOURS_256,
    COLOURS_TRUE, // 24 bits
};

/* Columns of the terminal at fd, else of COLUMNS, else 80. */
int terminal_columns(int fd);

/* NO_COLOR forbids colours; else a terminal has 24 bits where COLORTERM says so and 256 colours
 * where it does not. What is no terminal is taken for a pager or a file: 24 bits. */
enum terminal_colours terminal_colours(int fd);

#endif

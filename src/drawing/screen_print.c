/* Screens as text: half blocks with the escape codes of ECMA-48, or ASCII characters. */
#include "drawing/screen.h"

#include <string.h>

/* Of xterm's 256 colours, the cube of 6 × 6 × 6 or the 24 greys: the nearest. */
static int cube_level(int value) {
    return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
}

static int distance(struct colour colour, int r, int g, int b) {
    return (colour.r - r) * (colour.r - r) + (colour.g - g) * (colour.g - g) +
           (colour.b - b) * (colour.b - b);
}

static int nearest_of_256(struct colour colour) {
    static const int level[] = {0, 95, 135, 175, 215, 255};
    int r = cube_level(colour.r), g = cube_level(colour.g), b = cube_level(colour.b);
    int grey = (colour.r + colour.g + colour.b) / 3;
    int step = grey < 8 ? 0 : grey > 238 ? 23 : (grey - 3) / 10;
    int tone = 8 + 10 * step;
    bool is_grey =
        distance(colour, tone, tone, tone) < distance(colour, level[r], level[g], level[b]);
    return is_grey ? 232 + step : 16 + 36 * r + 6 * g + b;
}

/* 38: of the letter; 48: behind it. */
static void print_colour(const struct screen *screen, int which, struct colour colour,
                         struct text *text) {
    if (screen->colours == COLOURS_TRUE)
        text_format(text, ";%d;2;%d;%d;%d", which, colour.r, colour.g, colour.b);
    else
        text_format(text, ";%d;5;%d", which, nearest_of_256(colour));
}

/* The upper half block: its upper pixel is the letter's colour, its lower one the background's. */
static void print_pixels(const struct screen *screen, const struct character_cell *cell,
                         struct text *codes, const char **letter) {
    bool upper = cell->is_set[0], both = upper && cell->is_set[1];
    print_colour(screen, 38, cell->pixel[!upper].colour, codes);
    if (both)
        print_colour(screen, 48, cell->pixel[1].colour, codes);
    *letter = upper ? "▀" : "▄";
}

static void print_style(const struct character_cell *cell, struct text *codes) {
    if (cell->style == STYLE_TITLE || cell->style == STYLE_STRONG)
        text_string(codes, ";1");
    if (cell->style == STYLE_FAINT || cell->style == STYLE_CODE)
        text_string(codes, ";2");
}

static int luminance(struct colour colour) {
    return (299 * colour.r + 587 * colour.g + 114 * colour.b + 500) / 1000;
}

/* Letters of the bars stand for themselves; the brighter a picture, the denser the character. */
static char plain_letter(const struct character_cell *cell) {
    static const char ramp[] = " .:-=+*#%@";
    int sum = 0, n = 0;
    for (int k = 0; k < 2; k++) {
        if (!cell->is_set[k])
            continue;
        if (cell->pixel[k].letter)
            return cell->pixel[k].letter;
        sum += luminance(cell->pixel[k].colour);
        n++;
    }
    return n == 0 ? ' ' : ramp[sum / n * (int)(sizeof ramp - 1) / 256];
}

static bool is_empty(const struct character_cell *cell) {
    return !cell->letters[0] && !cell->is_set[0] && !cell->is_set[1] && !cell->covered;
}

/* What a cell shows, and the codes before it. */
static void print_tile(const struct screen *screen, const struct character_cell *cell,
                       struct text *codes, struct text *shown) {
    char plain[] = {' ', 0};
    const char *letter = plain;
    bool pixels = !cell->letters[0] && (cell->is_set[0] || cell->is_set[1]);
    codes->used = shown->used = 0;
    if (cell->letters[0])
        letter = cell->letters;
    else if (screen->colours == COLOURS_NONE)
        plain[0] = plain_letter(cell);
    if (screen->colours != COLOURS_NONE && pixels)
        print_pixels(screen, cell, codes, &letter);
    else if (screen->colours != COLOURS_NONE)
        print_style(cell, codes);
    text_string(shown, letter);
}

/* Dark pixels that end a line without colours. */
static void trim(struct text *text, size_t from) {
    while (text->used > from && text->bytes[text->used - 1] == ' ')
        text->used--;
}

/* Codes are written where they change. */
static void print_line(const struct screen *screen, const struct character_cell *cells,
                       struct text *text) {
    struct text now = {0}, last = {0}, shown = {0};
    size_t from = text->used;
    int end = screen->w;
    while (end > 0 && is_empty(&cells[end - 1]))
        end--;
    for (int x = 0; x < end; x++) {
        if (cells[x].covered && !cells[x].letters[0])
            continue;
        print_tile(screen, &cells[x], &now, &shown);
        if (now.used != last.used || (now.used && memcmp(now.bytes, last.bytes, now.used) != 0))
            text_format(text, "\033[0%sm", text_terminate(&now));
        last.used = 0;
        text_bytes(&last, now.bytes ? now.bytes : "", now.used);
        text_bytes(text, shown.bytes, shown.used);
    }
    trim(text, from);
    text_string(text, last.used ? "\033[0m\n" : "\n");
    text_close(&now);
    text_close(&last);
    text_close(&shown);
}

void screen_print(const struct screen *screen, struct text *text) {
    for (int y = 0; y < screen->h; y += 2)
        print_line(screen, &screen->cells[(size_t)(y / 2) * (size_t)screen->w], text);
}

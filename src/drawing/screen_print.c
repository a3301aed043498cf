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
static void print_pixels(const struct screen *screen, const struct tile *tile, struct text *codes,
                         const char **letter) {
    bool upper = tile->is_set[0], both = upper && tile->is_set[1];
    print_colour(screen, 38, tile->pixel[!upper].colour, codes);
    if (both)
        print_colour(screen, 48, tile->pixel[1].colour, codes);
    *letter = upper ? "▀" : "▄";
}

static void print_style(const struct tile *tile, struct text *codes) {
    if (tile->style == STYLE_TITLE || tile->style == STYLE_STRONG)
        text_string(codes, ";1");
    if (tile->style == STYLE_FAINT || tile->style == STYLE_CODE)
        text_string(codes, ";2");
}

static int luminance(struct colour colour) {
    return (299 * colour.r + 587 * colour.g + 114 * colour.b + 500) / 1000;
}

/* Letters of the bars stand for themselves; the brighter a picture, the denser the character. */
static char plain_letter(const struct tile *tile) {
    static const char ramp[] = " .:-=+*#%@";
    int sum = 0, n = 0;
    for (int k = 0; k < 2; k++) {
        if (!tile->is_set[k])
            continue;
        if (tile->pixel[k].letter)
            return tile->pixel[k].letter;
        sum += luminance(tile->pixel[k].colour);
        n++;
    }
    return n == 0 ? ' ' : ramp[sum / n * (int)(sizeof ramp - 1) / 256];
}

static bool is_empty(const struct tile *tile) {
    return !tile->letters[0] && !tile->is_set[0] && !tile->is_set[1] && !tile->covered;
}

/* What a tile shows, and the codes before it. */
static void print_tile(const struct screen *screen, const struct tile *tile, struct text *codes,
                       struct text *shown) {
    char plain[] = {' ', 0};
    const char *letter = plain;
    bool pixels = !tile->letters[0] && (tile->is_set[0] || tile->is_set[1]);
    codes->used = shown->used = 0;
    if (tile->letters[0])
        letter = tile->letters;
    else if (screen->colours == COLOURS_NONE)
        plain[0] = plain_letter(tile);
    if (screen->colours != COLOURS_NONE && pixels)
        print_pixels(screen, tile, codes, &letter);
    else if (screen->colours != COLOURS_NONE)
        print_style(tile, codes);
    text_string(shown, letter);
}

/* Dark pixels that end a line without colours. */
static void trim(struct text *text, size_t from) {
    while (text->used > from && text->bytes[text->used - 1] == ' ')
        text->used--;
}

/* Codes are written where they change. */
static void print_line(const struct screen *screen, const struct tile *tiles, struct text *text) {
    struct text now = {0}, last = {0}, shown = {0};
    size_t from = text->used;
    int end = screen->w;
    while (end > 0 && is_empty(&tiles[end - 1]))
        end--;
    for (int x = 0; x < end; x++) {
        if (tiles[x].covered && !tiles[x].letters[0])
            continue;
        print_tile(screen, &tiles[x], &now, &shown);
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
        print_line(screen, &screen->tiles[(size_t)(y / 2) * (size_t)screen->w], text);
}

#include "drawing/screen.h"

#include "base/columns.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct metrics SCREEN_METRICS = {
    .step = 2,
    .column_gap = 2,
    .row_gap = 2,
    .gap = 1,
    .line = {2, 2, 2, 2, 2, 2},
    .bar = 1,
    .swatch = 1,
    .swatch_gap = 1,
    .part_gap = 1,
    .part_mark = 1,
    .column = 16,
    .row = 16,
};

static struct character_cell *cell_at(const struct screen *screen, int x, int y) {
    return &screen->cells[(size_t)(y / 2) * (size_t)screen->w + (size_t)x];
}

/* --- drawing --- */

static void set_pixel(const struct screen *screen, int x, int y, struct ink ink) {
    if (x < 0 || x >= screen->w || y < 0 || y >= screen->h)
        return;
    struct character_cell *cell = cell_at(screen, x, y);
    cell->is_set[y % 2] = true;
    cell->pixel[y % 2] = ink;
}

static void screen_fill(void *state, struct rect rect, struct ink ink) {
    for (int y = rect.y; y < rect.y + rect.h; y++)
        for (int x = rect.x; x < rect.x + rect.w; x++)
            set_pixel(state, x, y, ink);
}

static void draw_nothing(void *state, struct rect rect) {
    (void)state, (void)rect;
}

static void screen_picture(void *state, int left, int top, const struct picture *picture) {
    for (int y = 0; y < picture->h; y++)
        for (int x = 0; x < picture->w; x++)
            set_pixel(state, left + x, top + y, (struct ink){colour_at(picture, x, y), 0});
}

static int screen_measure(void *state, enum style style, const char *text) {
    (void)state, (void)style;
    return columns_of(text);
}

static void put_letter(struct character_cell *cell, const char *letter, int length,
                       enum style style) {
    snprintf(cell->letters, CELL_BYTES, "%.*s", length, letter);
    cell->style = (uint8_t)style;
}

static void add_mark(struct character_cell *cell, const char *mark, int length) {
    size_t used = strlen(cell->letters);
    if (used + (size_t)length < CELL_BYTES)
        snprintf(cell->letters + used, CELL_BYTES - used, "%.*s", length, mark);
}

static void screen_text(void *state, struct rect rect, enum style style, const char *text) {
    const struct screen *screen = state;
    int right = rect.x + rect.w < screen->w ? rect.x + rect.w : screen->w, x = rect.x;
    if (rect.y < 0 || rect.y >= screen->h)
        return;
    for (uint32_t character; *text;) {
        int length = utf8_next(text, &character), columns = utf8_columns(character);
        if (x + columns > right)
            return;
        const char *letter = character == 0xfffd ? "\xef\xbf\xbd" : text;
        int bytes = character == 0xfffd ? 3 : length;
        if (columns == 0 && x > rect.x && !utf8_is_invisible(character))
            add_mark(cell_at(screen, x - 1, rect.y), letter, bytes);
        if (columns > 0)
            put_letter(cell_at(screen, x, rect.y), letter, bytes, style);
        if (columns == 2)
            cell_at(screen, x + 1, rect.y)->covered = true;
        x += columns;
        text += length;
    }
}

struct surface screen_open(struct screen *screen, enum terminal_colours colours) {
    *screen = (struct screen){.colours = colours};
    return (struct surface){
        .metrics = &SCREEN_METRICS,
        .state = screen,
        .measure = screen_measure,
        .fill = screen_fill,
        .frame = draw_nothing,
        .rule = draw_nothing,
        .picture = screen_picture,
        .text = screen_text,
    };
}

void screen_size(struct screen *screen, int w, int h) {
    screen->w = w;
    screen->h = h;
    screen->cells = must_calloc((size_t)w * (size_t)(h + 1) / 2 + 1, sizeof *screen->cells);
}

void screen_close(struct screen *screen) {
    free(screen->cells);
}

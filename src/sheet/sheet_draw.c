/* Drawing a sheet: everything goes to its place in the layout, through the surface. */
#include "drawing/magnify.h"
#include "drawing/typeset.h"
#include "sheet/sheet_layout.h"

#include <stdio.h>
#include <string.h>

/* What a cell is drawn with. */
struct drawing {
    const struct sheet *sheet;
    const struct layout *layout;
    const struct surface *surface;
    struct arena *arena;
    int row, x, y; // of the cell at hand
};

static struct rect moved(const struct drawing *drawing, struct rect rect) {
    rect.x += drawing->x;
    rect.y += drawing->y;
    return rect;
}

/* --- pictures --- */

static void draw_picture(const struct drawing *drawing, const struct picture *picture,
                         struct rect rect) {
    struct picture shown = picture_in_size(picture, rect.w, rect.h, drawing->arena);
    drawing->surface->frame(drawing->surface->state, rect);
    drawing->surface->picture(drawing->surface->state, rect.x, rect.y, &shown);
}

/* --- text --- */

static int measure(const struct drawing *drawing, enum style style, const char *text) {
    return drawing->surface->measure(drawing->surface->state, style, text);
}

/* Shortened to the width. */
static void draw_text(const struct drawing *drawing, enum style style, int x, int y, int w,
                      const char *text) {
    const char *shown = text_shorten(drawing->surface, style, text, w, drawing->arena);
    struct rect rect = {x, y, w, drawing->surface->metrics->line[style]};
    drawing->surface->text(drawing->surface->state, rect, style, shown);
}

/* --- small pictures --- */

/* Without its space where there is little room, and not at all where there is less. */
static void draw_small_text(const struct drawing *drawing, int x, int w, const char *text) {
    char tight[PERCENT_TEXT];
    size_t n = strcspn(text, " ");
    snprintf(tight, sizeof tight, "%.*s%s", (int)n, text, text[n] ? text + n + 1 : "");
    const char *shown = measure(drawing, STYLE_SMALL, text) <= w ? text : tight;
    if (measure(drawing, STYLE_SMALL, shown) <= w)
        draw_text(drawing, STYLE_SMALL, x, drawing->y + drawing->layout->place_text_y, w, shown);
}

static struct rect place(const struct drawing *drawing, int i) {
    struct rect rect = moved(drawing, drawing->layout->place);
    rect.x += i * drawing->layout->place_step;
    return rect;
}

static void draw_percent(const struct drawing *drawing, int i, int percent, double share) {
    char text[PERCENT_TEXT];
    struct rect rect = place(drawing, i);
    int w = drawing->layout->place_step - drawing->surface->metrics->part_gap;
    percent_print(percent, share, text);
    draw_small_text(drawing, rect.x, w, text);
}

static void draw_part(const struct drawing *drawing, int i, const struct part *part) {
    const struct surface *surface = drawing->surface;
    struct rect rect = place(drawing, i), mark = rect;
    mark.y = drawing->y + drawing->layout->place_mark_y;
    mark.h = surface->metrics->part_mark;
    draw_picture(drawing, &part->picture, rect);
    surface->fill(surface->state, mark, drawing->sheet->inks[part->label]);
    draw_percent(drawing, i, part->percent, part->share);
}

/* "+36" instead of a picture. */
static void draw_more(const struct drawing *drawing, int i, const struct cell *cell) {
    char text[PERCENT_TEXT];
    const struct metrics *metrics = drawing->surface->metrics;
    struct rect rect = place(drawing, i);
    int height = metrics->line[STYLE_FAINT];
    snprintf(text, sizeof text, "+%d", cell->n_more);
    int w = measure(drawing, STYLE_FAINT, text);
    int top = rect.h > height ? (rect.h - height) / 2 / metrics->step * metrics->step : 0;
    if (w <= rect.w)
        draw_text(drawing, STYLE_FAINT, rect.x, rect.y + top, w, text);
    draw_percent(drawing, i, cell->more_percent, 1);
}

static void draw_parts(const struct drawing *drawing, const struct cell *cell) {
    int last = drawing->layout->n_places - 1;
    for (int i = 0; i < cell->n_parts; i++)
        draw_part(drawing, i, &cell->part[i]);
    if (cell->n_more > 0)
        draw_more(drawing, cell->n_parts, cell);
    if (!cell->mask.pixels)
        return;
    draw_picture(drawing, &cell->mask, place(drawing, last));
    draw_small_text(drawing, place(drawing, last).x,
                    drawing->layout->place_step - drawing->surface->metrics->part_gap, "mask");
}

/* --- the soft label --- */

static void draw_bar(const struct drawing *drawing, const struct cell *cell) {
    const struct surface *surface = drawing->surface;
    struct rect rect = moved(drawing, drawing->layout->bar);
    size_t n = (size_t)cell->n_shares;
    float *share = arena_take(drawing->arena, n * sizeof *share);
    int *width = arena_take(drawing->arena, n * sizeof *width);
    for (size_t i = 0; i < n; i++)
        share[i] = cell->shares[i].share;
    apportion(share, cell->n_shares, rect.w, width);
    for (int i = 0; i < cell->n_shares; i++) {
        rect.w = width[i];
        if (rect.w > 0)
            surface->fill(surface->state, rect, drawing->sheet->inks[cell->shares[i].label]);
        rect.x += rect.w;
    }
}

/* A line with the percentage, of more than nothing, on the right; ink NULL: without a swatch. */
static void draw_share(const struct drawing *drawing, int line, const struct ink *ink,
                       const char *name, int percent) {
    const struct surface *surface = drawing->surface;
    const struct metrics *metrics = surface->metrics;
    int height = metrics->line[STYLE_PLAIN], indent = metrics->swatch + metrics->swatch_gap;
    int y = drawing->y + drawing->layout->line_y + line * height;
    int right = drawing->x + drawing->layout->cell_w, x = drawing->x + indent;
    struct rect swatch = {drawing->x, y + (height - metrics->swatch + 1) / 2, metrics->swatch,
                          metrics->swatch};
    char text[PERCENT_TEXT];
    percent_print(percent, 1, text);
    int w = measure(drawing, STYLE_PLAIN, text);
    if (ink)
        surface->fill(surface->state, swatch, *ink);
    draw_text(drawing, STYLE_PLAIN, right - w, y, w, text);
    draw_text(drawing, ink ? STYLE_PLAIN : STYLE_FAINT, x, y, right - w - metrics->swatch_gap - x,
              name);
}

static void draw_label(const struct drawing *drawing, const struct cell *cell) {
    const struct sheet *sheet = drawing->sheet;
    int n = cell->n_shares, lines = drawing->layout->lines[drawing->row], rest = 0;
    int named = n <= lines ? n : lines - 1;
    for (int i = 0; i < named; i++) {
        const struct share *share = &cell->shares[i];
        draw_share(drawing, i, &sheet->inks[share->label], sheet->class_names[share->label],
                   share->percent);
    }
    if (named == n)
        return;
    char text[32];
    for (int i = named; i < n; i++)
        rest += cell->shares[i].percent;
    snprintf(text, sizeof text, "+%d more", n - named);
    draw_share(drawing, named, NULL, text, rest);
}

/* --- the sheet --- */

static void draw_cell(const struct drawing *drawing, const struct cell *cell) {
    draw_picture(drawing, &cell->picture, moved(drawing, drawing->layout->picture));
    draw_parts(drawing, cell);
    draw_bar(drawing, cell);
    draw_label(drawing, cell);
    arena_reset(drawing->arena);
}

/* The name, and as many details as the row has room for. */
static void draw_row_name(const struct drawing *drawing) {
    const struct layout *layout = drawing->layout;
    const struct metrics *metrics = drawing->surface->metrics;
    const char *details = drawing->sheet->names[drawing->row].details;
    char line[SHEET_DETAIL];
    int x = layout->name_left, y = drawing->y;
    int end = y + layout->line_y + layout->lines[drawing->row] * metrics->line[STYLE_PLAIN];
    draw_text(drawing, STYLE_STRONG, x, y, layout->name_w,
              drawing->sheet->names[drawing->row].name);
    y += metrics->line[STYLE_STRONG];
    for (; sheet_next_detail(&details, line); y += metrics->line[STYLE_FAINT])
        if (y + metrics->line[STYLE_FAINT] <= end)
            draw_text(drawing, STYLE_FAINT, x, y, layout->name_w, line);
}

static void draw_words(const struct layout *layout, const struct surface *surface) {
    for (int i = 0; i < layout->n_words; i++) {
        const struct setting *words = &layout->words[i];
        surface->text(surface->state, words->rect, words->style, words->text);
    }
    surface->rule(surface->state, layout->rule);
}

static void draw_row_rule(const struct drawing *drawing) {
    struct rect rule = drawing->layout->rule;
    rule.y = drawing->y - drawing->surface->metrics->row_gap / 2;
    drawing->surface->rule(drawing->surface->state, rule);
}

void sheet_draw(const struct sheet *sheet, const struct layout *layout,
                const struct surface *surface, struct arena *arena) {
    struct drawing drawing = {sheet, layout, surface, arena, 0, 0, 0};
    draw_words(layout, surface);
    for (int r = 0; r < sheet->rows; r++) {
        drawing.row = r;
        drawing.y = layout->row_y[r];
        if (sheet->names)
            draw_row_name(&drawing);
        if (sheet->names && r > 0)
            draw_row_rule(&drawing);
        for (int c = 0; c < sheet->cols; c++) {
            drawing.x = layout->left + c * layout->column;
            draw_cell(&drawing, &sheet->cells[r * sheet->cols + c]);
        }
    }
}

#include "sheet/sheet_layout.h"

#include "drawing/screen.h"
#include "drawing/typeset.h"

#include <math.h>

enum { PIXELS_GOOD = 160, PIXELS_GOOD_WITH_PARTS = 192, PIXELS_MOST = 224 };
enum { COLUMNS_GOOD = 24, COLUMNS_MOST = 48, COLS_MOST = 6 };

static int smaller(int a, int b) {
    return a < b ? a : b;
}

static int larger(int a, int b) {
    return a > b ? a : b;
}

static int round_up(int value, int step) {
    return (value + step - 1) / step * step;
}

static int names_most(const struct metrics *metrics, int room) {
    return smaller(metrics->row, room / 4);
}

/* --- sizes --- */

static struct option_size scaled(int w, int h, double scale) {
    return (struct option_size){larger(1, (int)lrint(w * scale)), larger(1, (int)lrint(h * scale))};
}

struct option_size frame_on_canvas(const struct shape *shape, double scale, unsigned show) {
    int w = shape->dim[1], h = shape->dim[0], side = larger(w, h);
    int good = show ? PIXELS_GOOD_WITH_PARTS : PIXELS_GOOD;
    if (scale > 0)
        return scaled(w, h, scale);
    if (side > PIXELS_MOST)
        return scaled(w, h, (double)PIXELS_MOST / side);
    int times = larger(1, (2 * good + side) / (2 * side));
    return scaled(w, h, smaller(times, PIXELS_MOST / side));
}

struct option_size frame_on_screen(const struct shape *shape, int columns, bool names, int *cols) {
    const struct metrics *metrics = &SCREEN_METRICS;
    int room = columns - (names ? names_most(metrics, columns) + metrics->column_gap : 0) +
               metrics->column_gap;
    if (*cols == 0)
        *cols = smaller(larger(room / (COLUMNS_GOOD + metrics->column_gap), 1), COLS_MOST);
    int most = larger(shape->dim[1], COLUMNS_GOOD);
    int w = smaller(smaller(room / *cols - metrics->column_gap, most), COLUMNS_MOST);
    return scaled(shape->dim[1], shape->dim[0], larger(w, 1) / (double)shape->dim[1]);
}

/* --- words --- */

static void set_line(struct layout *layout, enum style style, struct rect rect, const char *text) {
    layout->words[layout->n_words++] = (struct setting){style, rect, text};
}

/* Sets the text in lines of width w from y on; returns where they end. */
static int set_lines(struct layout *layout, const struct surface *surface, enum style style,
                     const char *text, char gap, int y, int w, int most, struct arena *arena) {
    const struct metrics *metrics = surface->metrics;
    const char *lines[HEAD_LINES];
    int n = text_wrap(surface, style, text, gap, w, arena, lines, smaller(most, HEAD_LINES));
    for (int i = 0; i < n; i++, y += metrics->line[style])
        set_line(layout, style, (struct rect){metrics->margin, y, w, metrics->line[style]},
                 lines[i]);
    return y;
}

/* The title is one line; the command, which may be typed off, is never shortened. */
static int set_head(struct layout *layout, const struct sheet *sheet, const struct surface *surface,
                    int w, struct arena *arena) {
    const struct metrics *metrics = surface->metrics;
    const char *title = text_shorten(surface, STYLE_TITLE, sheet->title, w, arena);
    int y = set_lines(layout, surface, STYLE_TITLE, title, 0, metrics->margin, w, 1, arena);
    y = set_lines(layout, surface, STYLE_FAINT, sheet->facts, ' ', y, w, 2, arena);
    y += metrics->text_gap;
    y = set_lines(layout, surface, STYLE_CODE, sheet->command, '\n', y, w, HEAD_LINES - 4, arena);
    layout->rule = (struct rect){metrics->margin, y + metrics->row_gap / 2, w, metrics->rule};
    return y + metrics->row_gap;
}

/* A quarter of the least width at most. */
static int width_of_names(const struct sheet *sheet, const struct surface *surface, int room) {
    int w = 0;
    for (int r = 0; sheet->names && r < sheet->rows; r++) {
        const char *details = sheet->names[r].details;
        char line[SHEET_DETAIL];
        w = larger(w, surface->measure(surface->state, STYLE_STRONG, sheet->names[r].name));
        while (sheet_next_detail(&details, line))
            w = larger(w, surface->measure(surface->state, STYLE_FAINT, line));
    }
    return smaller(w, names_most(surface->metrics, room));
}

/* --- a cell --- */

/* Small pictures: as many places as a cell needs at most, and one for the mask. */
static int count_places(const struct sheet *sheet) {
    int n = 0, mask = sheet->cells[0].mask.pixels != NULL;
    for (int i = 0; i < sheet->rows * sheet->cols; i++)
        n = larger(n, sheet->cells[i].n_parts + (sheet->cells[i].n_more > 0));
    return n + mask;
}

static int count_lines(const struct sheet *sheet, int row) {
    int n = 1;
    for (int i = 0; i < sheet->cols; i++)
        n = larger(n, sheet->cells[row * sheet->cols + i].n_shares);
    return smaller(n, SHEET_LINES);
}

/* From y on; returns where they end. */
static int place_parts(struct layout *layout, const struct metrics *metrics,
                       struct option_size frame, int y) {
    int n = layout->n_places, step = metrics->step;
    if (n == 0)
        return y;
    y += round_up(metrics->gap, step);
    int w = smaller((layout->cell_w + metrics->part_gap) / n - metrics->part_gap,
                    layout->cell_w * 2 / 5);
    int most = layout->cell_w * 2 / 3; // of tall pictures' height
    double scale = fmin((double)larger(w, 1) / frame.w, (double)most / frame.h);
    struct option_size size = scaled(frame.w, frame.h, scale);
    layout->place = (struct rect){0, y, size.w, size.h};
    layout->place_step = larger(w, 1) + metrics->part_gap;
    int marked = size.h + metrics->frame + metrics->part_mark;
    layout->place_text_y = y + round_up(larger(marked, metrics->line[STYLE_FAINT]), step);
    layout->place_mark_y = y + size.h + metrics->frame;
    return layout->place_text_y + metrics->line[STYLE_SMALL];
}

static void lay_out_cell(struct layout *layout, const struct sheet *sheet,
                         const struct metrics *metrics, struct option_size frame) {
    layout->n_places = count_places(sheet);
    layout->cell_w = larger(frame.w, metrics->column);
    layout->picture = (struct rect){0, 0, frame.w, frame.h};
    int y = place_parts(layout, metrics, frame, round_up(frame.h, metrics->step));
    layout->bar = (struct rect){0, y + metrics->gap, layout->cell_w, metrics->bar};
    layout->line_y = layout->bar.y + metrics->bar + metrics->text_gap;
}

/* --- the sheet --- */

/* From y on; returns where they end, and a gap. */
static int set_rows(struct layout *layout, const struct sheet *sheet, const struct metrics *metrics,
                    int y, struct arena *arena) {
    size_t rows = (size_t)sheet->rows;
    layout->row_y = arena_take(arena, rows * sizeof *layout->row_y);
    layout->lines = arena_take(arena, rows * sizeof *layout->lines);
    for (int r = 0; r < sheet->rows; r++) {
        layout->row_y[r] = y;
        layout->lines[r] = count_lines(sheet, r);
        y += layout->line_y + layout->lines[r] * metrics->line[STYLE_PLAIN] + metrics->row_gap;
    }
    return y;
}

void layout_sheet(struct layout *layout, const struct sheet *sheet, const struct surface *surface,
                  struct option_size frame, int room, struct arena *arena) {
    const struct metrics *metrics = surface->metrics;
    *layout = (struct layout){.name_left = metrics->margin};
    lay_out_cell(layout, sheet, metrics, frame);
    layout->name_w = width_of_names(sheet, surface, room);
    layout->left = metrics->margin + (layout->name_w ? layout->name_w + metrics->column_gap : 0);
    layout->column = layout->cell_w + metrics->column_gap;
    int right = layout->left + sheet->cols * layout->column - metrics->column_gap;
    int w = larger(right - metrics->margin, room);
    int y = set_head(layout, sheet, surface, w, arena);
    y = set_rows(layout, sheet, metrics, y, arena);
    y = set_lines(layout, surface, STYLE_FAINT, sheet->note, ' ', y, w, HEAD_LINES, arena);
    layout->w = w + 2 * metrics->margin;
    layout->h = y + metrics->margin;
}

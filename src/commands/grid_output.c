/* Where a sheet goes: into a picture, or to the terminal. */
#include "commands/grid_output.h"

#include "base/archive.h"
#include "base/words.h"
#include "commands/print.h"
#include "drawing/canvas.h"
#include "drawing/screen.h"
#include "sheet/sheet_layout.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    SCREEN_LEAST = 24, // columns, as --width has them
    SHEET_ROOM = 520,  // pixels that texts have at least
    PNG_LEVEL = 6,
    JPEG_QUALITY = 95,
};

bool sheet_to_stdout(const struct job *job) {
    return !job->output || strcmp(job->output, "-") == 0;
}

/* --- on a canvas --- */

bool sheet_is_ours(const uint8_t *bytes, size_t n) {
    static const uint8_t png[] = {0x89, 'P', 'N', 'G'}, jpeg[] = {0xff, 0xd8, 0xff};
    return (n >= sizeof png && memcmp(bytes, png, sizeof png) == 0) ||
           (n >= sizeof jpeg && memcmp(bytes, jpeg, sizeof jpeg) == 0);
}

static int publish(const struct job *job, const uint8_t *bytes, size_t n, struct err *err) {
    if (!sheet_to_stdout(job))
        return archive_write(job->output, job->force, sheet_is_ours, bytes, n, err);
    print_bytes(bytes, n);
    return 0;
}

static int encode(const struct job *job, const struct picture *picture, struct arena *arena,
                  struct err *err) {
    uint8_t *bytes;
    size_t n;
    int result = job->sheet_to == SHEET_JPG
                     ? picture_encode_jpeg(picture, JPEG_QUALITY, arena, &bytes, &n, err)
                     : picture_encode_png(picture, PNG_LEVEL, arena, &bytes, &n, err);
    return result < 0 ? -1 : publish(job, bytes, n, err);
}

static int check_size(long w, long h, struct err *err) {
    if (w <= PICTURE_MAX_SIDE && h <= PICTURE_MAX_SIDE)
        return 0;
    return fail(err,
                "the sheet would be %ld x %ld pixels, more than %d: take fewer --rows or "
                "--cols, or a smaller --scale",
                w, h, PICTURE_MAX_SIDE);
}

/* Where even the pictures have no room, nothing is mixed. */
static int check_frames(const struct job *job, struct option_size frame, struct err *err) {
    long w = frame.w > CANVAS_METRICS.column ? frame.w : CANVAS_METRICS.column;
    return check_size(job->cols * (w + CANVAS_METRICS.column_gap),
                      job->rows * ((long)frame.h + CANVAS_METRICS.row_gap), err);
}

static void tell(const struct job *job, const struct layout *layout, const struct sheet *sheet) {
    char name[ERR_TEXT];
    int n = sheet->rows * sheet->cols;
    printable(name, sizeof name, job->output);
    fprintf(stderr, "wrote %s: %d sample%s, %d x %d pixels\n", name, n, s_of(n), layout->w,
            layout->h);
}

static void warn_of_boxes(const struct fonts *fonts) {
    if (fonts->missing)
        complain("note: no font that was found has U+%04X: such letters are boxes on the sheet; "
                 "install a font that has them, as fonts-noto-cjk for Chinese",
                 (unsigned)fonts->missing);
}

static int draw_canvas(const struct job *job, const struct sheet *sheet, struct option_size frame,
                       struct err *err) {
    struct fonts fonts;
    struct canvas canvas;
    struct arena arena = {0}, scratch = {0};
    struct layout layout;
    fonts_open(&fonts, FONT_FOLDERS);
    struct surface surface = canvas_open(&canvas, &fonts);
    layout_sheet(&layout, sheet, &surface, frame, SHEET_ROOM, &arena);
    int result = check_size(layout.w, layout.h, err);
    if (result == 0) {
        canvas_size(&canvas, layout.w, layout.h);
        sheet_draw(sheet, &layout, &surface, &scratch);
        result = encode(job, &canvas.pixels, &scratch, err);
    }
    if (result == 0 && !job->quiet && !sheet_to_stdout(job))
        tell(job, &layout, sheet);
    if (result == 0 && !job->quiet)
        warn_of_boxes(&fonts);
    canvas_close(&canvas);
    fonts_close(&fonts);
    arena_close(&arena);
    arena_close(&scratch);
    return result;
}

/* --- on a screen --- */

static int screen_columns(const struct job *job) {
    int columns = job->width ? job->width : terminal_columns(STDOUT_FILENO);
    return columns < SCREEN_LEAST ? SCREEN_LEAST : columns;
}

static void draw_screen(const struct sheet *sheet, struct option_size frame, int columns) {
    struct screen screen;
    struct arena arena = {0}, scratch = {0};
    struct layout layout;
    struct text text = {0};
    struct surface surface = screen_open(&screen, terminal_colours(STDOUT_FILENO));
    layout_sheet(&layout, sheet, &surface, frame, columns, &arena);
    screen_size(&screen, layout.w, layout.h);
    sheet_draw(sheet, &layout, &surface, &scratch);
    screen_print(&screen, &text);
    print_out(text_terminate(&text));
    text_close(&text);
    screen_close(&screen);
    arena_close(&arena);
    arena_close(&scratch);
}

/* --- either --- */

int sheet_make(struct sheet *sheet, struct job *job, struct preview *preview,
               const struct sweep *sweep, struct err *err) {
    const struct shape *shape = &preview->run.contents.shape;
    bool canvas = job->sheet_to != SHEET_ANSI;
    int columns = screen_columns(job);
    struct option_size frame;
    if (sheet_check_pictures(preview, err) < 0)
        return -1;
    frame = canvas ? frame_on_canvas(shape, job->scale, job->show)
                   : frame_on_screen(shape, columns, sweep_has_names(sweep), &job->cols);
    if (canvas && check_frames(job, frame, err) < 0)
        return -1;
    if (sheet_open(sheet, preview, sweep, job->rows, job->cols, err) < 0)
        return -1;
    sheet_set_words(sheet, preview, sweep);
    if (canvas)
        return draw_canvas(job, sheet, frame, err);
    draw_screen(sheet, frame, columns);
    return 0;
}

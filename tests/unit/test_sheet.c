/* Sheets: nothing overlaps, nothing leaves the sheet, texts fit, whatever the classes, names and
 * sizes, on a canvas and on a screen. */
#include "base/memory.h"
#include "drawing/canvas.h"
#include "drawing/palette.h"
#include "drawing/screen.h"
#include "sheet/sheet_layout.h"

#include "support.h"

enum { ROUNDS = 120, ITEMS = 4096, CLASSES = 100 };

/* A surface that keeps what was drawn. */
struct record {
    struct surface inner;
    struct rect item[ITEMS];
    int n;
};

static int record_measure(void *state, enum style style, const char *text) {
    struct record *record = state;
    return record->inner.measure(record->inner.state, style, text);
}

static void add(struct record *record, struct rect rect) {
    assert_true(record->n < ITEMS);
    if (rect.w > 0 && rect.h > 0)
        record->item[record->n++] = rect;
}

static void record_fill(void *state, struct rect rect, struct ink ink) {
    assert_int_not_equal(ink.letter, 0);
    add(state, rect);
}

static void record_frame(void *state, struct rect rect) {
    (void)state, (void)rect;
}

static void record_picture(void *state, int x, int y, const struct picture *picture) {
    struct record *record = state;
    int frame = record->inner.metrics->frame;
    add(state, (struct rect){x - frame, y - frame, picture->w + 2 * frame, picture->h + 2 * frame});
}

static void record_text(void *state, struct rect rect, enum style style, const char *text) {
    struct record *record = state;
    assert_int_equal(rect.h, record->inner.metrics->line[style]);
    assert_int_equal(rect.y % record->inner.metrics->step, 0);
    if (record_measure(state, style, text) > rect.w)
        fail_msg("'%s' is wider than %d", text, rect.w);
    add(state, rect);
}

static void record_rule(void *state, struct rect rect) {
    add(state, rect);
}

static struct surface recording(struct record *record, struct surface inner) {
    *record = (struct record){.inner = inner};
    return (struct surface){inner.metrics, record,      record_measure, record_fill,
                            record_frame,  record_rule, record_picture, record_text};
}

/* --- random sheets --- */

static const char *const NAMES[] = {"cat",
                                    "",
                                    "a_very_long_class_name_that_goes_on_and_on_without_any_space",
                                    "Ελληνικά",
                                    "猫と犬と鳥と魚と花と山と川と海",
                                    "e\xcc\x81te\xcc\x81",
                                    "العربية",
                                    "👩‍👩‍👧 family and friends",
                                    "\xff\xfe not UTF-8",
                                    "100 %",
                                    "Ż̷͓̈́Ż̷͓̈́Ż̷͓̈́Ż̷͓̈́Ż̷͓̈́Ż̷͓̈́Ż̷͓̈́Ż̷͓̈́Ż̷͓̈́Ż̷͓̈́"};
enum { N_NAMES = sizeof NAMES / sizeof *NAMES };

static struct picture random_picture(struct rng *rng, int w, int h, int c) {
    struct picture picture = {w, h, c, must_calloc((size_t)(w * h), (size_t)c)};
    for (int i = 0; i < w * h * c; i++)
        picture.pixels[i] = (uint8_t)rng_u32(rng);
    return picture;
}

static void fill_cell(struct cell *cell, struct rng *rng, int w, int h, int c, int n_classes,
                      unsigned show) {
    float label[CLASSES] = {0};
    int n_terms = between(rng, 1, 40);
    for (int i = 0; i < n_terms; i++)
        label[between(rng, 0, n_classes - 1)] += 1 / (float)n_terms;
    cell->shares = must_calloc(CLASSES, sizeof *cell->shares);
    cell->n_shares = shares_of(label, n_classes, cell->shares);
    cell->picture = random_picture(rng, w, h, c);
    if (show & SHOW_MASK)
        cell->mask = random_picture(rng, w, h, 1);
    if (!(show & SHOW_SOURCES))
        return;
    cell->n_parts = n_terms <= SHEET_PARTS ? n_terms : SHEET_PARTS - 1;
    cell->n_more = n_terms - cell->n_parts;
    cell->more_percent = between(rng, 0, 100);
    for (int k = 0; k < cell->n_parts; k++)
        cell->part[k] = (struct part){random_picture(rng, w, h, c), between(rng, 0, n_classes - 1),
                                      between(rng, 0, 100), 0};
}

static void random_sheet(struct sheet *sheet, struct rng *rng, int w, int h) {
    static char *class_names[CLASSES];
    int c = between(rng, 0, 1) ? 3 : 1;
    unsigned show = (unsigned)between(rng, 0, 3);
    *sheet = (struct sheet){.rows = between(rng, 1, 4), .cols = between(rng, 1, 5)};
    sheet->n_classes = (int[]){1, 2, 10, CLASSES}[between(rng, 0, 3)];
    sheet->class_names = class_names;
    sheet->inks = must_calloc(CLASSES, sizeof *sheet->inks);
    for (int k = 0; k < CLASSES; k++) {
        class_names[k] = (char *)(uintptr_t)NAMES[between(rng, 0, N_NAMES - 1)];
        sheet->inks[k] = palette_ink(k % sheet->n_classes, sheet->n_classes);
    }
    sheet->cells = must_calloc((size_t)(sheet->rows * sheet->cols), sizeof *sheet->cells);
    for (int i = 0; i < sheet->rows * sheet->cols; i++)
        fill_cell(&sheet->cells[i], rng, w, h, c, sheet->n_classes, show);
    sheet->title = must_strdup(NAMES[between(rng, 0, N_NAMES - 1)]);
    sheet->facts = must_strdup("40 pictures of 5 classes, 96 x 96, colour");
    sheet->command = must_strdup("-m fmix:alpha=1,decay=3,soft=0,spectrum=paper,periodic=1\n"
                                 "-m zeta:gamma=2.8,t=batch+cutmix:alpha=1\n--seed 0");
    sheet->note = must_strdup("Below each picture its soft label.");
    if (between(rng, 0, 1))
        sheet->names = must_calloc((size_t)sheet->rows, sizeof *sheet->names);
    for (int r = 0; sheet->names && r < sheet->rows; r++)
        sheet->names[r] = (struct row_name){must_strdup(NAMES[between(rng, 0, N_NAMES - 1)]),
                                            must_strdup("decay=1.5\nspectrum=official\nsoft=0.25")};
}

/* --- laws --- */

static bool overlap(struct rect a, struct rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static void check_items(const struct record *record, const struct layout *layout) {
    for (int i = 0; i < record->n; i++) {
        struct rect a = record->item[i];
        if (a.x < 0 || a.y < 0 || a.x + a.w > layout->w || a.y + a.h > layout->h)
            fail_msg("item %d (%d %d %d %d) leaves the sheet of %d x %d", i, a.x, a.y, a.w, a.h,
                     layout->w, layout->h);
        for (int j = 0; j < i; j++) {
            struct rect b = record->item[j];
            if (overlap(a, b))
                fail_msg("items %d (%d %d %d %d) and %d (%d %d %d %d) overlap", i, a.x, a.y, a.w,
                         a.h, j, b.x, b.y, b.w, b.h);
        }
    }
}

static struct record record;

static void check_sheet(const struct sheet *sheet, struct surface inner, struct option_size frame,
                        int room) {
    struct arena arena = {0}, scratch = {0};
    struct layout layout;
    struct surface surface = recording(&record, inner);
    layout_sheet(&layout, sheet, &surface, frame, room, &arena);
    sheet_draw(sheet, &layout, &surface, &scratch);
    assert_true(record.n > 4 * sheet->rows * sheet->cols);
    check_items(&record, &layout);
    arena_close(&arena);
    arena_close(&scratch);
}

static const int SIZES[][2] = {{28, 28},  {32, 32}, {224, 224}, {20, 100},
                               {200, 30}, {1, 1},   {300, 7}};

static void a_random_sheet(struct rng *rng, struct sheet *sheet, struct shape *shape) {
    const int *size = SIZES[between(rng, 0, sizeof SIZES / sizeof *SIZES - 1)];
    *shape = (struct shape){3, {size[1], size[0], 3}};
    random_sheet(sheet, rng, size[0], size[1]);
}

static void nothing_overlaps_on_a_canvas(void **state) {
    (void)state;
    struct rng rng = rng_for(3, 0, 0);
    struct fonts fonts;
    fonts_open(&fonts, FONT_FOLDERS);
    for (int round = 0; round < ROUNDS; round++) {
        struct sheet sheet;
        struct shape shape;
        struct canvas canvas;
        a_random_sheet(&rng, &sheet, &shape);
        struct surface inner = canvas_open(&canvas, &fonts);
        double scale = between(&rng, 0, 3) ? 0 : 0.05 + 3 * rng_unit(&rng);
        check_sheet(&sheet, inner, frame_on_canvas(&shape, scale, 0), 520);
        canvas_close(&canvas);
        sheet_close(&sheet);
    }
    fonts_close(&fonts);
}

static void nothing_overlaps_on_a_screen(void **state) {
    (void)state;
    struct rng rng = rng_for(4, 0, 0);
    for (int round = 0; round < ROUNDS; round++) {
        struct sheet sheet;
        struct shape shape;
        struct screen screen;
        a_random_sheet(&rng, &sheet, &shape);
        struct surface inner = screen_open(&screen, COLOURS_TRUE);
        int columns = between(&rng, 24, 200), cols = sheet.cols;
        struct option_size frame = frame_on_screen(&shape, columns, sheet.names != NULL, &cols);
        check_sheet(&sheet, inner, frame, columns);
        screen_close(&screen);
        sheet_close(&sheet);
    }
}

/* Without --cols a sheet fits its terminal. */
static void a_screen_is_not_too_wide(void **state) {
    (void)state;
    struct rng rng = rng_for(5, 0, 0);
    for (int columns = 24; columns < 240; columns++) {
        struct sheet sheet;
        struct shape shape;
        struct screen screen;
        struct layout layout;
        struct arena arena = {0};
        struct surface surface = screen_open(&screen, COLOURS_TRUE);
        int cols = 0;
        a_random_sheet(&rng, &sheet, &shape);
        struct option_size frame = frame_on_screen(&shape, columns, sheet.names != NULL, &cols);
        int drawn = sheet.cols;
        sheet.cols = drawn < cols ? drawn : cols;
        layout_sheet(&layout, &sheet, &surface, frame, columns, &arena);
        assert_int_equal(layout.w, columns);
        sheet.cols = drawn;
        arena_close(&arena);
        screen_close(&screen);
        sheet_close(&sheet);
    }
}

static void pictures_are_about_the_size_of_a_stamp(void **state) {
    (void)state;
    for (int side = 1; side < 2000; side++) {
        struct shape shape = {3, {side, side, 3}};
        struct option_size frame = frame_on_canvas(&shape, 0, 0);
        assert_true(frame.w >= 96 && frame.w <= 224);
        assert_true(side > 224 ? frame.w == 224 : frame.w % side == 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_overlaps_on_a_canvas),
        cmocka_unit_test(nothing_overlaps_on_a_screen),
        cmocka_unit_test(a_screen_is_not_too_wide),
        cmocka_unit_test(pictures_are_about_the_size_of_a_stamp),
    };
    return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}

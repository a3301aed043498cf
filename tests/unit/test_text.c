/* Text on surfaces: characters and their columns, shortening, wrapping, fonts and none. */
#include "base/utf8.h"
#include "drawing/canvas.h"
#include "drawing/screen.h"
#include "drawing/typeset.h"

#include "support.h"

static struct screen screen;
static struct surface surface;
static struct arena arena;

static int open_screen(void **state) {
    (void)state;
    surface = screen_open(&screen, COLOURS_NONE);
    return 0;
}

static void check_character(const char *text, int length, uint32_t character, int columns) {
    uint32_t got;
    assert_int_equal(utf8_next(text, &got), length);
    assert_int_equal(got, character);
    assert_int_equal(utf8_columns(got), columns);
}

static void characters_have_columns(void **state) {
    (void)state;
    check_character("a", 1, 'a', 1);
    check_character("é", 2, 0xe9, 1);
    check_character("猫", 3, 0x732b, 2);
    check_character("한", 3, 0xd55c, 2);
    check_character("👩", 4, 0x1f469, 2);
    check_character("\xcc\x81", 2, 0x301, 0);
    check_character("\xe2\x80\x8d", 3, 0x200d, 0);
    check_character("\xff", 1, 0xfffd, 1);
    check_character("\xe7\x8c", 1, 0xfffd, 1);
    uint32_t end;
    assert_int_equal(utf8_next("", &end), 0);
}

static void check_short(const char *text, int width, const char *expected) {
    assert_string_equal(text_shorten(&surface, STYLE_PLAIN, text, width, &arena), expected);
}

static void long_names_lose_their_middle(void **state) {
    (void)state;
    check_short("tabby cat", 9, "tabby cat");
    check_short("tabby cat", 8, "tabby…at");
    check_short("tabby cat", 3, "ta…");
    check_short("tabby cat", 1, "…");
    check_short("tabby cat", 0, "");
    check_short("猫と犬と鳥", 9, "猫と犬…鳥");
    check_short("e\xcc\x81"
                "abc",
                3,
                "e\xcc\x81"
                "a…");
    check_short("", 0, "");
}

static void check_wrap(const char *text, char gap, int width, const char *expected) {
    const char *lines[8];
    struct text joined = {0};
    int n = text_wrap(&surface, STYLE_PLAIN, text, gap, width, &arena, lines, 8);
    for (int i = 0; i < n; i++) {
        text_string(&joined, i ? "|" : "");
        text_string(&joined, lines[i]);
    }
    assert_string_equal(text_terminate(&joined), expected);
    text_close(&joined);
}

static void lines_break_between_words(void **state) {
    (void)state;
    check_wrap("one two three", ' ', 20, "one two three");
    check_wrap("one two three", ' ', 8, "one two|three");
    check_wrap("one two three", ' ', 3, "one|two|thr|ee");
    check_wrap("-m a\n-b 2", '\n', 20, "-m a -b 2");
    check_wrap("-m a\n-b 2", '\n', 5, "-m a|-b 2");
    check_wrap("猫猫", ' ', 1, "猫|猫");
    check_wrap("one two", 0, 20, "one two");
    check_wrap("", ' ', 5, "");
}

/* Bytes of any kind, in every style, with the system's fonts and with none. */
static void any_bytes_can_be_drawn(void **state) {
    (void)state;
    static const char *const nowhere[] = {NULL};
    struct rng rng = rng_for(6, 0, 0);
    for (int round = 0; round < 400; round++) {
        struct fonts fonts;
        struct canvas canvas;
        char text[40] = "";
        fonts_open(&fonts, round % 40 ? nowhere : FONT_FOLDERS);
        struct surface paper = canvas_open(&canvas, &fonts);
        canvas_size(&canvas, between(&rng, 1, 90), between(&rng, 1, 40));
        for (int i = between(&rng, 0, 38); i > 0; i--)
            text[i - 1] = (char)between(&rng, 1, 255);
        enum style style = (enum style)(round % STYLES);
        int w = paper.measure(paper.state, style, text);
        struct rect rect = {between(&rng, -20, 80), between(&rng, -20, 40), w, 20};
        paper.text(paper.state, rect, style, text);
        canvas_close(&canvas);
        fonts_close(&fonts);
    }
}

/* What is drawn stays inside the line's rectangle. */
static void text_is_cut_to_its_rectangle(void **state) {
    (void)state;
    struct fonts fonts;
    struct canvas canvas;
    fonts_open(&fonts, FONT_FOLDERS);
    struct surface paper = canvas_open(&canvas, &fonts);
    canvas_size(&canvas, 100, 60);
    paper.text(paper.state, (struct rect){20, 20, 30, 0}, STYLE_PLAIN, "WWWWWÅ̊̊̊̊̊̊̊̊̊̊̊̊gggggg");
    int height = paper.metrics->line[STYLE_PLAIN], dark = 0;
    for (int y = 0; y < 60; y++)
        for (int x = 0; x < 100; x++) {
            bool drawn = canvas.pixels.pixels[3 * (y * 100 + x)] < 255;
            dark += drawn;
            assert_true(!drawn || (x >= 20 && x < 50 && y >= 20 && y < 20 + height));
        }
    assert_true(dark > 50);
    canvas_close(&canvas);
    fonts_close(&fonts);
}

static void check_screen(enum terminal_colours colours, const char *expected) {
    struct text text = {0};
    struct screen small;
    struct surface tiles = screen_open(&small, colours);
    screen_size(&small, 4, 4);
    uint8_t pixels[] = {255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0};
    struct picture picture = {2, 2, 3, pixels};
    tiles.picture(tiles.state, 0, 0, &picture);
    tiles.fill(tiles.state, (struct rect){0, 3, 1, 1}, (struct ink){{0, 255, 0}, 'A'});
    tiles.text(tiles.state, (struct rect){1, 2, 3, 2}, STYLE_STRONG, "猫x");
    screen_print(&small, &text);
    assert_string_equal(text_terminate(&text), expected);
    text_close(&text);
    screen_close(&small);
}

static void screens_print_half_blocks(void **state) {
    (void)state;
    check_screen(COLOURS_NONE, ":\nA猫x\n");
    check_screen(COLOURS_256, "\033[0;38;5;196;48;5;196m▀\033[0;38;5;21;48;5;16m▀\033[0m\n"
                              "\033[0;38;5;46m▄\033[0;1m猫x\033[0m\n");
    check_screen(COLOURS_TRUE, "\033[0;38;2;255;0;0;48;2;255;0;0m▀"
                               "\033[0;38;2;0;0;255;48;2;0;0;0m▀\033[0m\n"
                               "\033[0;38;2;0;255;0m▄\033[0;1m猫x\033[0m\n");
}

static int close_screen(void **state) {
    (void)state;
    screen_close(&screen);
    arena_close(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_have_columns),
        cmocka_unit_test(long_names_lose_their_middle),
        cmocka_unit_test(lines_break_between_words),
        cmocka_unit_test(any_bytes_can_be_drawn),
        cmocka_unit_test(text_is_cut_to_its_rectangle),
        cmocka_unit_test(screens_print_half_blocks),
    };
    return cmocka_run_group_tests_name("text", tests, open_screen, close_screen);
}

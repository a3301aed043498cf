#include "drawing/font.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "drawing/right_to_left.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 26, NAMES = 6 };

const char *const FONT_FOLDERS[] = {
    "/usr/share/fonts/truetype/dejavu",   // Debian
    "/usr/share/fonts/TTF",               // Arch
    "/usr/share/fonts/dejavu-sans-fonts", // Fedora
    "/usr/share/fonts/dejavu-sans-mono-fonts",
    "/usr/share/fonts/dejavu",
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/liberation-sans",
    "/usr/share/fonts/truetype/freefont",
    "/usr/share/fonts/truetype/wqy",
    "/usr/share/fonts/truetype/droid",
    "/usr/share/fonts/truetype/unifont",
    "/usr/local/share/fonts",
    NULL,
};

/* The first that is found. */
static const char *const FILES[WEIGHTS][NAMES] = {
    {"DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "FreeSans.ttf"},
    {"DejaVuSans-Bold.ttf", "NotoSans-Bold.ttf", "LiberationSans-Bold.ttf", "FreeSansBold.ttf"},
    {"DejaVuSansMono.ttf", "NotoSansMono-Regular.ttf", "LiberationMono-Regular.ttf",
     "FreeMono.ttf"},
};

/* All that are found. */
static const char *const OTHER_FILES[FONT_OTHERS] = {
    "NotoSans-Regular.ttf", "FreeSans.ttf",         "NotoSansCJK-Regular.ttc",
    "wqy-microhei.ttc",     "wqy-zenhei.ttc",       "DroidSansFallbackFull.ttf",
    "unifont.ttf",          "NotoEmoji-Regular.ttf"};

/* --- opening --- */

static struct typeface *open_file(struct fonts *fonts, const char *folder, const char *name) {
    struct err ignored;
    uint8_t *bytes;
    size_t size = 0;
    struct typeface *face = NULL;
    char *path = path_join(folder, name);
    if (file_kind(path) == FILE_REGULAR &&
        file_read(path, FILE_MAX, &fonts->files, &bytes, &size, &ignored) == 0 && size < FILE_MAX)
        face = typeface_open(bytes, &fonts->files);
    free(path);
    return face;
}

static struct typeface *find_file(struct fonts *fonts, const char *name) {
    struct typeface *face = NULL;
    for (int i = 0; !face && fonts->folders[i]; i++)
        face = open_file(fonts, fonts->folders[i], name);
    return face;
}

void fonts_open(struct fonts *fonts, const char *const *folders) {
    *fonts = (struct fonts){.folders = folders};
    for (int w = 0; w < WEIGHTS; w++)
        for (int i = 0; !fonts->face[w] && FILES[w][i]; i++)
            fonts->face[w] = find_file(fonts, FILES[w][i]);
    struct typeface *regular = fonts->face[WEIGHT_REGULAR];
    if (!regular)
        regular = typeface_plain(&fonts->files);
    for (int w = 0; w < WEIGHTS; w++)
        if (!fonts->face[w])
            fonts->face[w] = regular;
}

void fonts_close(struct fonts *fonts) {
    arena_close(&fonts->files);
}

static void open_others(struct fonts *fonts) {
    fonts->others_open = true;
    for (int i = 0; i < FONT_OTHERS; i++) {
        struct typeface *face = find_file(fonts, OTHER_FILES[i]);
        if (face)
            fonts->other[fonts->n_others++] = face;
    }
}

/* --- characters --- */

/* A character in its place. */
struct placed {
    const struct typeface *face;
    int glyph; // 0: a box
    float advance;
};

static const struct typeface *face_with(struct fonts *fonts, enum weight weight, uint32_t character,
                                        int *glyph) {
    const struct typeface *mine[] = {fonts->face[weight], fonts->face[WEIGHT_REGULAR]};
    for (int i = 0; i < 2; i++)
        if ((*glyph = typeface_glyph(mine[i], character)))
            return mine[i];
    if (!fonts->others_open)
        open_others(fonts);
    for (int i = 0; i < fonts->n_others; i++)
        if ((*glyph = typeface_glyph(fonts->other[i], character)))
            return fonts->other[i];
    return mine[0];
}

static const float BOX_WIDTH = 0.62f, BOX_HEIGHT = 0.7f, BOX_SIDE = 0.08f; // of the em

static struct placed place(struct fonts *fonts, enum weight weight, float size,
                           uint32_t character) {
    struct placed placed = {0};
    placed.face = face_with(fonts, weight, character, &placed.glyph);
    placed.advance = BOX_WIDTH * size;
    if (!placed.glyph && !fonts->missing)
        fonts->missing = character;
    if (placed.glyph)
        placed.advance = typeface_advance(placed.face, placed.glyph, size);
    return placed;
}

static struct coverage cover_box(float size, float shift, struct arena *arena) {
    int left = (int)(BOX_SIDE * size + shift + 0.5f);
    int w = (int)((BOX_WIDTH - 2 * BOX_SIDE) * size + 0.5f), h = (int)(BOX_HEIGHT * size + 0.5f);
    struct coverage cover = {left, -h, w, h, arena_take_zeroed(arena, (size_t)(w * h) + 1)};
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
            if (x == 0 || y == 0 || x == w - 1 || y == h - 1)
                cover.part[y * w + x] = 160;
    return cover;
}

/* --- lines --- */

/* The characters that are seen, in the order in which they are drawn; to be freed. */
static uint32_t *characters_of(const char *text, int *n) {
    uint32_t *characters = must_calloc(strlen(text) + 1, sizeof *characters);
    bool turned = false;
    for (*n = 0; *text;) {
        text += utf8_next(text, &characters[*n]);
        turned |= is_right_to_left(characters[*n]);
        *n += !utf8_is_invisible(characters[*n]);
    }
    if (turned)
        *n = order_for_drawing(characters, *n);
    return characters;
}

/* Walks along the line; draw may be NULL. Returns where the pen ends. */
static float walk(struct fonts *fonts, enum weight weight, float size, const char *text,
                  struct arena *scratch, text_drawer *draw, void *data) {
    float pen = 0;
    struct placed last = {0};
    int n;
    uint32_t *characters = characters_of(text, &n);
    for (int i = 0; i < n; i++) {
        struct placed placed = place(fonts, weight, size, characters[i]);
        if (last.glyph && last.face == placed.face && placed.glyph)
            pen += typeface_kern(placed.face, last.glyph, placed.glyph, size);
        if (draw) {
            float whole = floorf(pen);
            struct coverage cover =
                placed.glyph ? typeface_cover(placed.face, placed.glyph, size, pen - whole, scratch)
                             : cover_box(size, pen - whole, scratch);
            cover.x += (int)whole;
            draw(data, &cover);
            arena_reset(scratch);
        }
        pen += placed.advance;
        last = placed;
    }
    free(characters);
    return pen;
}

float text_width(struct fonts *fonts, enum weight weight, float size, const char *text) {
    return walk(fonts, weight, size, text, NULL, NULL, NULL);
}

void text_draw(struct fonts *fonts, enum weight weight, float size, const char *text,
               struct arena *scratch, text_drawer *draw, void *data) {
    walk(fonts, weight, size, text, scratch, draw, data);
}

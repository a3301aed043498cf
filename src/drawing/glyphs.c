/* The only file that names stb_truetype and stb_easy_font. */
#include "drawing/glyphs.h"

#include <stdbool.h>

#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC
#pragma GCC diagnostic ignored "-Wunused-function" // of their functions we need some
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include <stb/stb_easy_font.h>
#include <stb/stb_truetype.h>

/* Of stb_easy_font, in its units; a capital letter is 7 high. */
enum { PLAIN_EM = 11, PLAIN_BASELINE = 9, PLAIN_BELOW = 3, PLAIN_BYTES = 4096 };

struct typeface {
    bool plain;
    stbtt_fontinfo info;
};

struct typeface *typeface_open(const uint8_t *bytes, struct arena *arena) {
    struct typeface *face = arena_take_zeroed(arena, sizeof *face);
    int offset = stbtt_GetFontOffsetForIndex(bytes, 0);
    return offset >= 0 && stbtt_InitFont(&face->info, bytes, offset) ? face : NULL;
}

struct typeface *typeface_plain(struct arena *arena) {
    struct typeface *face = arena_take_zeroed(arena, sizeof *face);
    face->plain = true;
    return face;
}

static float scale_of(const struct typeface *face, float size) {
    if (!face->plain)
        return stbtt_ScaleForMappingEmToPixels(&face->info, size);
    float scale = floorf(size / PLAIN_EM + 0.5f);
    return scale < 1 ? 1 : scale;
}

int typeface_glyph(const struct typeface *face, uint32_t character) {
    if (face->plain && character == 0x2026) // an ellipsis
        return '~';
    if (face->plain)
        return character >= ' ' && character <= '~' ? (int)character : 0;
    return stbtt_FindGlyphIndex(&face->info, (int)character);
}

float typeface_advance(const struct typeface *face, int glyph, float size) {
    int advance = 0;
    if (face->plain)
        advance = stb_easy_font_width((char[]){(char)glyph, 0});
    else
        stbtt_GetGlyphHMetrics(&face->info, glyph, &advance, NULL);
    return (float)advance * scale_of(face, size);
}

float typeface_kern(const struct typeface *face, int left, int right, float size) {
    if (face->plain)
        return 0;
    return (float)stbtt_GetGlyphKernAdvance(&face->info, left, right) * scale_of(face, size);
}

void typeface_reach(const struct typeface *face, float size, float *above, float *below) {
    int ascent = PLAIN_BASELINE, descent = -PLAIN_BELOW;
    if (!face->plain)
        stbtt_GetFontVMetrics(&face->info, &ascent, &descent, NULL);
    *above = (float)ascent * scale_of(face, size);
    *below = (float)-descent * scale_of(face, size);
}

/* A vertex as stb_easy_font writes it; four make a rectangle, clockwise from the top left. */
struct vertex {
    float x, y, z;
    uint8_t colour[4];
};

static struct coverage cover_plain(int letter, int scale, struct arena *arena) {
    struct vertex vertex[PLAIN_BYTES / sizeof(struct vertex)];
    char text[] = {(char)letter, 0};
    int n = stb_easy_font_print(0, 0, text, NULL, vertex, sizeof vertex);
    int w = stb_easy_font_width(text) * scale, h = (PLAIN_BASELINE + PLAIN_BELOW) * scale;
    struct coverage cover = {0, -PLAIN_BASELINE * scale, w, h, NULL};
    cover.part = arena_take_zeroed(arena, (size_t)w * (size_t)h + 1);
    for (int i = 0; i < n; i++) {
        const struct vertex *low = &vertex[4 * i], *high = &vertex[4 * i + 2];
        for (int y = (int)low->y * scale; y < (int)high->y * scale && y < h; y++)
            for (int x = (int)low->x * scale; x < (int)high->x * scale && x < w; x++)
                cover.part[(size_t)y * (size_t)w + (size_t)x] = UINT8_MAX;
    }
    return cover;
}

struct coverage typeface_cover(const struct typeface *face, int glyph, float size, float shift,
                               struct arena *arena) {
    float scale = scale_of(face, size);
    struct coverage cover = {0};
    if (face->plain)
        return cover_plain(glyph, (int)scale, arena);
    int right, bottom;
    stbtt_GetGlyphBitmapBoxSubpixel(&face->info, glyph, scale, scale, shift, 0, &cover.x, &cover.y,
                                    &right, &bottom);
    cover.w = right - cover.x;
    cover.h = bottom - cover.y;
    if (cover.w <= 0 || cover.h <= 0)
        return (struct coverage){0};
    cover.part = arena_take_zeroed(arena, (size_t)cover.w * (size_t)cover.h);
    stbtt_MakeGlyphBitmapSubpixel(&face->info, cover.part, cover.w, cover.h, cover.w, scale, scale,
                                  shift, 0, glyph);
    return cover;
}

#include "report/tile.h"

#include "base/memory.h"
#include "formats/picture.h"
#include "formats/resize.h"

#include <stdlib.h>

enum { PNG_LEVEL = 9 };

int png_make(struct png *png, const void *pixels, const struct shape *shape, int side,
             struct arena *arena, struct err *err) {
    const int *dim = shape->dim;
    struct picture whole = {dim[1], dim[0], dim[2], (uint8_t *)pixels}, small = whole;
    size_within(&small.w, &small.h, side);
    size_t size = (size_t)small.w * (size_t)small.h * (size_t)small.c;
    uint8_t *bytes;
    small.pixels = arena_take(arena, size);
    resize_fit(&whole, FIT_SQUASH, small.w, small.h, arena, small.pixels);
    if (picture_encode_png(&small, PNG_LEVEL, arena, &bytes, &size, err) < 0)
        return -1;
    *png = (struct png){small.w, small.h, must_calloc(size, 1), size};
    memcpy(png->bytes, bytes, size);
    return 0;
}

void tile_set_labels(struct tile *tile, const float *soft_label, int n_classes,
                     struct arena *arena) {
    struct share *shares = arena_take(arena, (size_t)n_classes * sizeof *shares);
    int n = shares_of(soft_label, n_classes, shares);
    tile->n_labels = n <= TILE_PARTS ? n : TILE_PARTS;
    tile->more_labels = n - tile->n_labels;
    for (int i = 0; i < n; i++)
        if (i < tile->n_labels)
            tile->label[i] = shares[i];
        else
            tile->more_label_percent += shares[i].percent;
}

void tile_choose_sources(struct tile *tile, const float *share, int n, int index[TILE_PARTS]) {
    struct shown shown[TILE_PARTS];
    tile->n_sources = shares_show(share, n, TILE_PARTS, shown, &tile->more_source_percent);
    tile->more_sources = n - tile->n_sources;
    for (int i = 0; i < tile->n_sources; i++) {
        index[i] = shown[i].index;
        tile->source[i].percent = shown[i].percent;
        tile->source[i].share = share[index[i]];
    }
}

char *tile_source_name(const char *path, int64_t record) {
    struct text name = {0};
    text_string(&name, path);
    if (record >= 0)
        text_format(&name, " %lld", (long long)record);
    return text_finish(&name);
}

void tile_close(struct tile *tile) {
    free(tile->path);
    free(tile->png.bytes);
    free(tile->recipe);
    for (int i = 0; i < tile->n_sources; i++) {
        free(tile->source[i].png.bytes);
        free(tile->source[i].name);
    }
}

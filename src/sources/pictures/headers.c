#include "sources/pictures/headers.h"

#include "base/interrupt.h"
#include "base/memory.h"
#include "formats/picture.h"

#include <stdlib.h>
#include <string.h>

enum {
    HEADER_BYTES = 1 << 16, // enough for the header of nearly every picture
    SCAN_FILES = 64,        // of one item
};

struct header_scan {
    const struct header_files *files;
    const struct header_rules *rules;
    uint8_t *unusable; // (files) flags
    struct headers *items;
    struct arena *arenas; // (threads)
};

/* Looks at the beginning, then at the whole of what begins like a picture. */
static int probe_file(const struct header_scan *scan, uint32_t file, struct arena *arena,
                      struct picture_info *info, struct err *err) {
    const struct header_files *files = scan->files;
    static const size_t most[] = {HEADER_BYTES, PICTURE_BYTES_MAX};
    uint8_t *bytes;
    size_t size;
    struct err why;
    for (int i = 0; i < 2; i++) {
        if (files->read(files->data, file, most[i], arena, &bytes, &size, err) < 0)
            return -1;
        if (picture_probe(bytes, size, scan->rules->max_pixels, info, &why) == 0)
            return 0;
        if (size < most[i] || !picture_is_known(bytes, size))
            break;
    }
    struct text name = {0};
    files->name(files->data, file, &name);
    fail(err, "%s: %s", text_terminate(&name), why.text);
    text_close(&name);
    return -1;
}

static void note_failure(struct headers *item, uint32_t sample, const char *reason) {
    item->failures = must_realloc(item->failures, (item->n_failures + 1) * sizeof *item->failures);
    item->failures[item->n_failures++] = (struct failure){sample, must_strdup(reason)};
}

static void note_size(struct headers *item, uint32_t sample, int w, int h) {
    if (item->first == UINT32_MAX) {
        item->first = sample;
        item->w = w;
        item->h = h;
    } else if (item->odd == UINT32_MAX && (w != item->w || h != item->h)) {
        item->odd = sample;
        item->odd_w = w;
        item->odd_h = h;
    }
}

static void scan_item(void *data, int at, int thread) {
    struct header_scan *scan = data;
    struct headers *item = &scan->items[at];
    *item = (struct headers){.first = UINT32_MAX, .odd = UINT32_MAX};
    uint32_t first = (uint32_t)at * SCAN_FILES, n = scan->files->n;
    uint32_t end = first + SCAN_FILES < n ? first + SCAN_FILES : n;
    for (uint32_t i = first; i < end && !interrupted(); i++) {
        struct picture_info info;
        struct err err;
        if (probe_file(scan, i, &scan->arenas[thread], &info, &err) < 0) {
            note_failure(item, i, err.text);
            scan->unusable[i] = 1;
        } else {
            bool turned = scan->rules->upright && info.orientation >= 5;
            note_size(item, i, turned ? info.h : info.w, turned ? info.w : info.h);
            item->colour |= info.channels >= 3;
        }
        arena_reset(&scan->arenas[thread]);
    }
}

/* Joins what the items found into one item that stands for all files. */
static struct headers join_items(const struct headers *items, int n) {
    struct headers all = {.first = UINT32_MAX, .odd = UINT32_MAX};
    for (int i = 0; i < n; i++) {
        const struct headers *item = &items[i];
        if (item->n_failures > 0) {
            size_t total = all.n_failures + item->n_failures;
            all.failures = must_realloc(all.failures, total * sizeof *all.failures);
            memcpy(all.failures + all.n_failures, item->failures,
                   item->n_failures * sizeof *all.failures);
            all.n_failures = total;
            free(item->failures);
        }
        if (item->first != UINT32_MAX)
            note_size(&all, item->first, item->w, item->h);
        if (item->odd != UINT32_MAX)
            note_size(&all, item->odd, item->odd_w, item->odd_h);
        all.colour |= item->colour;
    }
    return all;
}

int headers_scan(const struct header_files *files, const struct header_rules *rules,
                 struct pool *pool, uint8_t *unusable, struct headers *found, struct err *err) {
    int n_items = (int)((files->n + SCAN_FILES - 1) / SCAN_FILES);
    struct header_scan scan = {.files = files, .rules = rules, .unusable = unusable};
    scan.items = must_calloc((size_t)n_items, sizeof *scan.items);
    scan.arenas = arenas_open(pool);
    parallel_for(pool, n_items, scan_item, &scan);
    *found = join_items(scan.items, n_items);
    arenas_close(scan.arenas, pool);
    free(scan.items);
    return interrupt_check(err);
}

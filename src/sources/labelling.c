#include "sources/labelling.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/memory.h"

enum { ITEM_SAMPLES = 64 }; // that a thread takes at a time

struct labelling {
    const struct source *source;
    const void *state;
    struct contents *contents;
    struct arena *arenas; // (threads)
    char **faults;        // (items) the first of each, owned; NULL: none
};

static int label_sample(const struct labelling *labelling, uint32_t sample, struct arena *arena,
                        struct err *err) {
    struct raw raw;
    int *label = &labelling->contents->label[sample];
    if (*label != LABEL_IN_RECORD)
        return 0;
    if (labelling->source->read(labelling->state, sample, arena, &raw, err) < 0)
        return -1;
    return labelling->source->label(labelling->state, sample, &raw, label, err);
}

static void label_item(void *data, int item, int thread) {
    struct labelling *labelling = data;
    struct arena *arena = &labelling->arenas[thread];
    uint32_t first = (uint32_t)item * ITEM_SAMPLES, left = labelling->contents->n - first;
    uint32_t end = first + (left < ITEM_SAMPLES ? left : ITEM_SAMPLES);
    struct err err;
    for (uint32_t i = first; i < end && !labelling->faults[item] && !interrupted(); i++)
        if (label_sample(labelling, i, arena, &err) < 0)
            labelling->faults[item] = must_strdup(err.text);
    arena_reset(arena);
}

int labelling_complete(const struct source *source, const void *state, struct pool *pool,
                       struct contents *contents, struct err *err) {
    if (!source->label)
        return 0;
    size_t items = ((size_t)contents->n + ITEM_SAMPLES - 1) / ITEM_SAMPLES;
    struct labelling labelling = {
        .source = source,
        .state = state,
        .contents = contents,
        .arenas = arenas_open(pool),
        .faults = must_calloc(items, sizeof *labelling.faults),
    };
    parallel_for(pool, (int)items, label_item, &labelling);
    int result = interrupt_check(err);
    for (size_t i = 0; i < items && result == 0; i++)
        if (labelling.faults[i])
            result = fail(err, "%s", labelling.faults[i]);
    strings_free(labelling.faults, items);
    arenas_close(labelling.arenas, pool);
    return result;
}

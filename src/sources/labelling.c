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

static bool is_labelled(const struct labelling *labelling, uint32_t sample) {
    return labelling->contents->label[sample] != LABEL_IN_RECORD;
}

/* The end of the run of samples from `at` on that all have their labels, or all have not. */
static uint32_t run_end(const struct labelling *labelling, uint32_t at, uint32_t end) {
    bool labelled = is_labelled(labelling, at);
    while (at < end && is_labelled(labelling, at) == labelled)
        at++;
    return at;
}

/* Samples first..end-1, none of which has its label. Those that cannot be read together are read
 * one by one, so that the first at fault is told of, and nothing but it. */
static int label_run(const struct labelling *labelling, uint32_t first, uint32_t end,
                     struct arena *arena, struct err *err) {
    const struct source *source = labelling->source;
    const void *state = labelling->state;
    struct raw raw[ITEM_SAMPLES];
    bool together = source->read_run(state, first, end - first, arena, raw, err) == 0;
    for (uint32_t i = first; i < end; i++) {
        if (!together && source->read(state, i, arena, &raw[i - first], err) < 0)
            return -1;
        if (source->label(state, i, &raw[i - first], &labelling->contents->label[i], err) < 0)
            return -1;
    }
    return 0;
}

static void label_item(void *data, int item, int thread) {
    struct labelling *labelling = data;
    struct arena *arena = &labelling->arenas[thread];
    uint32_t at = (uint32_t)item * ITEM_SAMPLES, left = labelling->contents->n - at;
    uint32_t next, end = at + (left < ITEM_SAMPLES ? left : ITEM_SAMPLES);
    struct err err;
    for (; at < end && !labelling->faults[item] && !interrupted(); at = next) {
        next = run_end(labelling, at, end);
        if (!is_labelled(labelling, at) && label_run(labelling, at, next, arena, &err) < 0)
            labelling->faults[item] = must_strdup(err.text);
        arena_reset(arena);
    }
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

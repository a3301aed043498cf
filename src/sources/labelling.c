#include "sources/labelling.h"

#include "base/interrupt.h"
#include "base/memory.h"

#include <stdlib.h>

enum {
    ITEM_SAMPLES = 64, // that a thread takes at a time
    ITEMS = 256,       // of one parallel loop
    LOOP_SAMPLES = ITEMS * ITEM_SAMPLES,
};

struct labelling {
    const struct source *source;
    const void *state;
    struct contents *contents;
    struct arena *arenas; // (threads)
    uint32_t first;       // sample of the loop at hand
    char *faults[ITEMS];  // the first of each of its items, owned; NULL: none
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
    uint32_t at = labelling->first + (uint32_t)item * ITEM_SAMPLES;
    uint32_t left = labelling->contents->n - at;
    uint32_t next, end = at + (left < ITEM_SAMPLES ? left : ITEM_SAMPLES);
    struct err err;
    for (; at < end && !labelling->faults[item] && !interrupted(); at = next) {
        next = run_end(labelling, at, end);
        if (!is_labelled(labelling, at) && label_run(labelling, at, next, arena, &err) < 0)
            labelling->faults[item] = must_strdup(err.text);
        arena_reset(arena);
    }
}

/* The first of the loop's is the first of all: the loops before had none. */
static int check_faults(struct labelling *labelling, struct err *err) {
    int result = interrupt_check(err);
    for (int i = 0; i < ITEMS; i++) {
        if (labelling->faults[i] && result == 0)
            result = fail(err, "%s", labelling->faults[i]);
        free(labelling->faults[i]);
        labelling->faults[i] = NULL;
    }
    return result;
}

int labelling_complete(const struct source *source, const void *state, struct pool *pool,
                       struct contents *contents, const struct watch *watch, struct err *err) {
    if (!source->label)
        return 0;
    struct labelling labelling = {
        .source = source, .state = state, .contents = contents, .arenas = arenas_open(pool)};
    uint32_t n = contents->n, here;
    int result = 0;
    for (uint32_t at = 0; at < n && result == 0; at += here) {
        here = n - at < LOOP_SAMPLES ? n - at : LOOP_SAMPLES;
        labelling.first = at;
        watch_tell(watch, (struct progress){"reading labels", "", at, n});
        parallel_for(pool, (int)((here + ITEM_SAMPLES - 1) / ITEM_SAMPLES), label_item, &labelling);
        result = check_faults(&labelling, err);
    }
    arenas_close(labelling.arenas, pool);
    return result;
}

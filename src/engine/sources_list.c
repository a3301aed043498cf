#include "engine/sources_list.h"

#include "base/clock.h"
#include "base/memory.h"
#include "engine/intake.h"
#include "engine/list_file.h"

#include <stdlib.h>

enum {
    SLICE_SAMPLES = 4096,
    SLICES_A_THREAD = 4, // between two writes
    SLICES_MAX = 64,     // in memory: some 20 MB of lines
};

/* What is listed in one parallel loop: slices of the window from this one on. */
struct listing {
    const struct run *run;
    int first_slice;
};

static void print_sample(struct slice *slice, const struct run *run, uint32_t sample) {
    const struct contents *contents = &run->contents;
    slice->path.used = 0;
    struct origin origin = run->source->origin(run->source_state, sample, &slice->path);
    slice_begin_line(slice, run, contents->first + sample, &origin);
    text_string(&slice->text, ",\"label\":");
    text_unsigned(&slice->text, (uint64_t)contents->label[sample]);
    text_string(&slice->text, "}\n");
}

static void print_slice(void *data, int item, int thread) {
    (void)thread;
    const struct listing *listing = data;
    const struct run *run = listing->run;
    struct slice *slice = &run->sources->slices[item];
    uint32_t first = (uint32_t)(listing->first_slice + item) * SLICE_SAMPLES;
    slice->path.used = slice->last_path.used = 0;
    if (first > 0) {
        run->source->origin(run->source_state, first - 1, &slice->path);
        slice_go_on(slice);
    }
    for (uint32_t i = first; i < run->contents.n && i - first < SLICE_SAMPLES; i++)
        print_sample(slice, run, i);
}

static int add_window(struct run *run, struct err *err) {
    struct list_file *list = run->sources;
    int slices = (int)((run->contents.n + SLICE_SAMPLES - 1) / SLICE_SAMPLES);
    for (int done = 0, now; done < slices; done += now) {
        now = slices - done < list->n_slices ? slices - done : list->n_slices;
        parallel_for(run->pool, now, print_slice, &(struct listing){run, done});
        if (list_file_write(list, now, err) < 0)
            return -1;
    }
    return 0;
}

int sources_add(struct run *run, struct err *err) {
    if (!run->sources || !run->unlisted)
        return 0;
    double start = clock_now();
    int result = add_window(run, err);
    run->unlisted = false;
    run_spend(run, RUN_COMMIT, start);
    return result;
}

int sources_open(struct run *run, const struct publication *publication, struct err *err) {
    int slices = SLICES_A_THREAD * pool_threads(run->pool);
    run->sources = must_calloc(1, sizeof *run->sources);
    if (list_file_open(run->sources, publication, "sources.jsonl",
                       slices < SLICES_MAX ? slices : SLICES_MAX, err) == 0)
        return 0;
    free(run->sources);
    run->sources = NULL;
    return -1;
}

static int end_sources(struct run *run, int result, struct err *err) {
    result = list_file_close(run->sources, result, err);
    run->escaped = run->sources->escaped;
    free(run->sources);
    run->sources = NULL;
    return result;
}

int sources_close(struct run *run, struct err *err) {
    int result = intake_complete_labels(run, err) < 0 ? -1 : sources_add(run, err);
    return end_sources(run, result, err);
}

void sources_abandon(struct run *run) {
    struct err ignored;
    if (run->sources)
        end_sources(run, -1, &ignored);
}

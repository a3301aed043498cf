#include "engine/sources_list.h"

#include "base/clock.h"
#include "base/memory.h"
#include "engine/intake.h"
#include "engine/list_file.h"

#include <stdlib.h>

enum {
    SLICE_SAMPLES = 1024,
    SLICES_A_THREAD = 4, // between two writes
    SLICES_MAX = 64,     // in memory, twice: some 10 MB of lines
};

/* One parallel loop: slices of the window are printed, those printed before are written. */
struct listing {
    const struct run *run;
    struct slice *print; // (n_print), of which the first is this one of the window
    int n_print, first;
    struct slice *write; // (n_write)
    int n_write;
    int result; // of writing
    struct err *err;
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

static void print_slice(struct slice *slice, const struct run *run, uint32_t first) {
    slice->path.used = slice->last_path.used = 0;
    if (first > 0) {
        run->source->origin(run->source_state, first - 1, &slice->path);
        slice_go_on(slice);
    }
    for (uint32_t i = first; i < run->contents.n && i - first < SLICE_SAMPLES; i++)
        print_sample(slice, run, i);
}

/* Item 0 writes, the rest print. */
static void work(void *data, int item, int thread) {
    (void)thread;
    struct listing *listing = data;
    const struct run *run = listing->run;
    if (item == 0)
        listing->result =
            list_file_write(run->sources, listing->write, listing->n_write, listing->err);
    else
        print_slice(&listing->print[item - 1], run,
                    (uint32_t)(listing->first + item - 1) * SLICE_SAMPLES);
}

/* Windows of a stream are short, and their lists a part of the work. */
static void tell(const struct run *run, uint64_t printed) {
    uint64_t n = run->contents.n;
    if (!run->contents.stream)
        watch_tell(run->watch,
                   (struct progress){"listing sources", "", printed < n ? printed : n, n});
}

/* What was printed in one loop is written in the next. */
static void turn(struct listing *listing) {
    struct slice *printed = listing->print;
    listing->print = listing->write;
    listing->write = printed;
    listing->n_write = listing->n_print;
}

static int add_window(struct run *run, struct err *err) {
    int slices = (int)((run->contents.n + SLICE_SAMPLES - 1) / SLICE_SAMPLES);
    int half = run->sources->n_slices / 2;
    struct slice *all = run->sources->slices;
    struct listing listing = {.run = run, .print = all, .write = all + half, .err = err};
    for (int done = 0; done < slices || listing.n_write > 0; done += listing.n_print) {
        tell(run, (uint64_t)done * SLICE_SAMPLES);
        listing.first = done;
        listing.n_print = slices - done < half ? slices - done : half;
        parallel_for(run->pool, 1 + listing.n_print, work, &listing);
        if (listing.result < 0)
            return -1;
        turn(&listing);
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
    int half = SLICES_A_THREAD * pool_threads(run->pool);
    run->sources = must_calloc(1, sizeof *run->sources);
    if (list_file_open(run->sources, publication, "sources.jsonl",
                       2 * (half < SLICES_MAX ? half : SLICES_MAX), err) == 0)
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

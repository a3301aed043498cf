#include "engine/intake.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/memory.h"
#include "base/memory_limit.h"
#include "base/words.h"
#include "sources/labelling.h"
#include "sources/warming.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int check_path(const char *path, struct err *err) {
    if (strcmp(path, "-") != 0 && file_kind(path) == FILE_MISSING)
        return fail(err, "%s: %s", *path ? path : "''",
                    errno == ENOENT ? "no such file or folder" : strerror(errno));
    return 0;
}

int intake_find(const struct job *job, const struct input *input, const struct source **source,
                struct err *err) {
    *source = job->source;
    for (int i = 0; i < input->n_paths; i++) {
        const struct source *found = *source;
        if (check_path(input->paths[i], err) < 0)
            return -1;
        if (!job->source && !(found = source_detect(input->paths[i], input->labels, err)))
            return -1;
        if (*source && found != *source)
            return fail(err, "%s is of kind %s, but %s is of kind %s: inputs cannot be mixed",
                        input->paths[0], (*source)->name, input->paths[i], found->name);
        *source = found;
    }
    if (input->split && !(*source)->splits)
        return misuse(err,
                      "--split %s: an input of kind %s has no splits: name the files themselves",
                      input->split, (*source)->name);
    if (input->coarse && (*source)->label_sets < 2)
        return misuse(err, "--label coarse: %s has one set of labels only (%s)", input->paths[0],
                      (*source)->name);
    return 0;
}

/* --- labels --- */

void intake_learn_labels(struct run *run, const struct batch *batch) {
    int *label = run->contents.label;
    for (int i = 0; i < batch->n && run->n_unlabelled > 0; i++) {
        run->n_unlabelled -= label[batch->source[i]] == LABEL_IN_RECORD;
        label[batch->source[i]] = batch->label[i];
    }
}

int intake_complete_labels(struct run *run, struct err *err) {
    if (run->n_unlabelled == 0)
        return 0;
    double start = clock_now();
    run->n_unlabelled = 0;
    int result = labelling_complete(run->source, run->source_state, run->pool, &run->contents,
                                    run->watch, err);
    run_spend(run, RUN_READ, start);
    return result;
}

/* --- what could not be used --- */

void intake_lose(struct run *run, uint32_t sample, char *reason) {
    uint8_t *bits = &run->lost[sample / 8], bit = (uint8_t)(1 << sample % 8);
    struct text path = {0};
    if (*bits & bit) {
        free(reason);
        return;
    }
    *bits |= bit;
    struct origin origin = run->source->origin(run->source_state, sample, &path);
    text_terminate(&path);
    run->losses = must_grow(run->losses, run->n_losses, &run->losses_room, sizeof *run->losses);
    run->losses[run->n_losses++] =
        (struct loss){run->contents.first + sample, origin, path.bytes, reason};
}

static void watch_classes(struct run *run) {
    const struct contents *contents = &run->contents;
    struct class_run *last = &run->last_run;
    for (uint32_t i = 0; i < contents->n; i++) {
        if (contents->label[i] != last->label)
            *last = (struct class_run){.label = contents->label[i]};
        last->length++;
        if (last->length > run->longest.length)
            run->longest = *last;
    }
}

/* Begins the window that the source has listed. */
static void take_window(struct run *run) {
    struct contents *contents = &run->contents;
    free(run->lost);
    run->lost = must_calloc(contents->n / 8 + 1, 1);
    for (size_t i = 0; i < contents->n_failures; i++)
        intake_lose(run, contents->failures[i].source, contents->failures[i].reason);
    failures_taken(contents);
    run->counts.read += contents->n;
    run->unlisted = true;
    if (contents->stream)
        watch_classes(run);
    order_window(&run->order, contents->unusable, contents->n);
}

static int check_losses(const struct run *run, size_t before, struct err *err) {
    if (run->job->on_error == ON_ERROR_STOP && run->n_losses > before)
        return fail(err, "%s", run->losses[before].reason);
    return 0;
}

/* --- opening and advancing --- */

/* What a stream gives ends where it ends: samples counted one by one are a limit there. */
static int start_order(struct run *run, struct err *err) {
    const struct job *job = run->job;
    const struct option_count *count = &job->count;
    bool stream = run->contents.stream;
    if (count->unit == COUNT_PASSES && count->n > INT64_MAX / (run->contents.n + 1))
        return misuse(err, "--count %llux: too many passes over %u sample%s",
                      (unsigned long long)count->n, run->contents.n, s_of(run->contents.n));
    run->order = (struct order){
        .seed = job->seed,
        .batch = job->batch,
        .passes = count->unit == COUNT_PASSES ? count->n
                  : stream                    ? 1
                                              : ENDLESS,
        .limit = count->unit == COUNT_SAMPLES ? count->n : ENDLESS,
        .originals = job->with_originals,
    };
    return 0;
}

int intake_open(struct run *run, struct err *err) {
    struct input input = job_input(run->job);
    if (intake_find(run->job, &input, &run->source, err) < 0)
        return -1;
    run->source_state = must_calloc(1, run->source->state_size);
    int result = run->source->open(run->source_state, &input, run->pool, &run->contents, err);
    if (result < 0 || start_order(run, err) < 0)
        return -1;
    run->n_unlabelled = run->source->label ? run->contents.n : 0;
    take_window(run);
    return check_losses(run, 0, err);
}

/* Where most samples will be read, and they fit: the cache is for others too. */
int intake_warm(struct run *run, struct err *err) {
    if (run->contents.stream || run->counts.asked < run->contents.n / 2)
        return 0;
    double start = clock_now();
    int result = warm_files(run->source, run->source_state, memory_limit_of_cache() / 2, run->pool,
                            run->watch, err);
    run_spend(run, RUN_READ, start);
    return result;
}

int intake_advance(struct run *run, bool *more, struct err *err) {
    struct contents *contents = &run->contents;
    size_t before = run->n_losses;
    *more = false;
    if (!contents->stream || order_is_done(&run->order))
        return 0;
    if (run->source->advance(run->source_state, contents, err) < 0)
        return -1;
    if (contents->n == 0)
        return 0;
    *more = true;
    take_window(run);
    return check_losses(run, before, err);
}

void intake_close(struct run *run) {
    struct contents *contents = &run->contents;
    failures_drop(contents);
    for (size_t i = 0; i < run->n_losses; i++) {
        free(run->losses[i].path);
        free(run->losses[i].reason);
    }
    free(run->losses);
    free(run->lost);
    order_close(&run->order);
    if (run->source_state)
        run->source->close(run->source_state);
    free(run->source_state);
}

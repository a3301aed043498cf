#include "engine/run.h"

#include "base/files.h"
#include "base/memory.h"
#include "engine/card.h"
#include "engine/dataset_record.h"
#include "engine/pipeline.h"
#include "engine/source_lists.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *const RUN_STAGE_NAMES[RUN_STAGES] = {"read",  "decode", "draw",
                                                 "blend", "encode", "commit"};

/* --- opening --- */

static int open_source(struct run *run, struct err *err) {
    const struct job *job = run->job;
    run->source = job->source;
    for (int i = 0; i < job->n_inputs; i++) {
        if (file_kind(job->inputs[i]) == FILE_MISSING)
            return fail(err, "%s: %s", *job->inputs[i] ? job->inputs[i] : "''",
                        errno == ENOENT ? "no such file or folder" : strerror(errno));
        const struct source *found = run->source;
        if (!job->source && !(found = source_detect(job->inputs[i], err)))
            return -1;
        if (run->source && found != run->source)
            return fail(err, "%s is of kind %s, but %s is of kind %s: inputs cannot be mixed",
                        job->inputs[0], run->source->name, job->inputs[i], found->name);
        run->source = found;
    }
    if (job->label == LABEL_COARSE && run->source->label_sets < 2)
        return fail(err, "--label coarse: %s has one set of labels only (%s)", job->inputs[0],
                    run->source->name);
    run->source_state = must_calloc(1, run->source->state_size);
    struct input input = job_input(job);
    int result = run->source->open(run->source_state, &input, run->pool, &run->contents, err);
    run->failures = run->contents.failures;
    run->n_failures = run->contents.n_failures;
    return result;
}

/* The sink that the job asks for, or that fits the input. */
static const struct sink *choose_sink(const struct job *job, const struct source *source) {
    if (job->sink)
        return job->sink;
    return sink_find(source->file_per_sample ? "folder" : "npy");
}

static int set_count(struct run *run, struct err *err) {
    const struct option_count *count = &run->job->count;
    struct order *order = &run->order;
    if (count->passes && count->n > INT64_MAX / order->n)
        return fail(err, "--count %llux: too many passes over %u samples",
                    (unsigned long long)count->n, order->n);
    order->mixed = count->passes ? count->n * order->n : count->n;
    order->batch = run->job->batch;
    order->originals = run->job->with_originals;
    run->counts.asked = order_total(order);
    return 0;
}

static struct output output_of(const struct run *run, const struct publication *publication) {
    return (struct output){
        .publication = publication,
        .shape = run->contents.shape,
        .dtype = run->contents.dtype,
        .n_classes = run->contents.n_classes,
        .class_names = run->contents.class_names,
        .count = run->counts.asked,
        .image = (enum image_kind)run->job->image,
        .quality = run->job->quality,
        .png_level = run->job->png_level,
    };
}

/* The output must not take the place of an input, nor lie inside a folder of classes, which the
 * next run would read as one of them. */
static int check_place(const struct run *run, struct err *err) {
    const struct job *job = run->job;
    char *parent = path_parent(job->output);
    int result = 0;
    for (int i = 0; i < job->n_inputs && result == 0; i++) {
        const char *input = job->inputs[i];
        if (path_is_inside(input, job->output))
            result =
                fail(err, "-o %s: holds the input %s, which it would replace", job->output, input);
        else if (run->source->file_per_sample && path_is_inside(parent, input))
            result = fail(err, "-o %s: lies inside the input %s, which would hold it next time",
                          job->output, input);
    }
    free(parent);
    return result;
}

/* Everything that can be said against the output before it is made. */
static int check_output(const struct run *run, struct err *err) {
    struct output output = output_of(run, NULL);
    bool replaces;
    if (run->sink->check && run->sink->check(&output, err) < 0)
        return -1;
    if (!run->sink->manifest)
        return 0;
    if (publication_check(run->job->output, run->job->force, &replaces, err) < 0)
        return -1;
    return check_place(run, err);
}

int run_open(struct run *run, const struct job *job, struct err *err) {
    *run = (struct run){.job = job};
    run->pool = pool_open(job->threads, err);
    if (!run->pool || open_source(run, err) < 0)
        return -1;
    if (job->on_error == ON_ERROR_STOP && run->n_failures > 0)
        return fail(err, "%s", run->failures[0].reason);
    order_open(&run->order, job->seed, run->contents.unusable, run->contents.n);
    if (set_count(run, err) < 0)
        return -1;
    run->sink = choose_sink(job, run->source);
    run->failed = must_calloc(run->contents.n / 8 + 1, 1);
    run->counts.of_class =
        must_calloc((size_t)run->contents.n_classes, sizeof *run->counts.of_class);
    if (chains_open(&run->chains, job, &run->contents.shape, order_full_batch(&run->order), err) <
        0)
        return -1;
    return check_output(run, err);
}

void run_close(struct run *run) {
    chains_close(&run->chains);
    order_close(&run->order);
    for (size_t i = 0; i < run->n_failures; i++)
        free(run->failures[i].reason);
    free(run->failures);
    free(run->failed);
    free(run->counts.of_class);
    text_close(&run->result);
    if (run->source_state)
        run->source->close(run->source_state);
    free(run->source_state);
    pool_close(run->pool);
}

/* --- the output and what it says of itself --- */

/* The record of the job comes first, so that an output that is not complete can be told by it. */
static int write_head(struct run *run, const struct publication *publication, struct err *err) {
    if (record_write(run, publication, false, err) < 0 ||
        publication_write_lines(publication, "classes.txt", run->contents.class_names,
                                run->contents.n_classes, err) < 0)
        return -1;
    return sources_write(run, publication, err);
}

static int write_tail(const struct run *run, const struct publication *publication,
                      struct err *err) {
    if (failures_write(run, publication, err) < 0 || card_write(run, publication, err) < 0)
        return -1;
    return record_write(run, publication, true, err);
}

static int by_source(const void *a, const void *b) {
    const struct failure *x = a, *y = b;
    return (x->source > y->source) - (x->source < y->source);
}

/* Opens the sink, runs the pipeline, closes the sink. */
static int fill(struct run *run, const struct publication *publication, const struct watch *watch,
                struct err *err) {
    struct output output = output_of(run, publication);
    struct err ignored;
    size_t record[STREAMS_MAX] = {0};
    void *state = must_calloc(1, run->sink->state_size);
    int result = run->sink->open ? run->sink->open(state, &output, record, err) : 0;
    if (result == 0)
        result = pipeline_run(run, publication, state, record, watch, err);
    if (run->n_failures > 0)
        qsort(run->failures, run->n_failures, sizeof *run->failures, by_source);
    if (result == 0 && run->counts.written == 0)
        result = fail(err, "no sample could be made; the first of %zu failures: %s",
                      run->n_failures, run->failures[0].reason);
    bool ok = result == 0;
    if (run->sink->close && run->sink->close(state, ok, &run->result, ok ? err : &ignored) < 0)
        result = -1;
    free(state);
    return result;
}

int run_mix(struct run *run, const struct watch *watch, struct err *err) {
    struct publication publication;
    if (!run->sink->manifest)
        return fill(run, NULL, watch, err);
    if (publication_open(&publication, run->job->output, run->job->force, err) < 0)
        return -1;
    if (write_head(run, &publication, err) == 0 && fill(run, &publication, watch, err) == 0 &&
        write_tail(run, &publication, err) == 0)
        return publication_commit(&publication, err);
    publication_abandon(&publication);
    return -1;
}

#include "engine/run.h"

#include "base/archive.h"
#include "base/files.h"
#include "base/memory.h"
#include "engine/card.h"
#include "engine/dataset_record.h"
#include "engine/intake.h"
#include "engine/pipeline.h"
#include "engine/source_lists.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const RUN_STAGE_NAMES[RUN_STAGES] = {"read",  "decode", "draw",
                                                 "blend", "encode", "commit"};

/* --- opening --- */

/* The sink that the job asks for, or that fits the input. */
static const struct sink *choose_sink(const struct job *job, const struct source *source) {
    if (job->sink)
        return job->sink;
    for (int i = 0; i < N_SINKS; i++)
        if (SINKS[i]->suffix &&
            (strcmp(job->output, "-") == 0 || ends_with(job->output, SINKS[i]->suffix)))
            return SINKS[i];
    return sink_find(source->file_per_sample ? "folder" : "npy");
}

/* Unknown for a stream, but where the samples are counted. */
static uint64_t asked(const struct run *run) {
    if (!run->contents.stream)
        return order_total(&run->order);
    return run->order.originals ? ENDLESS : run->order.limit;
}

/* Where the output goes, from its name and the sink. */
static int settle_form(struct run *run, struct err *err) {
    const struct sink *sink = run->sink;
    const char *output = run->job->output;
    if (!sink->manifest && !sink->streams) {
        run->form = OUTPUT_NONE;
        return 0;
    }
    if (strcmp(output, "-") == 0) {
        run->form = OUTPUT_STREAM;
        if (!sink->streams)
            return fail(err, "-o -: --to %s makes a folder; standard output takes --to tar or raw",
                        sink->name);
        return !run->job->dry_run && isatty(STDOUT_FILENO) == 1
                   ? fail(err, "-o -: standard output is a terminal; give it a reader or a file")
                   : 0;
    }
    if (!sink->manifest)
        return fail(err, "-o %s: --to %s writes to standard output only: -o -", output, sink->name);
    run->form = sink->suffix && ends_with(output, sink->suffix) ? OUTPUT_FILE : OUTPUT_FOLDER;
    run->manifest = run->form == OUTPUT_FOLDER ? sink->manifest : NULL;
    return 0;
}

static int check_endless(const struct run *run, struct err *err) {
    bool ends = run->contents.stream || run->counts.asked != ENDLESS;
    if (ends || run->form == OUTPUT_STREAM)
        return 0;
    return fail(err, "--count inf never ends: it needs -o - and a reader that does");
}

static struct output output_of(const struct run *run, const struct publication *publication,
                               int stream) {
    return (struct output){
        .publication = publication,
        .stream = stream,
        .stream_name = run->form == OUTPUT_FILE ? run->job->output : "standard output",
        .shape = run->contents.shape,
        .dtype = run->contents.dtype,
        .n_classes = run->contents.n_classes,
        .class_names = run->contents.class_names,
        .count = run->counts.asked,
        .image = (enum image_kind)run->job->image,
        .quality = run->job->quality,
        .png_level = run->job->png_level,
        .shard = run->job->shard_size,
        .labels_to = run->job->labels_to,
        .force = run->job->force,
    };
}

/* What the option says is written must not take the place of what is read. */
static int check_replaced(const struct job *job, const char *option, const char *output,
                          struct err *err) {
    bool file = file_kind(output) == FILE_REGULAR;
    for (int i = 0; i < job->n_inputs + 2; i++) {
        const char *read = i < job->n_inputs    ? job->inputs[i]
                           : i == job->n_inputs ? job->labels
                                                : job->classes;
        if (read && path_is_inside(read, output))
            return fail(err, "%s %s: holds the input %s, which it would replace", option, output,
                        read);
        if (read && file && (path_is_inside(output, read) || path_is_same(output, read)))
            return fail(err, "%s %s: belongs to the input %s, and would be replaced", option,
                        output, read);
    }
    return 0;
}

/* Nor may the file that grows until it takes that name. */
static int check_partial(const struct job *job, struct err *err) {
    char *partial = archive_partial(job->output);
    int result = check_replaced(job, "-o", partial, err);
    free(partial);
    return result;
}

/* Nor may it lie inside a folder of samples, which the next run would read as one of them. */
static int check_place(const struct run *run, struct err *err) {
    const struct job *job = run->job;
    char *parent = path_parent(job->output);
    int result = check_replaced(job, "-o", job->output, err);
    for (int i = 0; i < job->n_inputs && result == 0 && run->source->file_per_sample; i++)
        if (path_is_inside(parent, job->inputs[i]))
            result = fail(err, "-o %s: lies inside the input %s, which would hold it next time",
                          job->output, job->inputs[i]);
    free(parent);
    return result;
}

/* Everything that can be said against the output before it is made. */
static int check_output(const struct run *run, struct err *err) {
    const struct job *job = run->job;
    struct output output = output_of(run, NULL, -1);
    bool replaces;
    if (run->sink->check && run->sink->check(&output, err) < 0)
        return -1;
    if (job->labels_to && check_replaced(job, "--labels-to", job->labels_to, err) < 0)
        return -1;
    if (run->form == OUTPUT_FILE &&
        (archive_check(job->output, job->force, run->sink->is_ours, err) < 0 ||
         check_partial(job, err) < 0))
        return -1;
    if (run->form == OUTPUT_FOLDER &&
        publication_check(job->output, job->force, &replaces, err) < 0)
        return -1;
    return run->form == OUTPUT_FILE || run->form == OUTPUT_FOLDER ? check_place(run, err) : 0;
}

int run_batch(const struct run *run) {
    return run->contents.stream ? run->job->batch : order_full_batch(&run->order);
}

int run_open(struct run *run, const struct job *job, struct err *err) {
    *run = (struct run){.job = job};
    run->pool = pool_open(job->threads, err);
    if (!run->pool || intake_open(run, err) < 0)
        return -1;
    run->sink = choose_sink(job, run->source);
    run->counts.asked = asked(run);
    if (settle_form(run, err) < 0 || check_endless(run, err) < 0)
        return -1;
    run->counts.of_class =
        must_calloc((size_t)run->contents.n_classes, sizeof *run->counts.of_class);
    if (chains_open(&run->chains, job, &run->contents.shape, run_batch(run), err) < 0)
        return -1;
    return check_output(run, err);
}

void run_close(struct run *run) {
    chains_close(&run->chains);
    intake_close(run);
    free(run->counts.of_class);
    text_close(&run->result);
    pool_close(run->pool);
}

/* --- the output and what it says of itself --- */

/* The record of the job comes first, so that an output that is not complete can be told by it. */
static int write_head(struct run *run, const struct publication *publication, struct err *err) {
    if (record_write(run, publication, false, err) < 0 ||
        publication_write_lines(publication, "classes.txt", run->contents.class_names,
                                run->contents.n_classes, err) < 0)
        return -1;
    return sources_open(run, publication, err);
}

static int write_tail(struct run *run, const struct publication *publication, struct err *err) {
    if (sources_close(run, err) < 0 || failures_write(run, publication, err) < 0 ||
        card_write(run, publication, err) < 0)
        return -1;
    return record_write(run, publication, true, err);
}

static int by_source(const void *a, const void *b) {
    const struct loss *x = a, *y = b;
    return (x->source > y->source) - (x->source < y->source);
}

/* Opens the sink, runs the pipeline, closes the sink. */
static int fill(struct run *run, const struct publication *publication, int stream,
                const struct watch *watch, struct err *err) {
    struct output output = output_of(run, publication, stream);
    struct err ignored;
    size_t record[STREAMS_MAX] = {0};
    void *state = must_calloc(1, run->sink->state_size);
    int result = run->sink->open ? run->sink->open(state, &output, record, err) : 0;
    if (result == 0)
        result = pipeline_run(run, publication, state, record, watch, err);
    if (run->n_losses > 0)
        qsort(run->losses, run->n_losses, sizeof *run->losses, by_source);
    if (run->counts.asked == ENDLESS)
        run->counts.asked = run->order.next;
    if (result == 0 && run->counts.written == 0)
        result = fail(err, "no sample could be made; the first of %zu failures: %s", run->n_losses,
                      run->n_losses > 0 ? run->losses[0].reason : "none");
    bool ok = result == 0;
    if (run->sink->close && run->sink->close(state, ok, &run->result, ok ? err : &ignored) < 0)
        result = -1;
    free(state);
    return result;
}

static int mix_to_folder(struct run *run, const struct watch *watch, struct err *err) {
    struct publication publication;
    if (publication_open(&publication, run->job->output, run->job->force, err) < 0)
        return -1;
    if (write_head(run, &publication, err) == 0 && fill(run, &publication, -1, watch, err) == 0 &&
        write_tail(run, &publication, err) == 0)
        return publication_commit(&publication, err);
    sources_abandon(run);
    publication_abandon(&publication);
    return -1;
}

static int mix_to_file(struct run *run, const struct watch *watch, struct err *err) {
    struct archive archive;
    if (archive_open(&archive, run->job->output, run->job->force, run->sink->is_ours, err) < 0)
        return -1;
    if (fill(run, NULL, archive.fd, watch, err) == 0)
        return archive_commit(&archive, err);
    archive_abandon(&archive);
    return -1;
}

static int mix_to_stream(struct run *run, const struct watch *watch, struct err *err) {
    int stream = pipe_reopen(STDOUT_FILENO);
    int result = fill(run, NULL, stream, watch, err);
    if (stream != STDOUT_FILENO)
        close(stream);
    return result;
}

int run_mix(struct run *run, const struct watch *watch, struct err *err) {
    switch (run->form) {
    case OUTPUT_FOLDER:
        return mix_to_folder(run, watch, err);
    case OUTPUT_FILE:
        return mix_to_file(run, watch, err);
    case OUTPUT_STREAM:
        return mix_to_stream(run, watch, err);
    case OUTPUT_NONE:
        break;
    }
    return fill(run, NULL, -1, watch, err);
}

#include "engine/run.h"

#include "base/archive.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/memory_limit.h"
#include "base/streams.h"
#include "base/words.h"
#include "engine/card.h"
#include "engine/dataset_record.h"
#include "engine/failures_list.h"
#include "engine/footprint.h"
#include "engine/intake.h"
#include "engine/output.h"
#include "engine/pipeline.h"
#include "engine/sources_list.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const RUN_STAGE_NAMES[RUN_STAGES] = {"read",  "decode", "draw",
                                                 "blend", "encode", "commit"};

/* --- opening --- */

/* Unknown for a stream, but where the samples are counted. */
static uint64_t asked(const struct run *run) {
    if (!run->contents.stream)
        return order_total(&run->order);
    return run->order.originals ? ENDLESS : run->order.limit;
}

int run_batch(const struct run *run) {
    const struct job *job = run->job;
    if (!run->contents.stream)
        return order_full_batch(&run->order);
    return job->batch < job->window ? job->batch : job->window;
}

int run_open(struct run *run, const struct job *job, struct err *err) {
    *run = (struct run){.job = job};
    run->pool = pool_open(job->threads, err);
    if (!run->pool || intake_open(run, err) < 0)
        return -1;
    run->sink = job->sink ? job->sink : sink_find(run->source->file_per_sample ? "folder" : "npy");
    run->manifest = job->form == OUTPUT_FOLDER ? run->sink->manifest : NULL;
    run->counts.asked = asked(run);
    if (job_check_needs(job, run->sink, err) < 0)
        return -1;
    struct footprint footprint = footprint_of_mix(run);
    if (footprint_check(&footprint, run, memory_limit(), err) < 0)
        return -1;
    run->counts.of_class =
        must_calloc((size_t)run->contents.n_classes, sizeof *run->counts.of_class);
    if (chains_open(&run->chains, job, &run->contents.shape, run_batch(run), err) < 0)
        return -1;
    return output_check(run, err);
}

void run_close(struct run *run) {
    chains_close(&run->chains);
    intake_close(run);
    free(run->counts.of_class);
    text_close(&run->result);
    pool_close(run->pool);
}

void run_spend(struct run *run, enum run_stage stage, double start) {
    run->seconds[stage] += (clock_now() - start) * pool_threads(run->pool);
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
                struct err *err) {
    struct output output = output_of(run, publication, stream);
    struct err ignored = {0};
    size_t record[STREAMS_MAX] = {0};
    void *state = must_calloc(1, run->sink->state_size);
    int result = run->sink->open ? run->sink->open(state, &output, record, err) : 0;
    if (result == 0)
        result = intake_warm(run, err);
    if (result == 0)
        result = pipeline_run(run, publication, state, record, err);
    if (run->n_losses > 0)
        qsort(run->losses, run->n_losses, sizeof *run->losses, by_source);
    if (run->counts.asked == ENDLESS)
        run->counts.asked = run->order.next;
    if (result == 0 && run->counts.written == 0)
        result = fail(err, "no sample could be made; the first of %zu failure%s: %s", run->n_losses,
                      s_of(run->n_losses), run->n_losses > 0 ? run->losses[0].reason : "none");
    bool ok = result == 0;
    struct err *later = ok || err->reader_gone ? err : &ignored; // the first error counts
    if (run->sink->close && run->sink->close(state, ok, &run->result, later) < 0)
        result = -1;
    free(state);
    return result;
}

static int mix_to_folder(struct run *run, struct err *err) {
    struct publication publication;
    if (publication_open(&publication, run->job->output, run->job->force, err) < 0)
        return -1;
    if (write_head(run, &publication, err) == 0 && fill(run, &publication, -1, err) == 0 &&
        write_tail(run, &publication, err) == 0)
        return publication_commit(&publication, err);
    sources_abandon(run);
    publication_abandon(&publication);
    return -1;
}

static int mix_to_file(struct run *run, struct err *err) {
    struct archive archive;
    if (archive_open(&archive, run->job->output, run->job->force, run->sink->is_ours, err) < 0)
        return -1;
    if (fill(run, NULL, archive.fd, err) == 0)
        return archive_commit(&archive, err);
    archive_abandon(&archive);
    return -1;
}

static int mix_to_stream(struct run *run, struct err *err) {
    int stream = pipe_reopen(STDOUT_FILENO);
    int result = fill(run, NULL, stream, err);
    if (stream != STDOUT_FILENO)
        close(stream);
    return result;
}

int run_mix(struct run *run, const struct watch *watch, struct err *err) {
    run->watch = watch;
    switch (run->job->form) {
    case OUTPUT_FOLDER:
        return mix_to_folder(run, err);
    case OUTPUT_FILE:
        return mix_to_file(run, err);
    case OUTPUT_STREAM:
        return mix_to_stream(run, err);
    case OUTPUT_NONE:
        break;
    }
    return fill(run, NULL, -1, err);
}

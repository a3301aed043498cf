#include "engine/job.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static int resolve_chains(struct job *job, struct err *err) {
    if (job->mixers.n == 0)
        job->mixers = (struct option_list){{"mixup"}, 1};
    job->n_chains = job->mixers.n;
    for (int i = 0; i < job->n_chains; i++)
        if (spec_parse(job->mixers.item[i], &job->chain[i], err) < 0)
            return -1;
    return 0;
}

static int check_output(const struct job *job, struct err *err) {
    bool needs_name = !job->sink || job->sink->manifest || job->sink->streams;
    bool stream = job->output && strcmp(job->output, "-") == 0;
    if (needs_name && !job->output)
        return fail(err, "no output: give -o PATH");
    if (!needs_name && job->output)
        return fail(err, "--to %s writes no files: leave out -o", job->sink->name);
    if (job->output && job->output[0] == 0)
        return fail(err, "-o '': expected the name of a folder to make, or -");
    if (stream && job->json)
        return fail(err, "--json prints on standard output, where -o - writes samples");
    return 0;
}

int job_parse(struct job *job, enum job_kind kind, int argc, char **argv, struct err *err) {
    struct option_row rows[JOB_OPTIONS_MAX];
    int n_rows = job_options(kind, rows);
    *job = (struct job){.kind = kind, .threads = processors(), .count = {.unit = COUNT_ENDLESS}};
    job->inputs = must_calloc((size_t)argc + 1, sizeof *job->inputs);
    if (options_parse(rows, n_rows, argc, argv, job, job->inputs, &job->n_inputs, err) < 0)
        return -1;
    if (job->help || job->version)
        return 0;
    if (job->n_inputs == 0)
        return fail(err, "no input: name a folder of class folders, or CIFAR batches");
    if (resolve_chains(job, err) < 0)
        return -1;
    job->source = job->from ? SOURCES[job->from - 1] : NULL;
    job->sink = job->to ? SINKS[job->to - 1] : NULL;
    return kind == JOB_MIX ? check_output(job, err) : 0;
}

void job_close(struct job *job) {
    free(job->inputs);
}

struct input job_input(const struct job *job) {
    return (struct input){
        .paths = job->inputs,
        .n_paths = job->n_inputs,
        .labels = job->labels,
        .classes = job->classes,
        .split = job->split,
        .window = job->window,
        .coarse = job->label == LABEL_COARSE,
        .w = job->size.w,
        .h = job->size.h,
        .fit = (enum fit)job->fit,
        .channels = job->channels == CHANNELS_AUTO ? 0
                    : job->channels == CHANNELS_1  ? 1
                                                   : 3,
        .upright = job->orient == ORIENT_EXIF,
        .max_pixels = job->max_pixels,
    };
}

#include "engine/job.h"

#include "base/braces.h"
#include "base/files.h"
#include "base/memory.h"
#include "base/processors.h"
#include "base/streams.h"

#include <stdlib.h>
#include <string.h>

static int resolve_chains(struct job *job, struct err *err) {
    job->mixers_are_standard = job->mixers.n == 0;
    if (job->mixers_are_standard)
        job->mixers = (struct option_list){{"mixup"}, 1};
    job->n_chains = job->mixers.n;
    for (int i = 0; i < job->n_chains; i++)
        if (spec_parse(job->mixers.item[i], &job->chain[i], err) < 0)
            return -1;
    return 0;
}

const struct mixer *job_mixer_of_partners(const struct job *job) {
    for (int c = 0; c < job->n_chains; c++)
        for (int s = 0; s < job->chain[c].n_stages; s++)
            if (!job->chain[c].stage[s].mixer->copies)
                return job->chain[c].stage[s].mixer;
    return NULL;
}

/* A sample is never its own partner: alone, it would be copied. */
static int check_partners(const struct job *job, struct err *err) {
    const char *lonely = job->batch == 1 ? "batch" : job->window == 1 ? "window" : NULL;
    const struct mixer *mixer = job_mixer_of_partners(job);
    if (!lonely || !mixer)
        return 0;
    return fail(err,
                "--%s 1: %s finds no partner and would copy every sample; give 2 or more, or only "
                "-m none",
                lonely, mixer->name);
}

/* A path; where there is nothing at it, all that its braces stand for. */
static int add_inputs(struct job *job, const char *path, struct err *err) {
    char **names, *self = must_strdup(path);
    size_t n = 1, have = (size_t)job->n_inputs;
    bool pattern = strchr(path, '{') && file_kind(path) == FILE_MISSING;
    int result = pattern ? braces_expand(path, &names, &n, err) : 0;
    job->inputs = must_realloc(job->inputs, (have + n + 1) * sizeof *job->inputs);
    memcpy(job->inputs + have, pattern ? names : &self, n * sizeof *job->inputs);
    job->n_inputs += (int)n;
    if (pattern) {
        free(self);
        free(names);
    }
    return result;
}

static int parse_words(struct job *job, int argc, char **argv, struct err *err) {
    struct option_row rows[JOB_OPTIONS_MAX];
    char **paths = must_calloc((size_t)argc + 1, sizeof *paths);
    int n_rows = job_options(job->kind, rows), n = 0;
    int result = options_parse(rows, n_rows, argc, argv, job, job->given, paths, &n, err);
    for (int i = 0; i < n && result == 0; i++)
        result = add_inputs(job, paths[i], err);
    free(paths);
    return result;
}

int job_parse(struct job *job, enum job_kind kind, int argc, char **argv, struct err *err) {
    *job = (struct job){.kind = kind, .threads = processors(), .count = {.unit = COUNT_ENDLESS}};
    if (parse_words(job, argc, argv, err) < 0)
        return -1;
    if (job->help || job->version)
        return 0;
    if (job->n_inputs == 0)
        return fail(err, "no input: name a folder or files of samples; --help says of which kinds");
    if (resolve_chains(job, err) < 0)
        return -1;
    job->source = job->from ? SOURCES[job->from - 1] : NULL;
    if (kind == JOB_MIX && job_settle_output(job, err) < 0)
        return -1;
    return check_partners(job, err);
}

void job_close(struct job *job) {
    strings_free(job->inputs, (size_t)job->n_inputs);
}

bool job_has_stream(const struct job *job) {
    int i = 0;
    while (i < job->n_inputs && !path_is_stream(job->inputs[i]))
        i++;
    return i < job->n_inputs;
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

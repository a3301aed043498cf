#include "engine/output.h"

#include "base/archive.h"
#include "base/files.h"

#include <stdlib.h>
#include <string.h>

struct output output_of(const struct run *run, const struct publication *publication, int stream) {
    return (struct output){
        .publication = publication,
        .stream = stream,
        .stream_name = run->job->form == OUTPUT_FILE ? run->job->output : "standard output",
        .shape = run->contents.shape,
        .dtype = run->contents.dtype,
        .n_classes = run->contents.n_classes,
        .class_names = run->contents.class_names,
        .count = run->counts.asked,
        .endless = run->job->count.unit == COUNT_ENDLESS,
        .image = (enum image_kind)run->job->image,
        .quality = run->job->quality,
        .png_level = run->job->png_level,
        .shard = run->job->shard_size,
        .labels_to = run->job->labels_to,
        .force = run->job->force,
    };
}

/* What is read, one after the other: inputs, as files where they have names, then labels and
 * classes, NULL where they are not given. */
static const char *what_is_read(const struct job *job, int i) {
    if (i < job->n_inputs)
        return strcmp(job->inputs[i], "-") == 0 ? "/dev/fd/0" : job->inputs[i];
    return i == job->n_inputs ? job->labels : job->classes;
}

/* Whether what an option ("-o") says is written takes the place of nothing that is read. */
static int check_inputs(const struct job *job, const char *option, const char *output,
                        struct err *err) {
    bool file = file_kind(output) == FILE_REGULAR;
    for (int i = 0; i < job->n_inputs + 2; i++) {
        const char *read = what_is_read(job, i);
        const char *called = i < job->n_inputs ? job->inputs[i] : read;
        if (read && path_is_inside(read, output))
            return fail(err, "%s %s: holds the input %s, which it would replace", option, output,
                        called);
        if (read && file && (path_is_inside(output, read) || path_is_same(output, read)))
            return fail(err, "%s %s: belongs to the input %s, and would be replaced", option,
                        output, called);
    }
    return 0;
}

/* The file that grows until it takes the name. */
static int check_partial(const struct job *job, const char *option, const char *output,
                         struct err *err) {
    char *partial = path_partial(output);
    int result = check_inputs(job, option, partial, err);
    free(partial);
    return result;
}

static int check_labels(const struct job *job, struct err *err) {
    static const char option[] = "--labels-to";
    if (!job->labels_to)
        return 0;
    if (check_inputs(job, option, job->labels_to, err) < 0)
        return -1;
    return check_partial(job, option, job->labels_to, err);
}

/* An output may not lie inside a folder of samples, which the next run would read as one of them.
 */
int output_check_place(const struct run *run, struct err *err) {
    const struct job *job = run->job;
    char *parent = path_parent(job->output);
    int result = check_inputs(job, "-o", job->output, err);
    for (int i = 0; i < job->n_inputs && result == 0 && run->source->file_per_sample; i++)
        if (path_is_inside(parent, job->inputs[i]))
            result = fail(err, "-o %s: lies inside the input %s, which would hold it next time",
                          job->output, job->inputs[i]);
    free(parent);
    return result;
}

int output_check(const struct run *run, struct err *err) {
    const struct job *job = run->job;
    struct output output = output_of(run, NULL, -1);
    bool replaces;
    if (check_labels(job, err) < 0 || (run->sink->check && run->sink->check(&output, err) < 0))
        return -1;
    if (job->form == OUTPUT_FILE &&
        (archive_check(job->output, job->force, run->sink->is_ours, err) < 0 ||
         check_partial(job, "-o", job->output, err) < 0))
        return -1;
    if (job->form == OUTPUT_FOLDER &&
        publication_check(job->output, job->force, &replaces, err) < 0)
        return -1;
    return job->form == OUTPUT_FILE || job->form == OUTPUT_FOLDER ? output_check_place(run, err)
                                                                  : 0;
}

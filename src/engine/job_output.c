/* What -o and --to come to, and what speaks against it, as far as the command line alone tells. */
#include "engine/job.h"

#include "base/files.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

/* --- which sink, and what it makes --- */

static bool is_stdout(const struct job *job) {
    return job->output && strcmp(job->output, "-") == 0;
}

static bool is_one_file(const struct job *job, const struct sink *sink) {
    return sink->suffix && job->output && ends_with(job->output, sink->suffix);
}

/* The sink that --to names, or the name of the output. */
static const struct sink *choose_sink(const struct job *job) {
    if (job->to)
        return SINKS[job->to - 1];
    for (int i = 0; i < N_SINKS; i++)
        if (is_one_file(job, SINKS[i]) || (SINKS[i]->suffix && is_stdout(job)))
            return SINKS[i];
    return NULL;
}

static enum output_form form_of(const struct job *job) {
    if (job->sink && !job->sink->manifest && !job->sink->streams)
        return OUTPUT_NONE;
    if (is_stdout(job))
        return OUTPUT_STREAM;
    return job->sink && is_one_file(job, job->sink) ? OUTPUT_FILE : OUTPUT_FOLDER;
}

/* --- what speaks against it --- */

static int check_name(const struct job *job, struct err *err) {
    bool needed = job->form != OUTPUT_NONE;
    if (needed && !job->output)
        return fail(err, "no output: give -o PATH");
    if (!needed && job->output)
        return fail(err, "--to %s writes no files: leave out -o", job->sink->name);
    if (needed && job->output[0] == 0)
        return fail(err, "-o '': expected the name of a folder to make, or -");
    return 0;
}

static int check_labels_to(const struct job *job, struct err *err) {
    const char *path = job->labels_to;
    if (job->sink && job->sink->labels_apart && !path)
        return fail(err, "--to %s: say where the soft labels go with --labels-to PATH",
                    job->sink->name);
    if (path && (path[0] == 0 || strcmp(path, "-") == 0))
        return fail(err, "--labels-to '%s': expected the name of a file, a pipe, or /dev/fd/N",
                    path);
    return 0;
}

static int check_stream(const struct job *job, struct err *err) {
    if (!job->sink->streams)
        return fail(err, "-o -: --to %s makes a folder; standard output takes --to tar or raw",
                    job->sink->name);
    if (job->json)
        return fail(err, "--json prints on standard output, where -o - writes samples");
    if (!job->dry_run && isatty(STDOUT_FILENO) == 1)
        return fail(err, "-o -: standard output is a terminal; give it a reader or a file");
    return 0;
}

/* The suffix by which people mean one file; NULL: it is none. */
static const char *suffix_of_file(const char *name) {
    static const char *const suffixes[] = {
        ".tar", ".gz",  ".tgz", ".bz2",   ".xz",   ".zst", ".zip",  ".7z",  ".png", ".jpg", ".jpeg",
        ".bmp", ".npy", ".npz", ".jsonl", ".json", ".csv", ".html", ".htm", ".txt", ".bin", ".h5"};
    const char *suffix = strrchr(name, '.');
    for (size_t i = 0; suffix && i < sizeof suffixes / sizeof *suffixes; i++)
        if (strcasecmp(suffix, suffixes[i]) == 0)
            return suffix;
    return NULL;
}

/* A slash at the end insists on a folder. */
static int check_folder(const struct job *job, struct err *err) {
    const struct sink *sink = job->sink;
    const char *suffix = suffix_of_file(job->output);
    if (sink && !sink->manifest)
        return fail(err, "-o %s: --to %s writes to standard output only: -o -", job->output,
                    sink->name);
    if (suffix && sink && !sink->suffix)
        return fail(err,
                    "-o %s: --to %s makes a folder: leave out %s, or end the name with a slash",
                    job->output, sink->name, suffix);
    if (suffix)
        return fail(err,
                    "-o %s: one file is written as NAME.tar; for a folder leave out %s, or end "
                    "the name with a slash",
                    job->output, suffix);
    return 0;
}

/* Streams end by themselves. */
static int check_count(const struct job *job, struct err *err) {
    if (job->count.unit != COUNT_ENDLESS || job_has_stream(job))
        return 0;
    if (job->form == OUTPUT_NONE)
        return fail(err, "--count inf never ends: --to %s has no reader that does; give a number",
                    job->sink->name);
    if (job->form != OUTPUT_STREAM)
        return fail(err, "--count inf never ends: it needs -o - and a reader that does");
    if (job->with_originals)
        return fail(err, "--with-originals: none come after --count inf, which never ends; leave "
                         "it out, or give a number");
    return 0;
}

int job_settle_output(struct job *job, struct err *err) {
    job->sink = choose_sink(job);
    job->form = form_of(job);
    if (check_name(job, err) < 0 || job_check_needs(job, job->sink, err) < 0 ||
        check_labels_to(job, err) < 0 || check_count(job, err) < 0)
        return -1;
    if (job->form == OUTPUT_STREAM)
        return check_stream(job, err);
    return job->form == OUTPUT_FOLDER ? check_folder(job, err) : 0;
}

#include "engine/job.h"

#include <stdlib.h>
#include <string.h>

#define IN        "Input"
#define PICTURES  "Pictures"
#define MIX       "Mixing"
#define OUT       "Output"
#define COMMON    "Common"
#define AT(field) offsetof(struct job, field)

/* group, name, letter, kind, offset, argument, help, choices, low, high */
const struct option_row JOB_OPTIONS[] = {
    {IN, "from", 0, OPTION_TEXT, AT(from), "auto|cifar10|cifar100|folder",
     "what the input is; auto asks its content", NULL, 0, 0},
    {IN, "label", 0, OPTION_CHOICE, AT(label), NULL, "which labels of CIFAR-100 (fine)",
     "fine|coarse", 0, 0},
    {IN, "on-error", 0, OPTION_CHOICE, AT(on_error), NULL,
     "a picture that cannot be read is skipped and counted, or ends the run (skip)", "skip|stop", 0,
     0},
    {IN, "max-pixels", 0, OPTION_LONG, AT(max_pixels), "N",
     "refuses pictures of more pixels (67108864)", NULL, 1, 268435456},

    {PICTURES, "size", 's', OPTION_SIZE, AT(size), "WxH",
     "fits every picture into this size; needed where sizes differ", NULL, 1, PICTURE_MAX_SIDE},
    {PICTURES, "fit", 0, OPTION_CHOICE, AT(fit), NULL,
     "cut what hangs over, add black bars, or stretch (crop)", "crop|pad|squash", 0, 0},
    {PICTURES, "channels", 0, OPTION_CHOICE, AT(channels), NULL,
     "grey or colour; auto: grey where every picture is (auto)", "auto|1|3", 0, 0},
    {PICTURES, "orient", 0, OPTION_CHOICE, AT(orient), NULL,
     "turn pictures as their EXIF tag says, or take them raw (exif)", "exif|raw", 0, 0},

    {MIX, "mixer", 'm', OPTION_LIST, AT(mixers), "SPEC",
     "NAME[:key=value,...][+NAME...][@WEIGHT]; repeat to switch (mixup)", NULL, 0, 0},
    {MIX, "batch", 'b', OPTION_INT, AT(batch), "N", "samples among which partners are found (128)",
     NULL, 1, 65536},
    {MIX, "pair", 0, OPTION_CHOICE, AT(pair), NULL,
     "partners: any, of the same or another class, or classes alike (any)",
     "any|same|other|balanced", 0, 0},
    {MIX, "unit", 0, OPTION_CHOICE, AT(unit), NULL,
     "what draws its own lambda, box or mask (sample)", "sample|batch", 0, 0},
    {MIX, "count", 'n', OPTION_COUNT, AT(count), "N|Nx",
     "samples to make, or passes over the input (1x)", NULL, 0, 0},
    {MIX, "seed", 'S', OPTION_SEED, AT(seed), "N", "same seed, same bytes (0)", NULL, 0, 0},
    {MIX, "smooth", 0, OPTION_REAL, AT(smooth), "S",
     "label smoothing: S of each source's label goes to all classes alike (0)", NULL, 0, 1},
    {MIX, "with-originals", 0, OPTION_FLAG, AT(with_originals), NULL,
     "writes the input's own samples after the mixed ones", NULL, 0, 0},

    {OUT, "output", 'o', OPTION_TEXT, AT(output), "PATH", "folder to make", NULL, 0, 0},
    {OUT, "to", 0, OPTION_TEXT, AT(to), "folder|npy|cifar|none|digest",
     "form of the output (folder for pictures, npy for CIFAR batches)", NULL, 0, 0},
    {OUT, "image", 0, OPTION_CHOICE, AT(image), NULL, "picture format (png)", "png|jpg", 0, 0},
    {OUT, "quality", 0, OPTION_INT, AT(quality), "Q", "JPEG quality, 1 to 100 (95)", NULL, 1, 100},
    {OUT, "png-level", 0, OPTION_INT, AT(png_level), "L", "PNG compression, 0 to 12 (1)", NULL, 0,
     12},
    {OUT, "labels-as", 0, OPTION_CHOICE, AT(labels_as), NULL,
     "soft labels of manifest rows: a number for each class, or the classes that have a share "
     "(dense; "
     "sparse from 1001 classes up)",
     "dense|sparse", 0, 0},
    {OUT, "force", 'f', OPTION_FLAG, AT(force), NULL, "replaces an earlier output", NULL, 0, 0},
    {OUT, "dry-run", 0, OPTION_FLAG, AT(dry_run), NULL,
     "reads what the input holds, says what would be made, writes nothing", NULL, 0, 0},
    {OUT, "strict", 0, OPTION_FLAG, AT(strict), NULL, "exit status 3 where anything was skipped",
     NULL, 0, 0},

    {COMMON, "threads", 'j', OPTION_INT, AT(threads), "N", "threads (all processors)", NULL, 1,
     THREADS_MAX},
    {COMMON, "progress", 0, OPTION_CHOICE, AT(progress), NULL,
     "a bar on standard error; auto: on a terminal (auto)", "auto|always|never", 0, 0},
    {COMMON, "json", 0, OPTION_FLAG, AT(json), NULL,
     "the summary as one JSON line on standard output", NULL, 0, 0},
    {COMMON, "quiet", 'q', OPTION_FLAG, AT(quiet), NULL, "no summary, errors only", NULL, 0, 0},
    {COMMON, "verbose", 'v', OPTION_FLAG, AT(verbose), NULL, "names every skipped file", NULL, 0,
     0},
    {COMMON, "help", 'h', OPTION_FLAG, AT(help), NULL, "this text", NULL, 0, 0},
    {COMMON, "version", 0, OPTION_FLAG, AT(version), NULL, "version and libraries", NULL, 0, 0},
};

const int N_JOB_OPTIONS = sizeof JOB_OPTIONS / sizeof *JOB_OPTIONS;

static int resolve_chains(struct job *job, struct err *err) {
    if (job->mixers.n == 0)
        job->mixers = (struct option_list){{"mixup"}, 1};
    job->n_chains = job->mixers.n;
    for (int i = 0; i < job->n_chains; i++)
        if (spec_parse(job->mixers.item[i], &job->chain[i], err) < 0)
            return -1;
    return 0;
}

static int resolve_source(struct job *job, struct err *err) {
    if (!job->from || strcmp(job->from, "auto") == 0)
        return 0;
    job->source = source_find(job->from);
    if (job->source)
        return 0;
    const char *names[16];
    for (int i = 0; i < N_SOURCES; i++)
        names[i] = SOURCES[i]->name;
    const char *nearest = nearest_name(job->from, names, N_SOURCES);
    return fail(err, "--from %s: no such source%s%s; see --help", job->from,
                nearest ? "; did you mean " : "", nearest ? nearest : "");
}

static int resolve_sink(struct job *job, struct err *err) {
    if (!job->to)
        return 0;
    job->sink = sink_find(job->to);
    if (job->sink)
        return 0;
    const char *names[16];
    for (int i = 0; i < N_SINKS; i++)
        names[i] = SINKS[i]->name;
    const char *nearest = nearest_name(job->to, names, N_SINKS);
    return fail(err, "--to %s: no such form%s%s; see --help", job->to,
                nearest ? "; did you mean " : "", nearest ? nearest : "");
}

static int check_output(const struct job *job, struct err *err) {
    bool needs_name = !job->sink || job->sink->manifest;
    if (needs_name && !job->output)
        return fail(err, "no output: give -o PATH");
    if (!needs_name && job->output)
        return fail(err, "--to %s writes no files: leave out -o", job->sink->name);
    if (job->output && (job->output[0] == 0 || strcmp(job->output, "-") == 0))
        return fail(err, "-o %s: expected the name of a folder to make",
                    job->output[0] ? job->output : "''");
    return 0;
}

int job_parse(struct job *job, int argc, char **argv, struct err *err) {
    *job = (struct job){
        .max_pixels = PICTURE_MAX_PIXELS_DEFAULT,
        .batch = 128,
        .count = {1, 1},
        .quality = 95,
        .png_level = 1,
        .threads = processors(),
    };
    job->inputs = must_calloc((size_t)argc + 1, sizeof *job->inputs);
    if (options_parse(JOB_OPTIONS, N_JOB_OPTIONS, argc, argv, job, job->inputs, &job->n_inputs,
                      err) < 0)
        return -1;
    if (job->help || job->version)
        return 0;
    if (job->n_inputs == 0)
        return fail(err, "no input: name a folder of class folders, or CIFAR batches");
    if (resolve_chains(job, err) < 0 || resolve_source(job, err) < 0 || resolve_sink(job, err) < 0)
        return -1;
    return check_output(job, err);
}

void job_close(struct job *job) {
    free(job->inputs);
}

struct input job_input(const struct job *job) {
    return (struct input){
        .paths = job->inputs,
        .n_paths = job->n_inputs,
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

#include "engine/job.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* The words of --from and --to: auto, then the tables' names. */
static const char *source_word(int index) {
    return index == 0 ? "auto" : index <= N_SOURCES ? SOURCES[index - 1]->name : NULL;
}

static const char *sink_word(int index) {
    return index == 0 ? "auto" : index <= N_SINKS ? SINKS[index - 1]->name : NULL;
}

#define ROW(option_name, letter_or_0, option_kind, field)                                          \
    .name = option_name, .letter = letter_or_0, .kind = option_kind,                               \
    .offset = offsetof(struct job, field)

const struct option_row JOB_OPTIONS[] = {
    {ROW("from", 0, OPTION_CHOICE, from), .group = "Input", .word = source_word, .standard = "auto",
     .help = "what the input is; auto asks its content"},
    {ROW("labels", 0, OPTION_TEXT, labels), .argument = "FILE",
     .help = "labels of the samples: CSV or JSON lines for pictures, .npy or IDX for tensors"},
    {ROW("classes", 0, OPTION_TEXT, classes), .argument = "FILE",
     .help = "names of the classes in the order of their indices, one a line"},
    {ROW("split", 0, OPTION_TEXT, split), .decides = true, .argument = "NAME",
     .help = "which split of an input that has several; without it train"},
    {ROW("window", 0, OPTION_INT, window), .decides = true, .argument = "N", .standard = "1024",
     .low = 1, .high = 16777216,
     .help = "samples of a stream that are held, shuffled and mixed at a time"},
    {ROW("label", 0, OPTION_CHOICE, label), .decides = true, .choices = "fine|coarse",
     .standard = "fine", .help = "which of the two label sets of CIFAR-100"},
    {ROW("on-error", 0, OPTION_CHOICE, on_error), .decides = true, .choices = "skip|stop",
     .standard = "skip",
     .help = "skip: leaves out and counts a picture that cannot be read; stop: ends the run"},
    {ROW("max-pixels", 0, OPTION_INT, max_pixels), .decides = true, .argument = "N",
     .standard = "67108864", .low = 1, .high = 268435456,
     .help = "refuses pictures of more pixels"},

    {ROW("size", 's', OPTION_SIZE, size), .decides = true, .group = "Pictures", .argument = "WxH|N",
     .low = 1, .high = PICTURE_MAX_SIDE,
     .help = "fits every picture into this size; needed where sizes differ"},
    {ROW("fit", 0, OPTION_CHOICE, fit), .decides = true, .choices = "crop|pad|squash",
     .standard = "crop", .help = "how: cut what hangs over, add black bars, or stretch"},
    {ROW("channels", 0, OPTION_CHOICE, channels), .decides = true, .choices = "auto|1|3",
     .standard = "auto", .help = "1 grey, 3 colour; auto: grey where every picture is"},
    {ROW("orient", 0, OPTION_CHOICE, orient), .decides = true, .choices = "exif|raw",
     .standard = "exif",
     .help = "turns pictures as their EXIF tag says, or takes them as they are"},

    {ROW("mixer", 'm', OPTION_LIST, mixers), .group = "Mixing", .argument = "SPEC",
     .help =
         "NAME[:key=value,...][+NAME...][@WEIGHT], see below; repeat to switch between several; "
         "without it mixup"},
    {ROW("batch", 'b', OPTION_INT, batch), .decides = true, .argument = "N", .standard = "128",
     .low = 1, .high = 65536, .help = "samples among which partners are found"},
    {ROW("pair", 0, OPTION_CHOICE, pair), .decides = true, .choices = "any|same|other|balanced",
     .standard = "any",
     .help = "partners: any sample, one of the same or of another class, or all classes alike"},
    {ROW("unit", 0, OPTION_CHOICE, unit), .decides = true, .choices = "sample|batch",
     .standard = "sample",
     .help = "whether each sample or each batch draws its own mixer, lambda, box and mask"},
    {ROW("count", 'n', OPTION_COUNT, count), .decides = true, .argument = "N|Nx|inf",
     .standard = "1x",
     .help = "samples to make, or passes over the input; inf: pass after pass until the reader of "
             "standard output goes away"},
    {ROW("seed", 'S', OPTION_SEED, seed), .decides = true, .argument = "N", .standard = "0",
     .help = "the same seed gives the same bytes"},
    {ROW("smooth", 0, OPTION_REAL, smooth), .decides = true, .argument = "S", .standard = "0",
     .low = 0, .high = 1,
     .help = "label smoothing: the part of each source's label that goes to all classes alike"},
    {ROW("with-originals", 0, OPTION_FLAG, with_originals), .decides = true,
     .help = "writes the input's own samples after the mixed ones"},

    {ROW("output", 'o', OPTION_TEXT, output), .group = "Output", .argument = "PATH",
     .help = "the folder to make, or with --to tar an archive NAME.tar; -: standard output"},
    {ROW("labels-to", 0, OPTION_TEXT, labels_to), .argument = "PATH",
     .help = "where --to raw writes the soft labels: a file, a pipe, or /dev/fd/N"},
    {ROW("to", 0, OPTION_CHOICE, to), .word = sink_word, .standard = "auto",
     .help = "form of the output, see below; auto: folder for pictures, else npy"},
    {ROW("image", 0, OPTION_CHOICE, image), .decides = true, .choices = "png|jpg",
     .standard = "png", .help = "picture format"},
    {ROW("quality", 0, OPTION_INT, quality), .decides = true, .argument = "Q", .standard = "95",
     .low = 1, .high = 100, .help = "JPEG quality"},
    {ROW("png-level", 0, OPTION_INT, png_level), .decides = true, .argument = "L", .standard = "1",
     .low = 0, .high = 12, .help = "effort of PNG compression; 0 stores"},
    {ROW("shard-size", 0, OPTION_SHARD, shard_size), .decides = true, .argument = "N|SIZE",
     .standard = "1GB",
     .help = "what goes into one tar archive at most: samples, or bytes (KB, MB, GB)"},
    {ROW("labels-as", 0, OPTION_CHOICE, labels_as), .decides = true, .choices = "dense|sparse",
     .standard = "dense",
     .help =
         "soft labels in the manifest: a number for each class, or only for classes that have a "
         "share; sparse in any case from 1001 classes up"},
    {ROW("force", 'f', OPTION_FLAG, force), .help = "replaces an earlier output"},
    {ROW("dry-run", 0, OPTION_FLAG, dry_run),
     .help = "looks at the input, says what would be made, writes nothing"},
    {ROW("strict", 0, OPTION_FLAG, strict), .help = "exit status 3 where anything was skipped"},

    {ROW("threads", 'j', OPTION_INT, threads), .group = "Common", .argument = "N", .low = 1,
     .high = THREADS_MAX, .help = "without it, as many as there are processors"},
    {ROW("progress", 0, OPTION_CHOICE, progress), .choices = "auto|always|never",
     .standard = "auto", .help = "a bar on standard error; auto: on a terminal"},
    {ROW("json", 0, OPTION_FLAG, json), .help = "the summary as one JSON line on standard output"},
    {ROW("quiet", 'q', OPTION_FLAG, quiet), .help = "errors only: no summary, no warnings"},
    {ROW("verbose", 'v', OPTION_FLAG, verbose), .help = "names every skipped file"},
    {ROW("help", 'h', OPTION_FLAG, help), .help = "this text"},
    {ROW("version", 0, OPTION_FLAG, version), .help = "the version"},
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

int job_parse(struct job *job, int argc, char **argv, struct err *err) {
    *job = (struct job){.threads = processors()};
    job->inputs = must_calloc((size_t)argc + 1, sizeof *job->inputs);
    if (options_parse(JOB_OPTIONS, N_JOB_OPTIONS, argc, argv, job, job->inputs, &job->n_inputs,
                      err) < 0)
        return -1;
    if (job->help || job->version)
        return 0;
    if (job->n_inputs == 0)
        return fail(err, "no input: name a folder of class folders, or CIFAR batches");
    if (resolve_chains(job, err) < 0)
        return -1;
    job->source = job->from ? SOURCES[job->from - 1] : NULL;
    job->sink = job->to ? SINKS[job->to - 1] : NULL;
    return check_output(job, err);
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

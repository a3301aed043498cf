/* The options of all commands, one row each. */
#include "engine/job.h"

#include "base/processors.h"

#include <string.h>

/* The words of --from and --to: auto, then the tables' names. */
static const char *source_word(int index) {
    return index == 0 ? "auto" : index <= N_SOURCES ? SOURCES[index - 1]->name : NULL;
}

static const char *sink_word(int index) {
    return index == 0 ? "auto" : index <= N_SINKS ? SINKS[index - 1]->name : NULL;
}

#define ROW(commands, option_name, letter_or_0, option_kind, field)                                \
    .of = commands, .name = option_name, .letter = letter_or_0, .kind = option_kind,               \
    .offset = offsetof(struct job, field)

static const struct option_row OPTIONS[] = {
    {ROW(JOB_ANY, "from", 0, OPTION_CHOICE, from), .group = "Input", .word = source_word,
     .standard = "auto", .help = "what the input is; auto asks its content"},
    {ROW(JOB_ANY, "labels", 0, OPTION_TEXT, labels), .argument = "FILE",
     .help = "labels of the samples: CSV or JSON lines for pictures, .npy or IDX for arrays"},
    {ROW(JOB_ANY, "classes", 0, OPTION_TEXT, classes), .argument = "FILE",
     .help = "names of the classes in the order of their indices, one a line"},
    {ROW(JOB_ANY, "split", 0, OPTION_TEXT, split), .decides = true, .argument = "NAME",
     .help = "which split of an input that has several; without it train"},
    {ROW(JOB_MIX, "window", 0, OPTION_INT, window), .needs = NEEDS_STREAM, .decides = true,
     .argument = "N", .standard = "1024", .low = 1, .high = 16777216,
     .help = "samples of a stream that are held, shuffled and mixed at a time"},
    {ROW(JOB_ANY, "label", 0, OPTION_CHOICE, label), .decides = true, .choices = "fine|coarse",
     .standard = "fine", .help = "which of the two label sets of CIFAR-100"},
    {ROW(JOB_MIXES, "on-error", 0, OPTION_CHOICE, on_error), .decides = true,
     .choices = "skip|stop", .standard = "skip",
     .help = "skip: leaves out and counts a picture that cannot be read; stop: ends the run"},
    {ROW(JOB_ANY, "max-pixels", 0, OPTION_INT, max_pixels), .decides = true, .argument = "N",
     .standard = "67108864", .low = 1, .high = 268435456,
     .help = "refuses pictures of more pixels"},

    {ROW(JOB_MIXES, "size", 's', OPTION_SIZE, size), .decides = true, .group = "Pictures",
     .argument = "WxH|N", .low = 1, .high = PICTURE_MAX_SIDE,
     .help = "fits every picture into this size; needed where sizes differ"},
    {ROW(JOB_MIXES, "fit", 0, OPTION_CHOICE, fit), .needs = NEEDS_SIZE, .decides = true,
     .choices = "crop|pad|squash", .standard = "crop",
     .help = "how: cut what hangs over, add black bars, or stretch"},
    {ROW(JOB_MIXES, "channels", 0, OPTION_CHOICE, channels), .decides = true, .choices = "auto|1|3",
     .standard = "auto", .help = "1 grey, 3 colour; auto: grey where every picture is"},
    {ROW(JOB_MIXES, "orient", 0, OPTION_CHOICE, orient), .decides = true, .choices = "exif|raw",
     .standard = "exif",
     .help = "turns pictures as their EXIF tag says, or takes them as they are"},

    {ROW(JOB_MIXES, "mixer", 'm', OPTION_LIST, mixers), .group = "Mixing", .argument = "SPEC",
     .help =
         "NAME[:key=value,...][+NAME...][@WEIGHT], see below; repeat to switch between several; "
         "without it mixup"},
    {ROW(JOB_MIXES, "batch", 'b', OPTION_INT, batch), .decides = true, .argument = "N",
     .standard = "128", .low = 1, .high = 65536,
     .help = "samples among which partners are found; 1 with none only"},
    {ROW(JOB_MIXES, "pair", 0, OPTION_CHOICE, pair), .needs = NEEDS_MIXING, .decides = true,
     .choices = "any|same|other|balanced", .standard = "any",
     .help = "partners: any sample, one of the same or of another class, or all classes alike"},
    {ROW(JOB_MIXES, "unit", 0, OPTION_CHOICE, unit), .needs = NEEDS_MIXING, .decides = true,
     .choices = "sample|batch", .standard = "sample",
     .help = "whether each sample or each batch draws its own mixer, lambda, box and mask"},
    {ROW(JOB_MIX, "count", 'n', OPTION_COUNT, count), .decides = true, .argument = "N|Nx|inf",
     .standard = "1x",
     .help = "samples to make, or passes over the input; inf: pass after pass until the reader of "
             "standard output goes away"},
    {ROW(JOB_MIXES, "seed", 'S', OPTION_SEED, seed), .decides = true, .argument = "N",
     .standard = "0", .help = "the same seed gives the same bytes"},
    {ROW(JOB_MIXES, "smooth", 0, OPTION_REAL, smooth), .needs = NEEDS_MIXING, .decides = true,
     .argument = "S", .standard = "0", .low = 0, .high = 1,
     .help = "label smoothing: the part of each source's label that goes to all classes alike"},
    {ROW(JOB_MIX, "with-originals", 0, OPTION_FLAG, with_originals), .decides = true,
     .help = "writes the input's own samples after the mixed ones"},

    {ROW(JOB_REPORT, "samples", 0, OPTION_INT, samples), .group = "Report", .argument = "N",
     .standard = "8192", .low = 1, .high = 1048576,
     .help = "samples that are mixed and looked at: one pass over the input, or the first N of it"},
    {ROW(JOB_REPORT, "points", 0, OPTION_INT, points), .argument = "N", .standard = "512", .low = 1,
     .high = 1048576,
     .help = "samples around which the intrinsic dimension is measured, with 128 neighbours each"},
    {ROW(JOB_REPORT, "output", 'o', OPTION_TEXT, output), .group = "Output", .argument = "PATH",
     .help = "the page to make, NAME.html; -: standard output"},

    {ROW(JOB_GRID, "sweep", 0, OPTION_TEXT, sweep), .group = "Sheet", .argument = "KEY=V,V,...",
     .help =
         "a row for each value of a mixer's parameter, as in gamma=1.8,2.8,4 or box=clip,inside; "
         "in every row the same samples meet with the same random numbers, as they do with "
         "several -m"},
    {ROW(JOB_GRID, "show", 0, OPTION_SET, show), .argument = "sources,mask",
     .choices = "sources|mask",
     .help = "below each picture also its sources with their shares, the sample itself first; and "
             "the mask: how much of each pixel that sample keeps, white all, black nothing"},
    {ROW(JOB_GRID, "rows", 0, OPTION_INT, rows), .argument = "N", .low = 1, .high = 200,
     .help = "without it 4, in the terminal 2; with several -m or --sweep it is their number"},
    {ROW(JOB_GRID, "cols", 0, OPTION_INT, cols), .argument = "N", .low = 1, .high = 200,
     .help = "without it 6, in the terminal as many as fit"},
    {ROW(JOB_GRID, "scale", 0, OPTION_REAL, scale), .needs = NEEDS_SHEET_FILE, .argument = "X",
     .low = 0.01, .high = 64,
     .help = "size of a picture's pixel on the sheet: 2 doubles pictures, 0.5 halves them; without "
             "it they are some 160 pixels wide or high, 224 at most; not for the terminal"},
    {ROW(JOB_GRID, "width", 0, OPTION_INT, width), .needs = NEEDS_SCREEN, .argument = "N",
     .low = 24, .high = 10000,
     .help = "columns to fill with --to ansi; without it, the terminal's"},

    {ROW(JOB_GRID, "output", 'o', OPTION_TEXT, output), .group = "Output", .argument = "PATH",
     .help = "NAME.png or NAME.jpg; without it, or with -, the terminal"},
    {ROW(JOB_GRID, "to", 0, OPTION_CHOICE, sheet_to), .choices = "auto|png|jpg|ansi",
     .standard = "auto",
     .help = "auto: by the name of the output; ansi: half blocks in colour for a terminal or a "
             "pipe, 24 bits or, on terminals that do not set COLORTERM, 256; letters where "
             "NO_COLOR is set"},
    {ROW(JOB_MIX, "output", 'o', OPTION_TEXT, output), .group = "Output", .argument = "PATH",
     .help = "the folder to make, or an archive NAME.tar; -: standard output"},
    {ROW(JOB_MIX, "labels-to", 0, OPTION_TEXT, labels_to), .needs = NEEDS_LABELS_APART,
     .argument = "PATH",
     .help = "where --to raw writes the soft labels: a file, a pipe, or /dev/fd/N"},
    {ROW(JOB_MIX, "to", 0, OPTION_CHOICE, to), .word = sink_word, .standard = "auto",
     .help = "form of the output, see below; auto: tar for NAME.tar and for -, else folder for "
             "picture files, npy for arrays, IDX files and CIFAR batches"},
    {ROW(JOB_MIX, "image", 0, OPTION_CHOICE, image), .needs = NEEDS_PICTURES, .decides = true,
     .choices = "png|jpg", .standard = "png", .help = "picture format"},
    {ROW(JOB_MIX, "quality", 0, OPTION_INT, quality), .needs = NEEDS_PICTURES | NEEDS_JPEG,
     .decides = true, .argument = "Q", .standard = "95", .low = 1, .high = 100,
     .help = "JPEG quality"},
    {ROW(JOB_MIX, "png-level", 0, OPTION_INT, png_level), .needs = NEEDS_PICTURES | NEEDS_PNG,
     .decides = true, .argument = "L", .standard = "1", .low = 0, .high = 12,
     .help = "effort of PNG compression; 0 stores"},
    {ROW(JOB_MIX, "shard-size", 0, OPTION_SHARD, shard_size), .needs = NEEDS_SHARDS,
     .decides = true, .argument = "N|SIZE", .standard = "1GB",
     .help = "what goes into one tar archive at most: samples, or bytes (KB, MB, GB)"},
    {ROW(JOB_MIX, "labels-as", 0, OPTION_CHOICE, labels_as), .needs = NEEDS_ROWS, .decides = true,
     .choices = "dense|sparse", .standard = "dense",
     .help =
         "soft labels in the manifest: a number for each class, or only for classes that have a "
         "share; sparse in any case from 1001 classes up"},
    {ROW(JOB_MIXES, "force", 'f', OPTION_FLAG, force), .help = "replaces an earlier output"},
    {ROW(JOB_MIX, "dry-run", 0, OPTION_FLAG, dry_run),
     .help = "looks at the input, says what would be made, writes nothing"},
    {ROW(JOB_MIX | JOB_SCAN, "strict", 0, OPTION_FLAG, strict),
     .help = "exit status 3 where anything was skipped or cannot be read"},

    {ROW(JOB_ANY, "threads", 'j', OPTION_INT, threads), .group = "Common", .argument = "N",
     .low = 1, .high = THREADS_MAX, .help = "without it, as many as there are processors"},
    {ROW(JOB_MIX | JOB_SCAN, "progress", 0, OPTION_CHOICE, progress),
     .choices = "auto|always|never", .standard = "auto",
     .help = "a bar on standard error; auto: on a terminal"},
    {ROW(JOB_MIX | JOB_SCAN, "json", 0, OPTION_FLAG, json),
     .help = "the summary as one JSON line on standard output"},
    {ROW(JOB_REPORT, "json", 0, OPTION_FLAG, json),
     .help = "the numbers as one JSON line on standard output; -o may then be left out"},
    {ROW(JOB_ANY, "quiet", 'q', OPTION_FLAG, quiet),
     .help = "errors only: no summary, no warnings"},
    {ROW(JOB_MIX | JOB_SCAN, "verbose", 'v', OPTION_FLAG, verbose),
     .help = "names everything: every skipped file; for scan every class and duplicate"},
    {ROW(JOB_ANY, "help", 'h', OPTION_FLAG, help), .help = "this text"},
    {ROW(JOB_ANY, "version", 0, OPTION_FLAG, version), .help = "the version"},
};

/* A group of which rows of several commands stand first is headed once. */
int job_options(unsigned kinds, struct option_row rows[JOB_OPTIONS_MAX]) {
    const char *group = "", *headed = "";
    int n = 0;
    for (size_t i = 0; i < sizeof OPTIONS / sizeof *OPTIONS; i++) {
        group = OPTIONS[i].group ? OPTIONS[i].group : group;
        if (!(OPTIONS[i].of & kinds))
            continue;
        rows[n] = OPTIONS[i];
        rows[n++].group = strcmp(group, headed) != 0 ? group : NULL;
        headed = group;
    }
    return n;
}

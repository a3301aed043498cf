/* Job: all that the command line said, resolved and range-checked before any file is opened. */
#ifndef MIXSMITH_JOB_H
#define MIXSMITH_JOB_H

#include "base/options.h"
#include "mixers/spec.h"
#include "sinks/sink.h"
#include "sources/source.h"

enum { CHAINS_MAX = OPTION_LIST_MAX, JOB_OPTIONS_MAX = 64 };
enum label_set { LABEL_FINE, LABEL_COARSE };
enum on_error { ON_ERROR_SKIP, ON_ERROR_STOP };
enum channels { CHANNELS_AUTO, CHANNELS_1, CHANNELS_3 };
enum orient { ORIENT_EXIF, ORIENT_RAW };
enum unit { UNIT_SAMPLE, UNIT_BATCH };
enum labels_as { LABELS_DENSE, LABELS_SPARSE };
enum show { SHOW_SOURCES = 1, SHOW_MASK = 2 };
enum sheet_form { SHEET_AUTO, SHEET_PNG, SHEET_JPG, SHEET_ANSI };
enum progress_when { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER };

/* What the job is for; options say which of them take them. */
enum job_kind {
    JOB_MIX = 1,
    JOB_GRID = 2,
    JOB_SCAN = 4,
    JOB_REPORT = 8,
    JOB_MIXES = JOB_MIX | JOB_GRID | JOB_REPORT,
    JOB_ANY = JOB_MIXES | JOB_SCAN,
};

/* What options do nothing without. */
enum need {
    NEEDS_STREAM = 1,         // an input that is one
    NEEDS_SIZE = 2,           // one for all pictures
    NEEDS_PICTURES = 4,       // files of them in the output
    NEEDS_PNG = 8,            // some of them PNG
    NEEDS_JPEG = 16,          // or JPEG
    NEEDS_SHARDS = 32,        // several archives
    NEEDS_ROWS = 64,          // of a manifest
    NEEDS_LABELS_APART = 128, // from the samples
    NEEDS_SHEET_FILE = 256,   // a sheet that is a picture
    NEEDS_SCREEN = 512,       // or one in the terminal
    NEEDS_MIXING = 1024,      // not an earlier output, reported as it is
};

/* What the output of mix is. */
enum output_form {
    OUTPUT_NONE,   // nothing is written
    OUTPUT_FOLDER, // files, with a manifest
    OUTPUT_FILE,   // one archive
    OUTPUT_STREAM, // standard output
};

struct job {
    enum job_kind kind;
    /* input */
    char **inputs; // (n_inputs) braces expanded; owned
    int n_inputs;
    int from, label, on_error, max_pixels, window;
    const char *labels, *classes, *split;
    /* image */
    struct option_size size;
    int fit, channels, orient;
    /* mix */
    struct option_list mixers;
    int batch, pair, unit;
    struct option_count count;
    uint64_t seed;
    double smooth;
    bool with_originals;
    /* report */
    int samples, points;
    /* output */
    const char *output, *labels_to;
    struct option_shard shard_size;
    int to, image, quality, png_level, labels_as;
    bool force, dry_run, strict;
    /* grid */
    const char *sweep;
    int rows, cols, width; // 0: as fits
    double scale;          // 0: as fits
    unsigned show;         // enum show
    int sheet_to;          // enum sheet_form
    /* common */
    int threads, progress;
    bool quiet, verbose, json, help, version;
    bool given[JOB_OPTIONS_MAX]; // whether it was, by the rows of job_options

    /* resolved */
    struct chain chain[CHAINS_MAX]; // (n_chains)
    int n_chains;
    bool mixers_are_standard;    // none was given
    const struct source *source; // NULL: to be detected
    const struct sink *sink;     // NULL: the one that fits the source
    enum output_form form;
};

/* The options that jobs of these kinds (enum job_kind, joined) take; returns how many. */
int job_options(unsigned kinds, struct option_row rows[JOB_OPTIONS_MAX]);

/* Parses argv[1..]; job_close follows in any case. Where --help or --version was given nothing else
 * is checked. -1: a usage error. */
int job_parse(struct job *job, enum job_kind kind, int argc, char **argv, struct err *err);
void job_close(struct job *job);

/* Whether every option that was given does something. sink: NULL where the input decides between
 * folder and npy. */
int job_check_needs(const struct job *job, const struct sink *sink, struct err *err);

/* Whether every option that was given does something where nothing is mixed. */
int job_check_unmixed(const struct job *job, struct err *err);

/* Settles sink and form of a job that writes samples. -1: a usage error. */
int job_settle_output(struct job *job, struct err *err);

/* The first mixer that takes partners; NULL: samples are only copied. */
const struct mixer *job_mixer_of_partners(const struct job *job);

/* Whether an input can be read only once. */
bool job_has_stream(const struct job *job);

/* What the job says of the input. */
struct input job_input(const struct job *job);

#endif

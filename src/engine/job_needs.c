/* Options that do something only in company, as --quality does where JPEG is written. Given without
 * it they are refused: what was asked for would silently not be there. The rows of options say what
 * they need; here stand what a job has, and what to say where that is not enough. */
#include "engine/job.h"

static const struct {
    enum need need;
    const char *only; // behind "--option value: "
} REFUSALS[] = {
    {NEEDS_STREAM, "only a stream is taken in windows, other inputs as a whole; leave it out"},
    {NEEDS_SIZE, "pictures are fitted only where a size is given; leave it out, or give --size"},
    {NEEDS_PICTURES,
     "only --to folder and --to tar write pictures; leave it out, or give one of these"},
    {NEEDS_PNG, "only --image png writes PNG; leave it out, or give --image png"},
    {NEEDS_JPEG, "only --image jpg writes JPEG; leave it out, or give --image jpg"},
    {NEEDS_SHARDS,
     "only --to tar makes shards, in a folder; leave it out, or give --to tar -o FOLDER"},
    {NEEDS_ROWS, "--to raw, none and digest write no manifest; leave it out, or give another --to"},
    {NEEDS_LABELS_APART, "only --to raw writes labels apart; leave it out, or give --to raw -o -"},
    {NEEDS_SHEET_FILE, "a terminal has no pixels to scale; leave it out, or give -o NAME.png"},
    {NEEDS_SCREEN, "only --to ansi fills columns; leave it out, or give --to ansi"},
    {NEEDS_MIXING, "an output of mixsmith is shown as it is; leave it out, or give -m to mix it"},
};

static unsigned input_has(const struct job *job) {
    bool stream = job_has_stream(job);
    return (stream ? NEEDS_STREAM : 0) | (stream || job->size.w ? NEEDS_SIZE : 0);
}

/* sink: NULL where the input decides between folder and npy. */
static unsigned output_has(const struct job *job, const struct sink *sink) {
    unsigned kind = job->image == IMAGE_PNG ? NEEDS_PNG : NEEDS_JPEG, has = 0;
    if (!sink || sink->pictures)
        has |= NEEDS_PICTURES | kind;
    if (!sink || sink->manifest || sink->rows)
        has |= NEEDS_ROWS;
    if (sink && sink->shards && job->form == OUTPUT_FOLDER)
        has |= NEEDS_SHARDS;
    if (sink && sink->labels_apart)
        has |= NEEDS_LABELS_APART;
    return has;
}

static unsigned job_has(const struct job *job, const struct sink *sink) {
    unsigned sheet = job->sheet_to == SHEET_ANSI ? NEEDS_SCREEN : NEEDS_SHEET_FILE;
    return NEEDS_MIXING | input_has(job) | sheet | output_has(job, sink);
}

static int refuse(const struct option_row *row, unsigned missing, const struct job *job,
                  struct err *err) {
    struct text value = {0};
    size_t i = 0;
    while (!(REFUSALS[i].need & missing))
        i++;
    option_print(row, job, &value);
    const char *given = text_terminate(&value);
    misuse(err, "--%s %s: %s", row->name, *given ? given : "''", REFUSALS[i].only);
    text_close(&value);
    return -1;
}

static int check(const struct job *job, unsigned has, struct err *err) {
    struct option_row rows[JOB_OPTIONS_MAX];
    int n = job_options(job->kind, rows);
    for (int i = 0; i < n; i++)
        if (job->given[i] && rows[i].needs & ~has)
            return refuse(&rows[i], rows[i].needs & ~has, job, err);
    return 0;
}

int job_check_needs(const struct job *job, const struct sink *sink, struct err *err) {
    return check(job, job_has(job, sink), err);
}

int job_check_unmixed(const struct job *job, struct err *err) {
    return check(job, ~(unsigned)NEEDS_MIXING, err);
}

/* grid: mixed samples side by side, on a sheet or in the terminal, to see what a job will look
 * like. */
#include "base/archive.h"
#include "base/files.h"
#include "commands/grid_output.h"
#include "commands/job_command.h"
#include "engine/output.h"

#include <unistd.h>

enum { ROWS = 4, COLS = 6, SCREEN_ROWS = 2 };

/* --- what is asked for --- */

/* The form that the name of the output asks for; SHEET_AUTO where it asks for none. */
static enum sheet_form form_of_name(const struct job *job) {
    if (sheet_to_stdout(job))
        return SHEET_ANSI;
    if (ends_with(job->output, ".png"))
        return SHEET_PNG;
    bool jpeg = ends_with(job->output, ".jpg") || ends_with(job->output, ".jpeg");
    return jpeg ? SHEET_JPG : SHEET_AUTO;
}

static int settle_form(struct job *job, struct err *err) {
    if (job->sheet_to == SHEET_AUTO)
        job->sheet_to = (int)form_of_name(job);
    if (job->sheet_to == SHEET_AUTO)
        return fail(err, "-o %s: a sheet is called NAME.png or NAME.jpg; or say which with --to",
                    job->output);
    if (job->sheet_to == SHEET_ANSI && !sheet_to_stdout(job))
        return fail(err, "--to ansi prints on standard output: leave out -o %s", job->output);
    if (job->sheet_to != SHEET_ANSI && sheet_to_stdout(job) && isatty(STDOUT_FILENO) == 1)
        return fail(err, "standard output is a terminal: name a file with -o, or leave out --to");
    return 0;
}

/* The screen's columns follow from its width. */
static int settle_size(struct job *job, const struct sweep *sweep, struct err *err) {
    bool named = sweep_has_names(sweep), screen = job->sheet_to == SHEET_ANSI;
    if (named && job->rows)
        return fail(err, "--rows: with several -m or --sweep each has one row, here %d", sweep->n);
    if (job->rows == 0)
        job->rows = named ? sweep->n : screen ? SCREEN_ROWS : ROWS;
    if (job->cols == 0 && !screen)
        job->cols = COLS;
    return 0;
}

static int check(struct job *job, struct err *err) {
    struct sweep sweep;
    if (sweep_parse(&sweep, job, err) < 0 || settle_form(job, err) < 0 ||
        job_check_needs(job, NULL, err) < 0)
        return -1;
    return settle_size(job, &sweep, err);
}

/* --- the command --- */

static int make(struct job *job, struct preview *preview, struct sheet *sheet, struct err *err) {
    struct sweep sweep;
    if (sweep_parse(&sweep, job, err) < 0)
        return -1;
    bool file = !sheet_to_stdout(job);
    if (file && archive_check(job->output, job->force, sheet_is_ours, err) < 0)
        return -1;
    if (preview_open(preview, job, err) < 0)
        return -1;
    if (file && output_check_place(&preview->run, err) < 0)
        return -1;
    return sheet_make(sheet, job, preview, &sweep, err);
}

static int grid(struct job *job) {
    struct err err;
    struct preview preview = {0};
    struct sheet sheet = {0};
    int status = EXIT_DONE;
    if (!job->quiet)
        warn_of_mixers(job);
    if (make(job, &preview, &sheet, &err) < 0)
        status = job_failed(&err);
    else if (!job->quiet)
        warn_of_input(&preview.run);
    sheet_close(&sheet);
    preview_close(&preview);
    return status;
}

const struct command command_grid = {
    .name = "grid",
    .arguments = "INPUT... [-o SHEET.png] [-m MIXER]... [options]",
    .help = "look at mixed samples before making them",
    .idea = "Shows the first samples that mix would make with the same options, each with its soft "
            "label,\nside by side on one picture or in the terminal. Several -m, between which mix "
            "would "
            "switch, get\na row each. Writes no data set.",
    .examples = "  mixsmith grid photos -s 224 -m fmix\n"
                "  mixsmith grid photos -o sheet.png -m cutmix --show sources,mask\n"
                "  mixsmith grid photos -o sweep.png -m zeta --sweep gamma=1.8,2.4,2.8,4\n"
                "  mixsmith grid photos -o sheet.png -m mixup -m zeta -m cutmix -m fmix\n",
    .job = JOB_GRID,
    .run = job_command,
    .check = check,
    .work = grid,
};

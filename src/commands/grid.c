/* grid: mixed samples side by side, on a sheet or in the terminal, to see what a job will look
 * like. */
#include "commands/grid.h"
#include "base/archive.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "commands/mix.h"
#include "engine/version.h"

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

static int settle(struct job *job, struct sweep *sweep, struct err *err) {
    if (sweep_parse(sweep, job, err) < 0)
        return -1;
    bool named = sweep_has_names(sweep);
    if (job->sheet_to == SHEET_AUTO)
        job->sheet_to = (int)form_of_name(job);
    if (job->sheet_to == SHEET_AUTO)
        return fail(err, "-o %s: a sheet is called NAME.png or NAME.jpg; or say which with --to",
                    job->output);
    if (job->sheet_to == SHEET_ANSI && !sheet_to_stdout(job))
        return fail(err, "--to ansi prints on standard output: leave out -o %s", job->output);
    if (job->sheet_to != SHEET_ANSI && sheet_to_stdout(job) && isatty(STDOUT_FILENO) == 1)
        return fail(err, "standard output is a terminal: name a file with -o, or leave out --to");
    if (named && job->rows)
        return fail(err, "--rows: with several -m or --sweep each has one row, here %d", sweep->n);
    int rows = job->sheet_to == SHEET_ANSI ? SCREEN_ROWS : ROWS;
    job->rows = named ? sweep->n : job->rows ? job->rows : rows;
    if (job->cols == 0 && job->sheet_to != SHEET_ANSI)
        job->cols = COLS;
    return 0;
}

/* --- the command --- */

static void warn(const struct run *run) {
    if (run->contents.note)
        complain("note: %s", run->contents.note);
    if (run->n_losses > 0)
        complain("warning: %zu sample%s left out that could not be read%s: %s", run->n_losses,
                 run->n_losses == 1 ? "" : "s", run->n_losses == 1 ? "" : "; the first",
                 run->losses[0].reason);
}

static int grid(struct job *job, const struct sweep *sweep) {
    struct err err;
    struct preview preview;
    struct sheet sheet = {0};
    int result = 0;
    if (!job->quiet)
        warn_of_mixers(job);
    if (!sheet_to_stdout(job))
        result = archive_check(job->output, job->force, sheet_is_ours, &err);
    preview = (struct preview){0};
    if (result == 0)
        result = preview_open(&preview, job, &err);
    if (result == 0)
        result = sheet_make(&sheet, job, &preview, sweep, &err);
    if (result < 0)
        complain("%s", err.text);
    else if (!job->quiet)
        warn(&preview.run);
    sheet_close(&sheet);
    if (preview.run.job)
        preview_close(&preview);
    return result == 0 ? EXIT_DONE : interrupted() ? EXIT_INTERRUPTED : EXIT_FAILED;
}

static int run_command(const struct command *command, int argc, char **argv) {
    struct job job;
    struct sweep sweep = {0};
    struct err err;
    int status = EXIT_DONE, result = job_parse(&job, JOB_GRID, argc, argv, &err);
    if (result == 0 && !job.help && !job.version)
        result = settle(&job, &sweep, &err);
    if (result < 0) {
        complain("%s", err.text);
        status = EXIT_USAGE;
    } else if (job.help) {
        command_help(command);
    } else if (job.version) {
        print_out("mixsmith " MIXSMITH_VERSION "\n");
    } else {
        status = grid(&job, &sweep);
    }
    job_close(&job);
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
    .run = run_command,
};

/* report: what mixing makes of a data set, or what an output holds, as one page to read and as
 * numbers for machines. */
#include "commands/report.h"

#include "base/archive.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "commands/mix.h"
#include "engine/version.h"

#include <stdio.h>
#include <string.h>

static bool to_stdout(const struct job *job) {
    return job->output && strcmp(job->output, "-") == 0;
}

static bool is_page_name(const char *path) {
    return ends_with(path, ".html") || ends_with(path, ".htm");
}

static int check(const struct job *job, struct err *err) {
    if (!job->output && !job->json)
        return fail(err, "no output: give -o PAGE.html, or --json for the numbers alone");
    if (job->output && job->output[0] == 0)
        return fail(err, "-o '': expected the name of a page to make, or -");
    if (job->output && !to_stdout(job) && !is_page_name(job->output))
        return fail(err, "-o %s: a page is called NAME.html; a browser prints it as PDF",
                    job->output);
    if (to_stdout(job) && job->json)
        return fail(err, "--json prints on standard output, where -o - writes the page");
    return 0;
}

static int publish(const struct job *job, const struct text *page, struct err *err) {
    struct archive archive;
    if (archive_open(&archive, job->output, job->force, report_page_is_ours, err) < 0)
        return -1;
    if (file_write(archive.fd, archive.partial, page->bytes, page->used, err) == 0)
        return archive_commit(&archive, err);
    archive_abandon(&archive);
    return -1;
}

static void tell(const struct findings *findings, const struct text *page) {
    char name[ERR_TEXT];
    printable(name, sizeof name, findings->job->output);
    fprintf(stderr, "wrote %s: %u samples of %d classes, %zu kB\n", name, findings->n,
            findings->labels.n_classes, (page->used + 999) / 1000);
}

static int give(const struct findings *findings, struct err *err) {
    const struct job *job = findings->job;
    struct text page = {0}, json = {0};
    int result = 0;
    if (job->output) {
        report_page(findings, &page);
        if (to_stdout(job))
            print_out(text_terminate(&page));
        else
            result = publish(job, &page, err);
        if (result == 0 && !to_stdout(job) && !job->quiet)
            tell(findings, &page);
    }
    if (result == 0 && job->json) {
        report_json(findings, &json);
        print_out(text_terminate(&json));
    }
    text_close(&page);
    text_close(&json);
    return result;
}

static void warn(const struct run *run) {
    if (run->contents.note)
        complain("note: %s", run->contents.note);
    if (run->n_losses > 0)
        complain("warning: %zu samples left out that could not be read; the first: %s",
                 run->n_losses, run->losses[0].reason);
}

/* What can be said against the output is said before the work. */
static int work(const struct job *job, struct findings *findings, struct err *err) {
    if (job->output && !to_stdout(job) &&
        archive_check(job->output, job->force, report_page_is_ours, err) < 0)
        return -1;
    if (findings_open(findings, job, err) < 0)
        return -1;
    if (!job->quiet)
        warn(&findings->preview.run);
    return give(findings, err);
}

static int report(const struct job *job) {
    struct err err;
    struct findings findings = {.job = job};
    if (!job->quiet)
        warn_of_mixers(job);
    int result = work(job, &findings, &err);
    findings_close(&findings);
    if (result == 0)
        return EXIT_DONE;
    complain("%s", err.text);
    return interrupted() ? EXIT_INTERRUPTED : EXIT_FAILED;
}

static int run_command(const struct command *command, int argc, char **argv) {
    struct job job;
    struct err err;
    int status = EXIT_DONE;
    if (job_parse(&job, JOB_REPORT, argc, argv, &err) < 0) {
        complain("%s", err.text);
        status = EXIT_USAGE;
    } else if (job.help) {
        command_help(command);
    } else if (job.version) {
        print_out("mixsmith " MIXSMITH_VERSION "\n");
    } else if (check(&job, &err) < 0) {
        complain("%s", err.text);
        status = EXIT_USAGE;
    } else {
        status = report(&job);
    }
    job_close(&job);
    return status;
}

const struct command command_report = {
    .name = "report",
    .arguments = "INPUT|OUT -o PAGE.html [-m MIXER]... [options]",
    .help = "one page: samples, class balance, soft labels, pairs, intrinsic dimension",
    .idea = "Mixes an input in memory and writes what comes of it as one page that needs nothing\n"
            "but itself. Of an output of mixsmith (without -m) it shows what is in there.",
    .examples = "  mixsmith report photos -o report.html -m cutmix -s 224x224\n"
                "  mixsmith report cifar-10-batches-bin -o report.html -m zeta:gamma=2.8\n"
                "  mixsmith report mixed -o report.html\n"
                "  mixsmith report photos -s 64 --json | jq .intrinsic_dimension\n",
    .job = JOB_REPORT,
    .run = run_command,
};

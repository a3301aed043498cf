/* report: what mixing makes of a data set, or what an output holds, as one page to read and as
 * numbers for machines. */
#include "commands/report.h"

#include "base/archive.h"
#include "base/files.h"
#include "base/words.h"
#include "commands/job_command.h"
#include "commands/print.h"

#include <stdio.h>
#include <string.h>

static bool to_stdout(const struct job *job) {
    return job->output && strcmp(job->output, "-") == 0;
}

static bool is_page_name(const char *path) {
    return ends_with(path, ".html") || ends_with(path, ".htm");
}

static int check(struct job *job, struct err *err) {
    if (!job->output && !job->json)
        return fail(err, "no output: give -o PAGE.html, or --json for the numbers alone");
    if (job->output && job->output[0] == 0)
        return fail(err, "-o '': expected the name of a page to make, or -");
    if (job->output && !to_stdout(job) && !is_page_name(job->output))
        return fail(err, "-o %s: a page is called NAME.html; a browser prints it as PDF",
                    job->output);
    if (to_stdout(job) && job->json)
        return fail(err, "--json prints on standard output, where -o - writes the page");
    return job_check_needs(job, NULL, err);
}

static void tell(const struct findings *findings, const struct text *page) {
    char name[ERR_TEXT];
    printable(name, sizeof name, findings->job->output);
    fprintf(stderr, "wrote %s: %u sample%s of %d class%s, %zu kB\n", name, findings->n,
            s_of(findings->n), findings->labels.n_classes, es_of(findings->labels.n_classes),
            (page->used + 999) / 1000);
}

static int give_page(const struct findings *findings, struct err *err) {
    const struct job *job = findings->job;
    struct text page = {0};
    int result = 0;
    report_page(findings, &page);
    if (to_stdout(job))
        print_bytes(page.bytes, page.used);
    else
        result =
            archive_write(job->output, job->force, report_page_is_ours, page.bytes, page.used, err);
    if (result == 0 && !to_stdout(job) && !job->quiet)
        tell(findings, &page);
    text_close(&page);
    return result;
}

static int give(const struct findings *findings, struct err *err) {
    if (findings->job->output && give_page(findings, err) < 0)
        return -1;
    if (findings->job->json)
        print_json_line(report_json(findings));
    return 0;
}

/* What can be said against the output is said before the work. */
static int work(const struct job *job, struct findings *findings, struct err *err) {
    if (job->output && !to_stdout(job) &&
        archive_check(job->output, job->force, report_page_is_ours, err) < 0)
        return -1;
    if (findings_open(findings, job, err) < 0)
        return -1;
    if (!job->quiet)
        warn_of_input(&findings->preview.run);
    return give(findings, err);
}

static int report(struct job *job) {
    struct err err;
    struct findings findings = {.job = job};
    if (!job->quiet)
        warn_of_mixers(job);
    int result = work(job, &findings, &err);
    findings_close(&findings);
    return result == 0 ? EXIT_DONE : job_failed(&err);
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
    .run = job_command,
    .check = check,
    .work = report,
};

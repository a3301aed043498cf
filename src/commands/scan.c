/* scan: says what is in an input before it is mixed, or what mixing made of it. */
#include "commands/scan.h"

#include "commands/bar.h"
#include "commands/job_command.h"
#include "commands/print.h"

static void show_progress(void *data, const struct progress *progress) {
    bar_show(data, progress);
}

static void print_survey(const struct survey *survey) {
    const struct job *job = survey->job;
    struct text text = {0};
    if (survey->contents.note && !job->quiet)
        complain("note: %s", survey->contents.note);
    if (job->json)
        scan_json(survey, &text);
    else if (!job->quiet)
        scan_print(survey, &text);
    print_out(text_terminate(&text));
    text_close(&text);
}

static int scan(struct job *job) {
    struct survey survey;
    struct err err;
    struct bar bar = bar_open(job);
    struct watch watch = {show_progress, &bar};
    int result = survey_open(&survey, job, &watch, &err), status = EXIT_DONE;
    if (result == 0)
        result = survey_run(&survey, &watch, &err);
    bar_close(&bar);
    if (result < 0) {
        status = job_failed(&err);
    } else {
        print_survey(&survey);
        status = job->strict && survey.n_defects > 0 ? EXIT_SKIPPED : EXIT_DONE;
    }
    survey_close(&survey);
    return status;
}

const struct command command_scan = {
    .name = "scan",
    .arguments = "INPUT... [options]",
    .help = "say what is in an input, and what is wrong with it",
    .idea =
        "Reads and decodes every sample and says what is there: classes, sizes, channels, files\n"
        "that cannot be read, equal samples, also under different labels, samples that are next "
        "to\n"
        "uniform; of soft labels and of outputs of mix also how the labels are and what was mixed.",
    .examples = "  mixsmith scan photos\n"
                "  mixsmith scan mixed\n"
                "  mixsmith scan photos --json | jq .duplicates.list\n"
                "  mixsmith scan photos -q --strict && mixsmith mix photos -o mixed -s 224x224\n",
    .job = JOB_SCAN,
    .run = job_command,
    .work = scan,
};

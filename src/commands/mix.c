/* mix: the main job. Shows progress while it runs. */
#include "base/clock.h"
#include "base/words.h"
#include "commands/bar.h"
#include "commands/job_command.h"
#include "commands/print.h"
#include "commands/summary.h"

struct display {
    const struct run *run;
    struct bar bar;
    bool warned;
};

/* Runs of one class as long as a window leave nothing to mix with. At once: a stream may be
 * endless.
 */
static void warn_of_order(struct display *display) {
    const struct run *run = display->run;
    bool sorted = run->contents.n_classes > 1 && run->longest.length >= (uint64_t)run->job->window;
    if (!sorted || display->warned || run->job->quiet)
        return;
    display->warned = true;
    bar_close(&display->bar); // until it is shown again
    complain("warning: %llu sample%s of class '%s' in a row, but the window holds no more than %d: "
             "the input seems to be sorted; shuffle it, or give a larger --window",
             (unsigned long long)run->longest.length, s_of(run->longest.length),
             run->contents.class_names[run->longest.label], run->job->window);
}

static void show_progress(void *data, const struct progress *progress) {
    struct display *display = data;
    warn_of_order(display);
    bar_show(&display->bar, progress);
}

static int status_of(const struct run *run) {
    return run->job->strict && run->n_losses > 0 ? EXIT_SKIPPED : EXIT_DONE;
}

static int mix(struct job *job) {
    struct run run;
    struct err err;
    struct display display = {.run = &run, .bar = bar_open(job)};
    struct watch watch = {show_progress, &display};
    if (!job->quiet)
        warn_of_mixers(job);
    int result = run_open(&run, job, &err), status = EXIT_FAILED;
    if (result == 0 && run.contents.note && !job->quiet)
        complain("note: %s", run.contents.note);
    if (result == 0 && !job->dry_run)
        result = run_mix(&run, &watch, &err);
    bar_close(&display.bar);
    if (result == 0) {
        summarise(&run, clock_now() - display.bar.start);
        status = status_of(&run);
    } else if (err.reader_gone) {
        status = EXIT_NO_READER;
    } else {
        status = job_failed(&err);
    }
    run_close(&run);
    return status;
}

const struct command command_mix = {
    .name = "mix",
    .arguments = "INPUT... -o OUT [-m MIXER]... [options]",
    .help = "write mixed samples and soft labels",
    .idea =
        "Reads labelled samples, mixes them and writes the mixed samples with their soft labels.",
    .examples =
        "  mixsmith mix photos -o mixed -m cutmix -n 10x -s 224x224\n"
        "  mixsmith mix cifar-10-batches-bin -o mixed -m mixup:alpha=0.2@0.5 -m cutmix@0.5\n"
        "  mixsmith mix photos -s 224 -o - --to tar -n inf | train.py\n",
    .job = JOB_MIX,
    .run = job_command,
    .work = mix,
};

/* What mix says of a run to people: warnings, the summary, the plan of a dry run. */
#include "commands/summary.h"

#include "base/progress.h"
#include "base/words.h"
#include "commands/print.h"

#include <stdio.h>
#include <string.h>

enum { FAILURES_SHOWN = 5 };

/* --- warnings --- */

static void warn_of_empty_classes(const struct run *run) {
    int n = 0, first = 0;
    for (int k = run->contents.n_classes - 1; k >= 0; k--)
        if (run->counts.of_class[k] == 0) {
            n++;
            first = k;
        }
    if (n > 0)
        complain(
            "warning: no sample ended in %d of %d classes, '%s'%s: %s no folder, and readers that "
            "number folders will shift the classes after %s",
            n, run->contents.n_classes, run->contents.class_names[first], n > 1 ? " the first" : "",
            n > 1 ? "they have" : "it has", n > 1 ? "them" : "it");
}

/* torchvision numbers the folders that are there, in byte order of their names. */
static void warn_of_classes(const struct run *run) {
    if (!run->sink->class_folders)
        return;
    warn_of_empty_classes(run);
    for (int k = 0; k < run->contents.n_classes; k++) {
        if (k > 0 && strcmp(run->contents.class_names[k - 1], run->contents.class_names[k]) > 0)
            complain(
                "warning: class '%s' stands before '%s' in the labels, but readers that number "
                "folders go by byte order",
                run->contents.class_names[k - 1], run->contents.class_names[k]);
    }
}

static void warn_of_names(const struct run *run) {
    if (run->escaped > 0)
        complain("warning: names written with %%XX: %llu (not UTF-8, with control characters, or "
                 "with %%XX of their own)",
                 (unsigned long long)run->escaped);
}

static void tell_failures(const struct run *run) {
    size_t shown =
        run->job->verbose || run->n_losses <= FAILURES_SHOWN ? run->n_losses : FAILURES_SHOWN;
    for (size_t i = 0; i < shown; i++)
        complain("skipped %s", run->losses[i].reason);
    if (shown < run->n_losses)
        complain("skipped %zu more%s", run->n_losses - shown,
                 run->manifest && !run->job->dry_run ? ", all listed in failures.jsonl"
                                                     : "; -v names them all");
}

/* --- for people --- */

/* " to OUT", where there is one. */
static void add_output(const struct run *run, struct text *text) {
    char name[ERR_TEXT];
    if (run->job->form == OUTPUT_NONE)
        return;
    if (run->job->form == OUTPUT_STREAM) {
        text_string(text, " to standard output");
        return;
    }
    printable(name, sizeof name, run->job->output);
    text_format(text, " to %s", name);
}

static void add_input(const struct run *run, const char *word, struct text *text) {
    text_format(text, "%-9s%llu sample%s of %d class%s, ", word,
                (unsigned long long)run_readable(run), s_of(run_readable(run)),
                run->contents.n_classes, es_of(run->contents.n_classes));
    shape_print(&run->contents.shape, " x ", text);
    text_format(text, " (%s)\n", run->source->name);
    if (run->n_losses > 0)
        text_format(text, "skipped  %zu that %s be read\n", run->n_losses,
                    run->job->dry_run ? "cannot" : "could not");
}

static void print_summary(const struct run *run, double seconds) {
    struct text text = {0};
    char rate[24], time[24];
    short_rate(rate, sizeof rate, (double)run->counts.written, seconds);
    short_time(time, sizeof time, seconds);
    add_input(run, "read", &text);
    text_format(&text, "%-9s%llu", run->job->form != OUTPUT_NONE ? "wrote" : "made",
                (unsigned long long)run->counts.written);
    if (run->counts.written < run->counts.asked)
        text_format(&text, " of %llu", (unsigned long long)run->counts.asked);
    text_format(&text, " sample%s", s_of(run->counts.asked));
    add_output(run, &text);
    text_format(&text, " (%s), %s, %s\n", run->sink->name, time, rate);
    fputs(text_terminate(&text), stderr);
    text_close(&text);
}

static void print_plan(const struct run *run) {
    const struct job *job = run->job;
    struct text text = {0};
    char bytes[24];
    double size = (double)shape_values(&run->contents.shape) *
                  (double)dtype_size(run->contents.dtype) * (double)run->counts.asked;
    short_number(bytes, sizeof bytes, size);
    add_input(run, "input", &text);
    for (int c = 0; c < job->n_chains; c++) {
        text_string(&text, "mixer    ");
        chain_print(&job->chain[c], &text);
        text_string(&text, "\n");
    }
    if (run->counts.asked == ENDLESS)
        text_format(&text, "output   samples until %s ends",
                    run->contents.stream ? "the input" : "the reader");
    else
        text_format(&text, "output   %llu sample%s", (unsigned long long)run->counts.asked,
                    s_of(run->counts.asked));
    add_output(run, &text);
    text_format(&text, " (%s)", run->sink->name);
    if (run->counts.asked != ENDLESS)
        text_format(&text, ", %sB of pixels before compression", bytes);
    text_string(&text, "\n");
    print_out(text_terminate(&text));
    text_close(&text);
}

static void print_result(const struct run *run) {
    if (run->result.used == 0)
        return;
    print_out(run->result.bytes);
    print_out("\n");
}

void summarise(struct run *run, double seconds) {
    const struct job *job = run->job;
    text_terminate(&run->result);
    if (!job->quiet) {
        tell_failures(run);
        if (!job->dry_run)
            warn_of_classes(run);
        warn_of_names(run);
    }
    if (job->json)
        summary_json(run, seconds);
    else if (job->dry_run)
        print_plan(run);
    else
        print_result(run);
    if (!job->quiet && !job->dry_run)
        print_summary(run, seconds);
}

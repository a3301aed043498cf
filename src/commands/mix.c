/* mix: the main job. Prints help, the dry run, the progress bar and the summary. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "commands/command.h"
#include "engine/run.h"
#include "engine/version.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { FAILURES_SHOWN = 5, LINE = 512 };
static const double PROGRESS_EVERY = 0.1; // seconds

/* --- help, made from the rows --- */

static void add_line(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add_line(struct text *text, const char *format, ...) {
    char *line = text_room(text, LINE);
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, LINE, format, args);
    va_end(args);
    text->used += n < LINE ? (size_t)n : LINE - 1;
}

static void help_param(struct text *text, const struct param *param) {
    struct text left = {0}, right = {0};
    add_line(&left, "      %s", param->name);
    if (param->choices)
        add_line(&left, "=%s", param->choices);
    add_line(&right, "%s (", param->help);
    if (!param->choices)
        add_line(&right, "%s%.15g to %.15g; ", param->above_low ? "above " : "", param->low,
                 param->high);
    param_print(param, param->standard, &right);
    add_line(&right, ")");
    help_line(text, text_terminate(&left), text_terminate(&right));
    text_close(&left);
    text_close(&right);
}

static void help_plug(struct text *text, const char *name, const char *help) {
    char left[64];
    snprintf(left, sizeof left, "  %s", name);
    help_line(text, left, help);
}

static void help_mixers(struct text *text) {
    add_line(text, "\nMixers, with their parameters (range; standard value)\n");
    for (int i = 0; i < N_MIXERS; i++) {
        const struct mixer *mixer = MIXERS[i];
        char help[LINE];
        snprintf(help, sizeof help, "%s%s%s", mixer->help, mixer->paper ? "; " : "",
                 mixer->paper ? mixer->paper : "");
        help_plug(text, mixer->name, help);
        for (int k = 0; k < mixer->n_params; k++)
            help_param(text, &mixer->params[k]);
    }
}

static void print_mix_help(void) {
    struct text text = {0};
    add_line(&text,
             "usage: mixsmith mix INPUT... -o OUT [-m MIXER]... [options]\n\n"
             "Reads labelled samples, mixes them and writes the mixed samples with their soft "
             "labels.\n\nINPUT is one of\n");
    for (int i = 0; i < N_SOURCES; i++)
        help_plug(&text, SOURCES[i]->name, SOURCES[i]->help);
    options_help(JOB_OPTIONS, N_JOB_OPTIONS, &text);
    help_mixers(&text);
    add_line(&text, "\nForms of output (--to)\n");
    for (int i = 0; i < N_SINKS; i++)
        help_plug(&text, SINKS[i]->name, SINKS[i]->help);
    add_line(&text,
             "\nFor example\n"
             "  mixsmith mix photos -o mixed -m cutmix -n 10x -s 224x224\n"
             "  mixsmith mix cifar-10-batches-bin -o mixed -m mixup:alpha=0.2@0.5 -m cutmix@0.5\n"
             "\nExit status: 0 done, 1 failed, 2 usage, 3 done with skips under --strict,\n"
             "130 interrupted, 141 the reader of standard output went away.\n");
    print_out(text_terminate(&text));
    text_close(&text);
}

/* --- what people see while it runs --- */

struct display {
    bool bar;
    double start, last;
};

static void show_progress(void *data, uint64_t done, uint64_t total) {
    struct display *display = data;
    double time = clock_now();
    if (!display->bar || time - display->last < PROGRESS_EVERY)
        return;
    display->last = time;
    char line[LINE];
    progress_line(line, sizeof line, done, total, time - display->start);
    fprintf(stderr, "\r%s\033[K", line);
    fflush(stderr);
}

static struct display display_open(const struct job *job) {
    bool terminal = isatty(STDERR_FILENO) == 1;
    bool bar = job->progress == PROGRESS_ALWAYS || (job->progress == PROGRESS_AUTO && terminal);
    return (struct display){.bar = bar && !job->quiet, .start = clock_now()};
}

static void display_close(const struct display *display) {
    if (display->bar)
        fprintf(stderr, "\r\033[K");
}

/* --- warnings --- */

static void warn_of_mixers(const struct job *job) {
    for (int c = 0; c < job->n_chains; c++)
        for (int s = 0; s < job->chain[c].n_stages; s++) {
            const struct stage *stage = &job->chain[c].stage[s];
            char text[LINE];
            if (stage->mixer->warn && stage->mixer->warn(stage->value, text, sizeof text))
                complain("warning: %s", text);
        }
}

/* torchvision numbers the folders that are there, in byte order of their names. */
static void warn_of_classes(const struct run *run) {
    if (!run->sink->class_folders)
        return;
    for (int k = 0; k < run->contents.n_classes; k++) {
        if (run->counts.of_class[k] == 0)
            complain("warning: no sample ended in class '%s': it has no folder, and readers that "
                     "number folders will shift the classes after it",
                     run->contents.class_names[k]);
        if (k > 0 && strcmp(run->contents.class_names[k - 1], run->contents.class_names[k]) > 0)
            complain(
                "warning: class '%s' stands before '%s' in the labels, but readers that number "
                "folders go by byte order",
                run->contents.class_names[k - 1], run->contents.class_names[k]);
    }
}

static void warn_of_names(const struct run *run) {
    if (run->escaped > 0)
        complain("warning: %llu names are not plain UTF-8: the manifest writes them with %%XX",
                 (unsigned long long)run->escaped);
}

static void tell_failures(const struct run *run) {
    size_t shown =
        run->job->verbose || run->n_failures <= FAILURES_SHOWN ? run->n_failures : FAILURES_SHOWN;
    for (size_t i = 0; i < shown; i++)
        complain("skipped %s", run->failures[i].reason);
    if (shown < run->n_failures)
        complain("skipped %zu more%s", run->n_failures - shown,
                 run->sink->manifest ? ", all listed in failures.jsonl" : "; -v names them all");
}

/* --- summary --- */

static void print_shape(char *out, size_t size, const struct contents *contents) {
    int used = 0;
    for (int i = 0; i < contents->shape.rank; i++)
        used += snprintf(out + used, size - (size_t)used, "%s%d", i ? " x " : "",
                         contents->shape.dim[i]);
}

static void print_summary(const struct run *run, double seconds) {
    char shape[64], rate[24], time[24];
    print_shape(shape, sizeof shape, &run->contents);
    short_number(rate, sizeof rate, seconds > 0 ? (double)run->counts.written / seconds : 0);
    short_time(time, sizeof time, seconds);
    fprintf(stderr, "read     %u samples of %d classes, %s (%s)\n", run->order.n,
            run->contents.n_classes, shape, run->source->name);
    if (run->n_failures > 0)
        fprintf(stderr, "skipped  %zu that could not be read\n", run->n_failures);
    fprintf(stderr, "%s  %llu samples%s%s (%s), %s, %s/s\n",
            run->sink->manifest ? "wrote  " : "made   ", (unsigned long long)run->counts.written,
            run->sink->manifest ? " to " : "", run->sink->manifest ? run->job->output : "",
            run->sink->name, time, rate);
}

static void add_seconds(cJSON *object, const char *name, double seconds) {
    char number[32];
    snprintf(number, sizeof number, "%.6f", seconds);
    cJSON_AddRawToObject(object, name, number);
}

/* Of all threads together, but for the whole. */
static cJSON *timings_json(const struct run *run, double seconds) {
    cJSON *timings = cJSON_CreateObject();
    for (int s = 0; s < RUN_STAGES; s++)
        add_seconds(timings, RUN_STAGE_NAMES[s], run->seconds[s]);
    add_seconds(timings, "whole", seconds);
    return timings;
}

static void print_json(const struct run *run, double seconds) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "mixsmith", MIXSMITH_VERSION);
    cJSON_AddStringToObject(root, "source", run->source->name);
    cJSON_AddStringToObject(root, "sink", run->sink->name);
    if (run->sink->manifest)
        cJSON_AddStringToObject(root, "output", run->job->output);
    cJSON_AddNumberToObject(root, "read", run->order.n);
    cJSON_AddNumberToObject(root, "classes", run->contents.n_classes);
    cJSON_AddNumberToObject(root, "skipped", (double)run->n_failures);
    cJSON_AddNumberToObject(root, "samples", (double)run->counts.written);
    cJSON_AddNumberToObject(root, "asked", (double)run->counts.asked);
    if (run->result.used > 0)
        cJSON_AddStringToObject(root, "digest", run->result.bytes);
    cJSON_AddItemToObject(root, "seconds", timings_json(run, seconds));
    cJSON_AddNumberToObject(root, "rss_mb", (double)usage.ru_maxrss / 1024);
    char *text = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    if (!text)
        die_of_memory(LINE);
    print_out(text);
    print_out("\n");
    free(text);
}

static void print_result(struct run *run, double seconds) {
    if (run->job->json)
        print_json(run, seconds);
    else if (run->result.used > 0) {
        print_out(run->result.bytes);
        print_out("\n");
    }
    if (run->job->quiet)
        return;
    print_summary(run, seconds);
}

/* --- dry run --- */

static void print_plan(const struct run *run) {
    const struct job *job = run->job;
    struct text text = {0};
    char shape[64], bytes[24];
    print_shape(shape, sizeof shape, &run->contents);
    double size = (double)shape_values(&run->contents.shape) *
                  (double)dtype_size(run->contents.dtype) * (double)run->counts.asked;
    short_number(bytes, sizeof bytes, size);
    add_line(&text, "input    %u samples of %d classes, %s (%s)\n", run->order.n,
             run->contents.n_classes, shape, run->source->name);
    if (run->n_failures > 0)
        add_line(&text, "skipped  %zu that cannot be read\n", run->n_failures);
    for (int c = 0; c < job->n_chains; c++) {
        add_line(&text, "mixer    ");
        chain_print(&job->chain[c], &text);
        add_line(&text, "\n");
    }
    add_line(&text, "output   %llu samples%s%s (%s), %sB of pixels before compression\n",
             (unsigned long long)run->counts.asked, job->output ? " to " : "",
             job->output ? job->output : "", run->sink->name, bytes);
    print_out(text_terminate(&text));
    text_close(&text);
}

/* --- the command --- */

static int done_status(const struct run *run) {
    return run->job->strict && run->n_failures > 0 ? EXIT_SKIPPED : EXIT_DONE;
}

static int finish(struct run *run, double start) {
    text_terminate(&run->result);
    if (!run->job->quiet) {
        tell_failures(run);
        warn_of_classes(run);
        warn_of_names(run);
    }
    print_result(run, clock_now() - start);
    return done_status(run);
}

static int mix(const struct job *job) {
    struct run run;
    struct err err;
    struct display display = display_open(job);
    struct watch watch = {show_progress, &display};
    int status = EXIT_FAILED;
    if (!job->quiet)
        warn_of_mixers(job);
    int result = run_open(&run, job, &err);
    if (result == 0 && job->dry_run) {
        tell_failures(&run);
        print_plan(&run);
        status = done_status(&run);
        run_close(&run);
        return status;
    }
    if (result == 0)
        result = run_mix(&run, &watch, &err);
    display_close(&display);
    if (result == 0)
        status = finish(&run, display.start);
    else if (interrupted())
        status = EXIT_INTERRUPTED;
    if (result < 0)
        complain("%s", err.text);
    run_close(&run);
    return status;
}

int command_mix(int argc, char **argv) {
    struct job job;
    struct err err;
    int status = EXIT_DONE;
    if (job_parse(&job, argc, argv, &err) < 0) {
        complain("%s", err.text);
        status = EXIT_USAGE;
    } else if (job.help) {
        print_mix_help();
    } else if (job.version) {
        print_out("mixsmith " MIXSMITH_VERSION "\n");
    } else {
        status = mix(&job);
    }
    job_close(&job);
    return status;
}

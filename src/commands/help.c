/* The help of a command, made from the rows of options, sources, mixers and sinks. */
#include "commands/command.h"
#include "commands/print.h"
#include "engine/job.h"

#include <stdio.h>

enum { LINE = 512 };

static void help_param(struct text *text, const struct param *param) {
    struct text left = {0}, right = {0};
    text_format(&left, "      %s", param->name);
    if (param->choices)
        text_format(&left, "=%s", param->choices);
    text_format(&right, "%s (", param->help);
    if (!param->choices)
        text_format(&right, "%s%.15g to %.15g; ", param->above_low ? "above " : "", param->low,
                    param->high);
    param_print(param, param->standard, &right);
    text_format(&right, ")");
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
    text_format(text, "\nMixers, with their parameters (range; standard value)\n");
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

static void help_sources(struct text *text) {
    text_format(text, "\nINPUT is one of\n");
    for (int i = 0; i < N_SOURCES; i++)
        help_plug(text, SOURCES[i]->name, SOURCES[i]->help);
}

static void help_sinks(struct text *text) {
    text_format(text, "\nForms of output (--to)\n");
    for (int i = 0; i < N_SINKS; i++)
        help_plug(text, SINKS[i]->name, SINKS[i]->help);
}

static void help_job(const struct command *command, struct text *text) {
    struct option_row rows[JOB_OPTIONS_MAX];
    int n = job_options(command->job, rows);
    help_sources(text);
    options_help(rows, n, text);
    if (command->job & JOB_MIXES)
        help_mixers(text);
    if (command->job & JOB_MIX)
        help_sinks(text);
}

void command_help(const struct command *command) {
    struct text text = {0};
    text_format(&text, "usage: mixsmith %s %s\n\n%s\n", command->name, command->arguments,
                command->idea);
    if (command->job)
        help_job(command, &text);
    text_format(&text, "\nFor example\n%s", command->examples);
    text_format(&text,
                "\nExit status: 0 done, 1 failed, 2 usage, 3 done with skips under --strict,\n"
                "130 interrupted, 141 the reader of standard output went away.\n");
    print_out(text_terminate(&text));
    text_close(&text);
}

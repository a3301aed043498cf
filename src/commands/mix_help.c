/* mix --help: made from the rows of options, sources, mixers and sinks. */
#include "commands/mix.h"

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

void print_mix_help(void) {
    struct text text = {0};
    text_format(&text,
                "usage: mixsmith mix INPUT... -o OUT [-m MIXER]... [options]\n\n"
                "Reads labelled samples, mixes them and writes the mixed samples with their soft "
                "labels.\n\nINPUT is one of\n");
    for (int i = 0; i < N_SOURCES; i++)
        help_plug(&text, SOURCES[i]->name, SOURCES[i]->help);
    options_help(JOB_OPTIONS, N_JOB_OPTIONS, &text);
    help_mixers(&text);
    text_format(&text, "\nForms of output (--to)\n");
    for (int i = 0; i < N_SINKS; i++)
        help_plug(&text, SINKS[i]->name, SINKS[i]->help);
    text_format(
        &text, "\nFor example\n"
               "  mixsmith mix photos -o mixed -m cutmix -n 10x -s 224x224\n"
               "  mixsmith mix cifar-10-batches-bin -o mixed -m mixup:alpha=0.2@0.5 -m cutmix@0.5\n"
               "\nExit status: 0 done, 1 failed, 2 usage, 3 done with skips under --strict,\n"
               "130 interrupted, 141 the reader of standard output went away.\n");
    print_out(text_terminate(&text));
    text_close(&text);
}

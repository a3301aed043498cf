#include "commands/tables.h"

#include "engine/job.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 512 };

static void print_plug(struct text *text, const char *name, const char *help) {
    char left[64];
    snprintf(left, sizeof left, "  %s", name);
    help_line(text, left, help);
}

static void print_param(struct text *text, const struct param *param) {
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

void print_mixers(struct text *text) {
    for (int i = 0; i < N_MIXERS; i++) {
        const struct mixer *mixer = MIXERS[i];
        char help[LINE];
        snprintf(help, sizeof help, "%s%s%s", mixer->help, mixer->paper ? "; " : "",
                 mixer->paper ? mixer->paper : "");
        print_plug(text, mixer->name, help);
        for (int k = 0; k < mixer->n_params; k++)
            print_param(text, &mixer->params[k]);
    }
}

void print_sources(struct text *text) {
    for (int i = 0; i < N_SOURCES; i++)
        print_plug(text, SOURCES[i]->name, SOURCES[i]->help);
}

void print_sinks(struct text *text) {
    for (int i = 0; i < N_SINKS; i++)
        print_plug(text, SINKS[i]->name, SINKS[i]->help);
}

const struct option_row *codec_option(const struct codec *codec, struct option_row *row) {
    struct option_row rows[JOB_OPTIONS_MAX];
    int n = job_options(JOB_MIX, rows);
    for (int i = 0; i < n && codec->option; i++)
        if (strcmp(rows[i].name, codec->option) == 0) {
            *row = rows[i];
            return row;
        }
    return NULL;
}

/* "PNG pictures; read by libpng; not written" */
static void print_codec(struct text *text, const struct codec *codec) {
    struct text help = {0};
    text_format(&help, "%s; ", codec->help);
    text_format(&help, codec->reader ? "read by %s; " : "not read; ", codec->reader);
    text_format(&help, codec->writer ? "written by %s" : "not written", codec->writer);
    print_plug(text, codec->name, text_terminate(&help));
    text_close(&help);
}

/* A codec's line, and below it the option that sets how it writes, as the help has it. */
void print_codecs(struct text *text) {
    for (int i = 0; i < N_CODECS; i++) {
        struct option_row row;
        print_codec(text, CODECS[i]);
        if (!codec_option(CODECS[i], &row))
            continue;
        row.group = NULL;
        options_help(&row, 1, text);
    }
}

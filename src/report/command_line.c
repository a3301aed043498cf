#include "report/command_line.h"

#include <string.h>

void command_line_word(struct text *text, const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./:=,@+%";
    if (*word && word[strspn(word, plain)] == 0) {
        text_string(text, word);
        return;
    }
    text_string(text, "'");
    for (; *word; word++)
        if (*word == '\'')
            text_string(text, "'\\''");
        else
            text_bytes(text, word, 1);
    text_string(text, "'");
}

static const struct option_row *find_row(const char *name, struct option_row *rows) {
    int n = job_options(JOB_MIX, rows);
    for (int i = 0; i < n; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

void command_line_option(struct text *text, const char *name, const char *value) {
    struct option_row rows[JOB_OPTIONS_MAX];
    const struct option_row *row = find_row(name, rows);
    if (!row || *value == 0 || (row->standard && strcmp(row->standard, value) == 0))
        return;
    if (row->kind == OPTION_FLAG) {
        if (strcmp(value, "yes") == 0)
            text_format(text, " --%s", name);
        return;
    }
    text_format(text, " --%s ", name);
    command_line_word(text, value);
}

static void print_mixers(const struct job *job, struct text *text) {
    for (int i = 0; i < job->mixers.n; i++) {
        text_string(text, " -m ");
        command_line_word(text, job->mixers.item[i]);
    }
}

void command_line_mix(const struct job *job, struct text *text) {
    struct option_row rows[JOB_OPTIONS_MAX];
    int n = job_options(job->kind & JOB_MIXES, rows);
    text_string(text, "mixsmith mix");
    for (int i = 0; i < job->n_inputs; i++) {
        text_string(text, " ");
        command_line_word(text, job->inputs[i]);
    }
    text_string(text, " -o OUT");
    print_mixers(job, text);
    for (int i = 0; i < n; i++) {
        bool file = strcmp(rows[i].name, "labels") == 0 || strcmp(rows[i].name, "classes") == 0;
        struct text value = {0};
        if (!rows[i].decides && !file && strcmp(rows[i].name, "from") != 0)
            continue;
        option_print(&rows[i], job, &value);
        command_line_option(text, rows[i].name, text_terminate(&value));
        text_close(&value);
    }
}

/* The words of a sheet: what was mixed, how to have the same again, and how to read it. */
#include "base/memory.h"
#include "base/words.h"
#include "sheet/sheet.h"

#include <stdio.h>
#include <string.h>

static char *title_of(const struct job *job) {
    struct text text = {0};
    char name[ERR_TEXT];
    printable(name, sizeof name, job->inputs[0]);
    text_string(&text, name);
    if (job->n_inputs > 1)
        text_format(&text, " and %d more", job->n_inputs - 1);
    return text_finish(&text);
}

static char *facts_of(const struct preview *preview) {
    const struct contents *contents = &preview->run.contents;
    struct text text = {0};
    text_format(&text, "%u picture%s of %d class%s, %d x %d, %s", contents->n, s_of(contents->n),
                contents->n_classes, es_of(contents->n_classes), contents->shape.dim[1],
                contents->shape.dim[0], contents->shape.dim[2] == 1 ? "grey" : "colour");
    return text_finish(&text);
}

/* An option that decides what is made, where it is not standard; batch and seed in any case. */
static void add_option(const struct option_row *row, const struct job *job, struct text *text) {
    struct text value = {0};
    option_print(row, job, &value);
    text_terminate(&value);
    bool always = strcmp(row->name, "batch") == 0 || strcmp(row->name, "seed") == 0;
    bool standard = strcmp(value.bytes, row->standard ? row->standard : "") == 0;
    if (always || !standard)
        text_format(text, "\n--%s %s", row->name, value.bytes);
    text_close(&value);
}

/* All parameters, and the weights where they are not all the standard one. */
static void add_mixers(const struct job *job, struct text *text) {
    bool weighted = false;
    for (int c = 0; c < job->n_chains; c++)
        weighted |= job->chain[c].weight != 1;
    for (int c = 0; c < job->n_chains; c++) {
        text_string(text, c ? "\n-m " : "-m ");
        if (weighted && job->n_chains > 1)
            chain_print(&job->chain[c], text);
        else
            chain_print_stages(&job->chain[c], text);
    }
}

/* The options that give the same samples to every command that mixes. */
static char *command_of(const struct job *job) {
    struct option_row rows[JOB_OPTIONS_MAX];
    struct text text = {0};
    int n = job_options(JOB_GRID, rows);
    add_mixers(job, &text);
    if (job->sweep)
        text_format(&text, "\n--sweep %s", job->sweep);
    for (int i = 0; i < n; i++)
        if (rows[i].decides)
            add_option(&rows[i], job, &text);
    return text_finish(&text);
}

static char *note_of(const struct job *job, const struct sweep *sweep) {
    struct text text = {0};
    text_string(&text, "Below each picture its soft label.");
    if (job->show & SHOW_SOURCES)
        text_string(&text, " Small pictures: its sources with their shares, the sample itself "
                           "first.");
    if (job->show & SHOW_MASK)
        text_string(&text, " Mask: what the sample itself keeps, white all, black nothing.");
    if (sweep->n > 1)
        text_string(&text, " The same samples and random numbers in every row.");
    return text_finish(&text);
}

static struct row_name row_name_of(const struct sweep *sweep, int row) {
    struct text name = {0}, details = {0};
    sweep_print_name(sweep, row, &name);
    sweep_print_details(sweep, row, &details);
    return (struct row_name){text_finish(&name), text_finish(&details)};
}

void sheet_set_words(struct sheet *sheet, const struct preview *preview,
                     const struct sweep *sweep) {
    const struct job *job = preview->run.job;
    sheet->title = title_of(job);
    sheet->facts = facts_of(preview);
    sheet->command = command_of(job);
    sheet->note = note_of(job, sweep);
    if (!sweep_has_names(sweep))
        return;
    sheet->names = must_calloc((size_t)sheet->rows, sizeof *sheet->names);
    for (int r = 0; r < sheet->rows; r++)
        sheet->names[r] = row_name_of(sweep, r);
}

bool sheet_next_detail(const char **details, char line[SHEET_DETAIL]) {
    size_t n = strcspn(*details, "\n");
    if (n == 0)
        return false;
    snprintf(line, SHEET_DETAIL, "%.*s", (int)n, *details);
    *details += n + ((*details)[n] == '\n');
    return true;
}

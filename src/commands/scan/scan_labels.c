/* What scan says of soft labels, and of how samples were mixed. */
#include "base/words.h"
#include "commands/scan.h"
#include "commands/scan/scan_lines.h"

#include <stdio.h>

static void add_entropy(const struct label_statistics *labels, struct text *text) {
    double mean = entropy_mean(labels);
    text_format(text,
                "  entropy  %.3f bits on average, as of %.2f equal classes\n"
                "           %.3f to %.3f, median %.3f, middle half %.3f to %.3f\n",
                mean, effective_classes(mean), entropy_quantile(labels, 0),
                entropy_quantile(labels, 1), entropy_quantile(labels, 0.5),
                entropy_quantile(labels, 0.25), entropy_quantile(labels, 0.75));
}

/* A row of a table of labels: what they have, how many, a bar. */
static void add_row(const struct label_statistics *labels, const char *what, uint64_t n,
                    uint64_t most, struct text *text) {
    if (n == 0)
        return;
    text_format(text, "    %-12s %8llu  %5.1f %%", what, (unsigned long long)n,
                100 * (double)n / (double)labels->n);
    line_end_with_bar(text, (double)n, (double)most);
}

static uint64_t greatest(const uint64_t *counts, size_t n) {
    uint64_t most = 0;
    for (size_t i = 0; i < n; i++)
        most = counts[i] > most ? counts[i] : most;
    return most;
}

/* Labels by the number of classes that they name, the greater numbers together. */
static void add_class_counts(const struct label_statistics *labels, struct text *text) {
    static const char *const names[] = {"0", "1", "2", "3", "4", "5", "6 or more"};
    enum { ROWS = sizeof names / sizeof *names };
    uint64_t counts[ROWS] = {0};
    for (int k = 0; k <= CLASSES_COUNTED; k++)
        counts[k < ROWS ? k : ROWS - 1] += labels->of_classes[k];
    text_string(text, "  classes that have more than 1 % of a label\n");
    for (int k = 0; k < ROWS; k++)
        add_row(labels, names[k], counts[k], greatest(counts, ROWS), text);
}

static void add_top_shares(const struct label_statistics *labels, struct text *text) {
    text_string(text, "  greatest share of a label\n");
    for (int i = 0; i < TOP_BINS; i++) {
        char range[16];
        snprintf(range, sizeof range, "%.1f to %.1f", (double)i / TOP_BINS,
                 (double)(i + 1) / TOP_BINS);
        add_row(labels, range, labels->of_top[i], greatest(labels->of_top, TOP_BINS), text);
    }
}

static void add_labels(const struct survey *survey, struct text *text) {
    const struct label_statistics *labels = &survey->labels;
    text_format(text, "labels     %llu soft label%s\n", (unsigned long long)labels->n,
                s_of(labels->n));
    if (labels->n == 0)
        return;
    add_entropy(labels, text);
    add_class_counts(labels, text);
    add_top_shares(labels, text);
}

static void add_mixture(const struct mixture *mixture, struct text *text) {
    bool first = true;
    text_string(text, "mixers     ");
    for (int i = 0; i < mixture->n_mixers; i++) {
        text_string(text, i ? ", " : "");
        line_name(text, mixture->mixers[i].name);
        text_format(text, " %llu", (unsigned long long)mixture->mixers[i].n);
    }
    if (mixture->others > 0)
        text_format(text, ", others %llu", (unsigned long long)mixture->others);
    text_string(text, "\nsources    ");
    line_count(text, mixture->across, "of several classes", &first);
    line_count(text, mixture->within, "of one class", &first);
    line_count(text, mixture->several, "of several samples", &first);
    line_count(text, mixture->copies,
               mixture->copies == 1 ? "copy of one source" : "copies of one source", &first);
    text_string(text, "\n");
}

void scan_print_labels(const struct survey *survey, struct text *text) {
    if (survey->soft)
        add_labels(survey, text);
    if (survey->mixed)
        add_mixture(&survey->mixture, text);
}

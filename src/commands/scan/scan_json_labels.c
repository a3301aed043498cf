/* Soft labels and the mixture in the line of scan --json (scan_json.c). */
#include "commands/scan.h"
#include "formats/json_object.h"

#include <stdio.h>

static double same(double bits) {
    return bits;
}

static void add_entropies(const struct label_statistics *labels, struct text *text, const char *key,
                          double (*of)(double bits)) {
    static const struct {
        const char *key;
        double q;
    } quantiles[] = {{"least", 0},  {"q05", 0.05}, {"q25", 0.25}, {"median", 0.5},
                     {"q75", 0.75}, {"q95", 0.95}, {"most", 1}};
    json_open_object(text, key);
    json_put_fixed(text, "mean", of(entropy_mean(labels)));
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++)
        json_put_fixed(text, quantiles[i].key, of(entropy_quantile(labels, quantiles[i].q)));
    text_string(text, "}");
}

static void add_labels(const struct label_statistics *labels, struct text *text) {
    json_open_object(text, "labels");
    json_put_whole(text, "count", labels->n);
    json_put_whole(text, "empty", labels->n_empty);
    add_entropies(labels, text, "entropy_bits", same);
    add_entropies(labels, text, "effective_classes", effective_classes);
    json_open_object(text, "classes_above_1_percent");
    for (int k = 0; k <= CLASSES_COUNTED; k++) {
        char number[16];
        snprintf(number, sizeof number, "%d", k);
        if (labels->of_classes[k] > 0)
            json_put_whole(text, number, labels->of_classes[k]);
    }
    text_string(text, "}");
    size_t start = json_open_list(text, "greatest_share");
    for (int i = 0; i < TOP_BINS; i++) {
        json_open_item(text, start, "");
        text_unsigned(text, labels->of_top[i]);
    }
    text_string(text, "]}");
}

static void add_mixture(const struct mixture *mixture, struct text *text) {
    json_open_object(text, "mixture");
    json_put_whole(text, "samples", mixture->n);
    json_put_whole(text, "copies", mixture->copies);
    json_put_whole(text, "within_class", mixture->within);
    json_put_whole(text, "across_classes", mixture->across);
    json_put_whole(text, "classes_unknown", mixture->several);
    json_open_object(text, "mixers");
    for (int i = 0; i < mixture->n_mixers; i++)
        json_put_whole(text, mixture->mixers[i].name, mixture->mixers[i].n);
    text_string(text, "}");
    json_put_whole(text, "other_mixers", mixture->others);
    json_put_whole(text, "bad_lines", mixture->n_bad);
    text_string(text, "}");
}

void scan_json_labels(const struct survey *survey, struct text *text) {
    if (survey->soft)
        add_labels(&survey->labels, text);
    if (survey->mixed)
        add_mixture(&survey->mixture, text);
}

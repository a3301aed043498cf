/* What scan says of what is there. */
#include "base/progress.h"
#include "base/words.h"
#include "commands/scan.h"
#include "commands/scan/scan_lines.h"

#include <stdlib.h>

enum {
    CLASSES_SHOWN = 20, // without -v
    SIZES_SHOWN = 5,
    NAME_MOST = 32, // columns, without -v
};

/* --- classes --- */

static void add_range(const struct survey *survey, struct text *text) {
    struct class_range range = survey_classes(survey);
    text_format(text, "classes    %llu", (unsigned long long)range.least);
    if (range.most > range.least)
        text_format(text, " to %llu samples each, a ratio of %.3g", (unsigned long long)range.most,
                    (double)range.most / (double)range.least);
    else
        text_format(text, " sample%s each", s_of(range.least));
    text_string(text, survey->soft ? "; the mass is the sum of their soft labels\n" : "\n");
}

static int width_of_names(const struct survey *survey, int n) {
    int width = 0;
    for (int k = 0; k < n; k++) {
        int columns = line_name_columns(string_index_at(&survey->classes, k));
        width = columns > width ? columns : width;
    }
    return width < NAME_MOST || survey->job->verbose ? width : NAME_MOST;
}

static void add_class(const struct survey *survey, int k, int width, uint64_t most,
                      struct text *text) {
    uint64_t n = survey->of_class[k];
    text_string(text, "  ");
    line_name_in(text, string_index_at(&survey->classes, k), width);
    text_format(text, "  %8llu  %5.1f %%", (unsigned long long)n,
                survey->n ? 100 * (double)n / (double)survey->n : 0);
    if (survey->soft)
        text_format(text, "  mass %10.1f", survey->labels.mass[k]);
    line_end_with_bar(text, (double)n, (double)most);
}

static void add_classes(const struct survey *survey, struct text *text) {
    bool all = survey->job->verbose || survey->n_classes <= CLASSES_SHOWN;
    int shown = all ? survey->n_classes : CLASSES_SHOWN;
    int width = width_of_names(survey, shown);
    uint64_t most = survey_classes(survey).most;
    add_range(survey, text);
    for (int k = 0; k < shown; k++)
        add_class(survey, k, width, most, text);
    if (!all)
        text_format(text, "  and %d more class%s; -v shows them all\n", survey->n_classes - shown,
                    es_of(survey->n_classes - shown));
}

/* --- sizes and channels --- */

static void add_side(const char *name, struct side_range range, struct text *text) {
    if (range.least == range.most)
        text_format(text, "           %s %u\n", name, range.least);
    else
        text_format(text, "           %s %u to %u, median %u\n", name, range.least, range.most,
                    range.median);
}

static void add_sizes(const struct survey *survey, struct text *text) {
    const struct tally *sizes = &survey->sizes;
    struct tally_entry *entries = survey_sizes(survey);
    bool all = survey->job->verbose || sizes->n <= SIZES_SHOWN;
    size_t shown = all ? sizes->n : SIZES_SHOWN;
    text_string(text, "sizes      ");
    for (size_t i = 0; i < shown; i++) {
        text_format(text, "%s%u x %u", i ? ", " : "", size_w(entries[i].key),
                    size_h(entries[i].key));
        if (sizes->n > 1)
            text_format(text, " (%llu)", (unsigned long long)entries[i].n);
    }
    if (!all)
        text_format(text, ", and %zu more", sizes->n - shown);
    text_string(text, "\n");
    if (sizes->n > 1) {
        add_side("width", survey_widths(survey), text);
        add_side("height", survey_heights(survey), text);
    }
    free(entries);
}

/* Of samples that are no pictures: "shape      16 x 8, float32". */
static void add_shape(const struct survey *survey, struct text *text) {
    text_string(text, "shape      ");
    shape_print_axes(&survey->contents.shape, text);
    text_format(text, ", %s\n", dtype_name(survey->contents.dtype));
}

static void add_channels(const struct survey *survey, struct text *text) {
    const uint64_t *n = survey->of_channels;
    bool first = true;
    text_string(text, "channels   ");
    line_count(text, n[1], "grey", &first);
    line_count(text, n[3], "colour", &first);
    line_count(text, n[2], "of 2", &first);
    line_count(text, n[4], "of 4 or more", &first);
    text_string(text, "\n");
}

static void add_files(const struct survey *survey, struct text *text) {
    const uint64_t *n = survey->of_format;
    bool first = true;
    if (n[PICTURE_PNG] + n[PICTURE_JPEG] + n[PICTURE_BMP] == 0)
        return;
    text_string(text, "files      ");
    line_count(text, n[PICTURE_PNG], "PNG", &first);
    line_count(text, n[PICTURE_JPEG], "JPEG", &first);
    line_count(text, n[PICTURE_BMP], "BMP", &first);
    text_string(text, "\n");
}

static void add_bytes(struct text *text, double bytes) {
    char number[24];
    short_number(number, sizeof number, bytes);
    text_format(text, "%s%sB", number, bytes < 999.5 ? " " : "");
}

void scan_print(const struct survey *survey, struct text *text) {
    text_format(text, "%llu sample%s of %d class%s, ", (unsigned long long)survey->n,
                s_of(survey->n), survey->n_classes, es_of(survey->n_classes));
    add_bytes(text, (double)survey->bytes);
    text_format(text, " (%s)\n", survey->source->name);
    add_classes(survey, text);
    if (survey->sizes.n > 0) {
        add_sizes(survey, text);
        add_channels(survey, text);
    } else if (survey->contents.shape.rank > 0) {
        add_shape(survey, text);
    }
    add_files(survey, text);
    scan_print_labels(survey, text);
    scan_print_problems(survey, text);
}

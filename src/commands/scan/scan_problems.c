/* What scan says of what is wrong with an input, and what to know before it is mixed. */
#include "base/words.h"
#include "commands/scan.h"
#include "commands/scan/scan_lines.h"

enum { SHOWN = 5, COPIES_SHOWN = 4 }; // without -v
static const double UNEQUAL = 10;     // times as large as the smallest class

/* A line of the list that is at hand, under its heading where it is the first. */
struct list {
    const char *heading;
    struct text *text;
    bool begun;
};

static void begin_item(struct list *list) {
    if (!list->begun)
        text_string(list->text, list->heading);
    list->begun = true;
    text_string(list->text, "  ");
}

static void add_sample(const struct survey *survey, uint64_t sample, struct text *text) {
    struct text name = {0};
    survey_name(survey, sample, &name);
    line_name(text, text_terminate(&name));
    text_close(&name);
}

/* How many of n are shown. */
static size_t shown_of(const struct survey *survey, size_t n, size_t most) {
    return survey->job->verbose || n <= most ? n : most;
}

static void add_rest(size_t n, size_t shown, struct text *text) {
    if (shown < n)
        text_format(text, "    and %zu more; -v shows them all\n", n - shown);
}

/* --- what is wrong --- */

static void add_defects(const struct survey *survey, struct list *list) {
    size_t n = survey->n_defects, shown = shown_of(survey, n, SHOWN);
    if (n == 0)
        return;
    begin_item(list);
    text_format(list->text, "%zu sample%s cannot be read: repair or remove %s; mix %s\n", n,
                s_of(n), n == 1 ? "it" : "them",
                survey->source->file_per_sample ? "leaves such files out" : "ends at the first");
    for (size_t i = 0; i < shown; i++) {
        text_string(list->text, "    ");
        line_name(list->text, survey->defects[i].reason);
        text_string(list->text, "\n");
    }
    add_rest(n, shown, list->text);
}

/* "a.png (city) = b.png (fish)", with the classes where they differ. */
static void add_group(const struct survey *survey, const struct group *group, struct text *text) {
    const struct fingerprint *print = survey->duplicates.prints + group->first;
    size_t shown = shown_of(survey, group->n, COPIES_SHOWN);
    text_string(text, "    ");
    for (size_t i = 0; i < shown; i++) {
        text_string(text, i ? " = " : "");
        add_sample(survey, print[i].sample, text);
        if (!group->across)
            continue;
        text_string(text, " (");
        line_name(text, string_index_at(&survey->classes, print[i].label));
        text_string(text, ")");
    }
    if (shown < group->n)
        text_format(text, " = %zu more", group->n - shown);
    text_string(text, "\n");
}

static void add_groups(const struct survey *survey, size_t from, size_t to, struct text *text) {
    size_t n = to - from, shown = shown_of(survey, n, SHOWN);
    for (size_t i = 0; i < shown; i++)
        add_group(survey, &survey->duplicates.groups[from + i], text);
    add_rest(n, shown, text);
}

/* Samples of groups from..to-1 that repeat another. */
static size_t copies_in(const struct duplicates *duplicates, size_t from, size_t to) {
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        n += duplicates->groups[i].n - 1;
    return n;
}

static void add_duplicates(const struct survey *survey, struct list *list) {
    const struct duplicates *duplicates = &survey->duplicates;
    size_t across = duplicates->n_across, all = duplicates->n_groups;
    if (across > 0) {
        begin_item(list);
        text_format(list->text,
                    "%zu group%s of equal samples with different labels: some label is wrong; "
                    "correct or remove them\n",
                    across, s_of(across));
        add_groups(survey, 0, across, list->text);
    }
    if (all > across) {
        size_t copies = copies_in(duplicates, across, all);
        begin_item(list);
        text_format(list->text, "%zu group%s of equal samples of one class: %zu cop%s too many\n",
                    all - across, s_of(all - across), copies, copies == 1 ? "y" : "ies");
        add_groups(survey, across, all, list->text);
    }
}

/* How many, and the first `shown`. */
static void add_samples(const struct survey *survey, const struct sample_list *samples,
                        const char *what, size_t shown, struct list *list) {
    if (samples->n == 0)
        return;
    begin_item(list);
    text_format(list->text, "%zu sample%s %s\n", samples->n, s_of(samples->n), what);
    for (size_t i = 0; i < shown; i++) {
        text_string(list->text, "    ");
        add_sample(survey, samples->sample[i], list->text);
        text_string(list->text, "\n");
    }
}

static void add_flat(const struct survey *survey, struct list *list) {
    size_t n = survey->flat.n, shown = shown_of(survey, n, SHOWN);
    add_samples(survey, &survey->flat,
                survey->contents.dtype == DTYPE_UINT8
                    ? "next to uniform: grey levels with a standard deviation below 2 of 256"
                    : "uniform: all values the same in each channel",
                shown, list);
    add_rest(n, shown, list->text);
}

static void add_empty_classes(const struct survey *survey, struct list *list) {
    size_t n = (size_t)survey_classes(survey).n_empty, listed = 0;
    size_t shown = shown_of(survey, n, SHOWN);
    if (n == 0)
        return;
    begin_item(list);
    text_format(list->text, "%zu class%s without samples%s: ", n, es_of(n),
                survey->source->file_per_sample && !survey->mixed
                    ? " (put some there or remove the folder)"
                    : "");
    for (int k = 0; listed < shown; k++) {
        if (survey->of_class[k] > 0)
            continue;
        text_string(list->text, listed++ > 0 ? ", " : "");
        line_name(list->text, string_index_at(&survey->classes, k));
    }
    if (shown < n)
        text_format(list->text, ", and %zu more", n - shown);
    text_string(list->text, "\n");
}

static void add_bad_lines(const struct survey *survey, struct list *list) {
    uint64_t n = survey->mixture.n_bad;
    if (n == 0)
        return;
    begin_item(list);
    text_format(list->text,
                "%llu line%s of the manifest make%s no sense, the first: ", (unsigned long long)n,
                s_of(n), n == 1 ? "s" : "");
    line_name(list->text, survey->mixture.first_bad.text);
    text_string(list->text, "\n");
}

static void add_empty_labels(const struct survey *survey, struct list *list) {
    uint64_t n = survey->labels.n_empty;
    if (n == 0)
        return;
    begin_item(list);
    text_format(list->text, "%llu soft label%s without any share\n", (unsigned long long)n,
                s_of(n));
}

/* --- what to know --- */

/* Which they are, -v says. */
static void add_hint(const struct survey *survey, const struct sample_list *samples,
                     const char *what, struct list *list) {
    add_samples(survey, samples, what, survey->job->verbose ? samples->n : 0, list);
}

static void add_line(struct list *list, bool when, const char *what) {
    if (!when)
        return;
    begin_item(list);
    text_format(list->text, "%s\n", what);
}

static void add_hints(const struct survey *survey, struct text *text) {
    struct list hints = {"to know before mixing\n", text, false};
    struct class_range classes = survey_classes(survey);
    add_line(&hints, survey->sizes.n > 1, "sizes differ: mix needs --size WxH");
    add_line(&hints, survey->of_channels[1] > 0 && survey->of_channels[3] > 0,
             "grey and colour pictures: mix makes all of them colour, --channels 1 grey");
    add_hint(survey, &survey->turned, "turned as EXIF says; --orient raw takes them as stored",
             &hints);
    add_hint(survey, &survey->alpha, "with transparency, which is dropped", &hints);
    add_hint(survey, &survey->deep, "of 16 bits, of which the high 8 are used", &hints);
    add_line(&hints, (double)classes.most > UNEQUAL * (double)classes.least,
             "classes are of very different size: --pair balanced draws partners of all alike");
}

void scan_print_problems(const struct survey *survey, struct text *text) {
    struct list problems = {"problems\n", text, false};
    add_defects(survey, &problems);
    add_duplicates(survey, &problems);
    add_flat(survey, &problems);
    add_empty_classes(survey, &problems);
    add_bad_lines(survey, &problems);
    add_empty_labels(survey, &problems);
    if (!problems.begun)
        text_string(text, "problems   none found\n");
    add_hints(survey, text);
}

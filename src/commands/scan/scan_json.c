/* The line of scan --json. Keys are always there, but for shape and dtype, labels and mixture.
 *
 * mixsmith          version
 * source            kind of the input
 * samples           that can be read; all else but unreadable is about these
 * bytes             as they are stored, before decoding
 * classes           [{name, samples}] in the order of their numbers; of soft labels also mass, the
 *                   sum of the class's shares
 * largest_class, smallest_class
 *                   samples of the largest class, and of the smallest that has any
 * empty_classes     classes without samples
 * shape, dtype      of samples that all have one: [height, width, channels] of pictures
 * sizes             distinct; width and height {least, median, most}; list [{width, height,
 *                   samples}], the most frequent first
 * formats           {png, jpeg, bmp}: picture files
 * channels          {grey, two, colour, more}: samples with 1, 2, 3 and more channels
 * alpha, exif_turned, sixteen_bit
 *                   picture files with transparency, with an orientation other than upright, with
 *                   16 bits
 * unreadable        [{sample, name, label, reason}]
 * uniform           [{sample, name}] bytes: standard deviation below 2 in each channel; floats: all
 *                   the same in each channel
 * duplicates        groups, groups_across_classes, copies (samples that repeat another), and list
 *                   [[{sample, name, label}]], groups of equal samples (shape and values as
 *                   decoded, by XXH3 of 128 bits), those with different labels first
 * labels            of soft labels: count, empty (without any share), entropy_bits and
 *                   effective_classes {mean, least, q05, q25, median, q75, q95, most},
 *                   classes_above_1_percent {"1": labels, "2": …, "100": 100 or more},
 *                   greatest_share [labels below 0.1, 0.2, …, 1.0]
 * mixture           of outputs of mix: samples, copies (of one source), within_class,
 *                   across_classes, classes_unknown (of an archive alone), mixers {name: samples},
 *                   other_mixers (samples, where they are too many to be named), bad_lines
 *
 * sample is the number in the input, label the number of the class. */
#include "commands/scan.h"
#include "engine/version.h"
#include "formats/json_object.h"

#include <stdlib.h>

static void add_classes(const struct survey *survey, struct text *text) {
    struct class_range range = survey_classes(survey);
    size_t start = json_open_list(text, "classes");
    for (int k = 0; k < survey->n_classes; k++) {
        json_open_item(text, start, "{");
        json_put_string(text, "name", string_index_at(&survey->classes, k));
        json_put_whole(text, "samples", survey->of_class[k]);
        if (survey->soft)
            json_put_fixed(text, "mass", survey->labels.mass[k]);
        text_string(text, "}");
    }
    text_string(text, "]");
    json_put_whole(text, "largest_class", range.most);
    json_put_whole(text, "smallest_class", range.least);
    json_put_whole(text, "empty_classes", (uint64_t)range.n_empty);
}

/* Of samples that all have one. */
static void add_shape(const struct survey *survey, struct text *text) {
    const struct contents *contents = &survey->contents;
    if (contents->shape.rank == 0)
        return;
    size_t start = json_open_list(text, "shape");
    for (int i = 0; i < contents->shape.rank; i++) {
        json_open_item(text, start, "");
        text_unsigned(text, (uint64_t)contents->shape.dim[i]);
    }
    text_string(text, "]");
    json_put_string(text, "dtype", dtype_name(contents->dtype));
}

static void add_side(struct text *text, const char *key, struct side_range range) {
    json_open_object(text, key);
    json_put_whole(text, "least", range.least);
    json_put_whole(text, "median", range.median);
    json_put_whole(text, "most", range.most);
    text_string(text, "}");
}

static void add_sizes(const struct survey *survey, struct text *text) {
    struct tally_entry *entries = survey_sizes(survey);
    json_open_object(text, "sizes");
    json_put_whole(text, "distinct", survey->sizes.n);
    add_side(text, "width", survey_widths(survey));
    add_side(text, "height", survey_heights(survey));
    size_t start = json_open_list(text, "list");
    for (size_t i = 0; i < survey->sizes.n; i++) {
        json_open_item(text, start, "{");
        json_put_whole(text, "width", size_w(entries[i].key));
        json_put_whole(text, "height", size_h(entries[i].key));
        json_put_whole(text, "samples", entries[i].n);
        text_string(text, "}");
    }
    text_string(text, "]}");
    free(entries);
}

static void add_pictures(const struct survey *survey, struct text *text) {
    const uint64_t *format = survey->of_format, *channels = survey->of_channels;
    json_open_object(text, "formats");
    json_put_whole(text, "png", format[PICTURE_PNG]);
    json_put_whole(text, "jpeg", format[PICTURE_JPEG]);
    json_put_whole(text, "bmp", format[PICTURE_BMP]);
    text_string(text, "}");
    json_open_object(text, "channels");
    json_put_whole(text, "grey", channels[1]);
    json_put_whole(text, "two", channels[2]);
    json_put_whole(text, "colour", channels[3]);
    json_put_whole(text, "more", channels[4]);
    text_string(text, "}");
    json_put_whole(text, "alpha", survey->alpha.n);
    json_put_whole(text, "exif_turned", survey->turned.n);
    json_put_whole(text, "sixteen_bit", survey->deep.n);
}

/* --- samples by name --- */

static void add_sample(const struct survey *survey, struct text *text, uint64_t sample) {
    struct text name = {0};
    survey_name(survey, sample, &name);
    json_put_whole(text, "sample", sample);
    json_put_name(text, "name", text_terminate(&name));
    text_close(&name);
}

static void add_defects(const struct survey *survey, struct text *text) {
    size_t start = json_open_list(text, "unreadable");
    for (size_t i = 0; i < survey->n_defects; i++) {
        const struct defect *defect = &survey->defects[i];
        json_open_item(text, start, "{");
        json_put_whole(text, "sample", defect->sample);
        json_put_name(text, "name", defect->name);
        json_put_whole(text, "label", (uint64_t)defect->label);
        json_put_string(text, "reason", defect->reason);
        text_string(text, "}");
    }
    text_string(text, "]");
}

static void add_samples(const struct survey *survey, struct text *text, const char *key,
                        const struct sample_list *samples) {
    size_t start = json_open_list(text, key);
    for (size_t i = 0; i < samples->n; i++) {
        json_open_item(text, start, "{");
        add_sample(survey, text, samples->sample[i]);
        text_string(text, "}");
    }
    text_string(text, "]");
}

static void add_group(const struct survey *survey, struct text *text, const struct group *group) {
    size_t start = text->used;
    for (size_t i = 0; i < group->n; i++) {
        const struct fingerprint *print = &survey->duplicates.prints[group->first + i];
        json_open_item(text, start, "{");
        add_sample(survey, text, print->sample);
        json_put_whole(text, "label", (uint64_t)print->label);
        text_string(text, "}");
    }
}

static void add_duplicates(const struct survey *survey, struct text *text) {
    const struct duplicates *duplicates = &survey->duplicates;
    json_open_object(text, "duplicates");
    json_put_whole(text, "groups", duplicates->n_groups);
    json_put_whole(text, "groups_across_classes", duplicates->n_across);
    json_put_whole(text, "copies", duplicates->n_copies);
    size_t start = json_open_list(text, "list");
    for (size_t i = 0; i < duplicates->n_groups; i++) {
        json_open_item(text, start, "[");
        add_group(survey, text, &duplicates->groups[i]);
        text_string(text, "]");
    }
    text_string(text, "]}");
}

void scan_json(const struct survey *survey, struct text *text) {
    text_string(text, "{");
    json_put_string(text, "mixsmith", MIXSMITH_VERSION);
    json_put_string(text, "source", survey->source->name);
    json_put_whole(text, "samples", survey->n);
    json_put_whole(text, "bytes", survey->bytes);
    add_classes(survey, text);
    add_shape(survey, text);
    add_sizes(survey, text);
    add_pictures(survey, text);
    add_defects(survey, text);
    add_samples(survey, text, "uniform", &survey->flat);
    add_duplicates(survey, text);
    scan_json_labels(survey, text);
    text_string(text, "}\n");
}

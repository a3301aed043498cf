#include "survey/counting.h"

#include "base/memory.h"

/* Takes reason over. */
static void add_defect(struct survey *survey, uint32_t sample, char *reason) {
    struct text name = {0};
    uint64_t number = survey->contents.first + sample;
    survey_name(survey, number, &name);
    survey->defects = must_grow(survey->defects, survey->n_defects, &survey->defects_room,
                                sizeof *survey->defects);
    survey->defects[survey->n_defects++] = (struct defect){
        number, survey->class_of[survey->contents.label[sample]], text_finish(&name), reason};
}

static void list_add(struct sample_list *list, uint64_t sample) {
    list->sample = must_grow(list->sample, list->n, &list->room, sizeof *list->sample);
    list->sample[list->n++] = sample;
}

static void count_picture(struct survey *survey, uint64_t number, const struct finding *finding) {
    const struct picture_info *info = &finding->info;
    const int *dim = finding->shape.dim;
    if (finding->shape.rank == 3) {
        tally_add(&survey->sizes, (uint64_t)dim[1] << 32 | (uint32_t)dim[0]);
        survey->of_channels[dim[2] < CHANNELS_COUNTED ? dim[2] : CHANNELS_COUNTED]++;
    }
    if (info->format == PICTURE_UNKNOWN)
        return;
    survey->of_format[info->format]++;
    if (info->alpha)
        list_add(&survey->alpha, number);
    if (info->orientation != 1)
        list_add(&survey->turned, number);
    if (info->depth == 16)
        list_add(&survey->deep, number);
}

static void count_finding(struct survey *survey, uint32_t sample, const struct finding *finding) {
    uint64_t number = survey->contents.first + sample;
    int label = survey->class_of[survey->contents.label[sample]];
    struct fingerprint print = {finding->digest, (uint32_t)number, label};
    survey->n++;
    survey->bytes += finding->bytes;
    survey->of_class[label]++;
    count_picture(survey, number, finding);
    if (finding->flat)
        list_add(&survey->flat, number);
    duplicates_add(&survey->duplicates, &print);
}

/* The soft label as the source has it. shares: (contents.n_classes) scratch. */
static int count_label(struct survey *survey, uint32_t sample, struct class_share *shares,
                       struct err *err) {
    int n_classes = survey->contents.n_classes;
    struct arena *arena = &survey->arenas[0];
    float *row = arena_take(arena, (size_t)n_classes * sizeof *row);
    int result = survey->source->soft_label(survey->state, sample, arena, row, err);
    if (result == 0)
        label_statistics_add_row(&survey->labels, row, n_classes, survey->class_of, shares);
    arena_reset(arena);
    return result;
}

/* What an earlier job says of a sample that stands in no mixed set. */
static void count_row(struct survey *survey, uint32_t sample) {
    struct arena *arena = &survey->arenas[0];
    struct raw json;
    struct err ignored;
    if (survey->n_sets > 0 || !survey->source->json)
        return;
    if (survey->source->json(survey->state, sample, arena, &json, &ignored) == 0 && json.size > 0)
        mixture_add_row(&survey->mixture, json.bytes, json.size);
    arena_reset(arena);
}

void survey_count(struct survey *survey, uint32_t sample, const struct finding *finding,
                  struct class_share *shares) {
    bool label = survey->contents.soft && !survey->mixed;
    struct err err;
    if (finding->reason) {
        add_defect(survey, sample, finding->reason);
    } else if (label && count_label(survey, sample, shares, &err) < 0) {
        add_defect(survey, sample, must_strdup(err.text));
    } else {
        count_finding(survey, sample, finding);
        count_row(survey, sample);
    }
}

void survey_count_failures(struct survey *survey) {
    struct contents *contents = &survey->contents;
    for (size_t i = 0; i < contents->n_failures; i++)
        add_defect(survey, contents->failures[i].source, contents->failures[i].reason);
    failures_taken(contents);
}

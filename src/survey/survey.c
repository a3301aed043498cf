#include "survey/survey.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "engine/intake.h"
#include "survey/finding.h"

#include <stdlib.h>
#include <string.h>

enum {
    WINDOW = 4096, // samples of a stream that are listed at a time
    BLOCK = 4096,  // samples between two looks at the watch
    ITEM = 16,     // samples of one piece of work
};

/* --- opening --- */

/* Inputs that this program wrote. */
static void find_sets(struct survey *survey) {
    const struct job *job = survey->job;
    survey->paths = must_calloc((size_t)job->n_inputs, sizeof *survey->paths);
    survey->sets = must_calloc((size_t)job->n_inputs, sizeof *survey->sets);
    for (int i = 0; i < job->n_inputs; i++) {
        struct mixed_set *set = &survey->sets[survey->n_sets];
        bool found = mixed_set_find(job->inputs[i], set);
        survey->paths[i] = must_strdup(found ? set->folder : job->inputs[i]);
        survey->n_sets += found;
    }
}

/* A mixed set gives the classes their order, and names those, too, that no sample ended in. */
static void join_classes(struct survey *survey) {
    const struct contents *contents = &survey->contents;
    for (int s = 0; s < survey->n_sets; s++)
        for (int k = 0; k < survey->sets[s].n_classes; k++)
            string_index_add(&survey->classes, survey->sets[s].class_names[k]);
    survey->class_of = must_calloc((size_t)contents->n_classes, sizeof *survey->class_of);
    for (int k = 0; k < contents->n_classes; k++)
        survey->class_of[k] = string_index_add(&survey->classes, contents->class_names[k]);
    survey->n_classes = survey->classes.n;
    survey->of_class = must_calloc((size_t)survey->n_classes, sizeof *survey->of_class);
}

int survey_open(struct survey *survey, const struct job *job, struct err *err) {
    *survey = (struct survey){.job = job};
    find_sets(survey);
    struct input input = job_input(job);
    input.paths = survey->paths;
    input.as_stored = true;
    input.window = WINDOW;
    survey->pool = pool_open(job->threads, err);
    if (!survey->pool || intake_find(job, &input, &survey->source, err) < 0)
        return -1;
    survey->arenas = must_calloc((size_t)pool_threads(survey->pool), sizeof *survey->arenas);
    survey->state = must_calloc(1, survey->source->state_size);
    if (survey->source->open(survey->state, &input, survey->pool, &survey->contents, err) < 0)
        return -1;
    join_classes(survey);
    survey->mixed = survey->n_sets > 0;
    survey->soft = survey->mixed || survey->contents.soft;
    label_statistics_open(&survey->labels, survey->n_classes);
    return 0;
}

/* --- names --- */

void survey_name(const struct survey *survey, uint64_t sample, struct text *text) {
    struct text path = {0};
    if (survey->contents.stream) {
        text_format(text, "sample %llu", (unsigned long long)sample);
        return;
    }
    struct origin origin = survey->source->origin(survey->state, (uint32_t)sample, &path);
    const char *relative = text_terminate(&path), *root = survey->paths[origin.input];
    char *whole = survey->job->n_inputs > 1 && file_kind(root) == FILE_FOLDER
                      ? path_join(root, relative)
                      : must_strdup(relative);
    text_string(text, whole);
    if (origin.record >= 0)
        text_format(text, " record %lld", (long long)origin.record);
    free(whole);
    text_close(&path);
}

/* --- counting --- */

/* Takes reason over. */
static void add_defect(struct survey *survey, uint32_t sample, char *reason) {
    size_t n = survey->n_defects + 1;
    struct text name = {0};
    uint64_t number = survey->contents.first + sample;
    survey_name(survey, number, &name);
    text_terminate(&name);
    survey->defects = must_realloc(survey->defects, n * sizeof *survey->defects);
    survey->defects[survey->n_defects++] = (struct defect){
        number, survey->class_of[survey->contents.label[sample]], name.bytes, reason};
}

static void list_add(struct sample_list *list, uint64_t sample) {
    if (list->n == list->room) {
        list->room = list->room ? list->room * 2 : 64;
        list->sample = must_realloc(list->sample, list->room * sizeof *list->sample);
    }
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
    size_t n = 0;
    int result = survey->source->soft_label(survey->state, sample, arena, row, err);
    for (int k = 0; result == 0 && k < n_classes; k++)
        if (row[k] > 0)
            shares[n++] = (struct class_share){survey->class_of[k], row[k]};
    if (result == 0)
        label_statistics_add(&survey->labels, shares, n);
    arena_reset(arena);
    return result;
}

/* Takes finding->reason over. */
static void count_sample(struct survey *survey, uint32_t sample, const struct finding *finding,
                         struct class_share *shares) {
    bool label = survey->contents.soft && !survey->mixed;
    struct err err;
    if (finding->reason)
        add_defect(survey, sample, finding->reason);
    else if (label && count_label(survey, sample, shares, &err) < 0)
        add_defect(survey, sample, must_strdup(err.text));
    else
        count_finding(survey, sample, finding);
}

/* --- looking --- */

struct looking {
    const struct survey *survey;
    uint32_t first, n;
    struct finding findings[BLOCK]; // (n)
};

static void look_item(void *data, int item, int thread) {
    struct looking *looking = data;
    const struct survey *survey = looking->survey;
    const uint8_t *unusable = survey->contents.unusable;
    uint32_t from = (uint32_t)item * ITEM;
    uint32_t to = from + ITEM < looking->n ? from + ITEM : looking->n;
    for (uint32_t i = from; i < to && !interrupted(); i++) {
        uint32_t sample = looking->first + i;
        if (unusable && unusable[sample])
            continue;
        looking->findings[i] = finding_of(survey->source, survey->state, &survey->contents, sample,
                                          &survey->arenas[thread]);
        arena_reset(&survey->arenas[thread]);
    }
}

static void count_block(struct survey *survey, const struct looking *looking) {
    const struct contents *contents = &survey->contents;
    struct class_share *shares = must_calloc((size_t)contents->n_classes, sizeof *shares);
    for (uint32_t i = 0; i < looking->n; i++) {
        uint32_t sample = looking->first + i;
        if (!contents->unusable || !contents->unusable[sample])
            count_sample(survey, sample, &looking->findings[i], shares);
    }
    free(shares);
}

static int look_at_block(struct survey *survey, struct looking *looking, struct err *err) {
    memset(looking->findings, 0, sizeof looking->findings);
    parallel_for(survey->pool, (int)((looking->n + ITEM - 1) / ITEM), look_item, looking);
    if (!interrupted()) {
        count_block(survey, looking);
        return 0;
    }
    for (uint32_t i = 0; i < looking->n; i++)
        free(looking->findings[i].reason);
    return fail(err, "interrupted");
}

/* What the source knew to be unreadable when it opened. */
static void take_failures(struct survey *survey) {
    struct contents *contents = &survey->contents;
    for (size_t i = 0; i < contents->n_failures; i++)
        add_defect(survey, contents->failures[i].source, contents->failures[i].reason);
    free(contents->failures);
    contents->failures = NULL;
    contents->n_failures = 0;
}

/* The samples that the source lists at present. */
static int look_at_window(struct survey *survey, const struct watch *watch, struct err *err) {
    const struct contents *contents = &survey->contents;
    struct looking *looking = must_calloc(1, sizeof *looking);
    uint64_t all = contents->stream ? ENDLESS : contents->n;
    int result = 0;
    looking->survey = survey;
    take_failures(survey);
    for (uint32_t first = 0; first < contents->n && result == 0; first += looking->n) {
        looking->first = first;
        looking->n = contents->n - first < BLOCK ? contents->n - first : BLOCK;
        result = look_at_block(survey, looking, err);
        watch->tell(watch->data, survey->n + survey->n_defects, all);
    }
    free(looking);
    return result;
}

static int by_sample(const void *a, const void *b) {
    const struct defect *x = a, *y = b;
    return (x->sample > y->sample) - (x->sample < y->sample);
}

static void read_sets(struct survey *survey) {
    for (int s = 0; s < survey->n_sets; s++) {
        const struct mixed_set *set = &survey->sets[s];
        int *class_of = must_calloc((size_t)set->n_classes, sizeof *class_of);
        for (int k = 0; k < set->n_classes; k++)
            class_of[k] = string_index_find(&survey->classes, set->class_names[k]);
        mixed_set_read(set, class_of, &survey->labels, &survey->mixture);
        free(class_of);
    }
}

int survey_run(struct survey *survey, const struct watch *watch, struct err *err) {
    struct contents *contents = &survey->contents;
    do {
        if (contents->first + contents->n > UINT32_MAX)
            return fail(err, "more than %u samples", UINT32_MAX);
        if (look_at_window(survey, watch, err) < 0)
            return -1;
        if (contents->stream && survey->source->advance(survey->state, contents, err) < 0)
            return -1;
    } while (contents->stream && contents->n > 0);
    if (survey->n_defects > 0)
        qsort(survey->defects, survey->n_defects, sizeof *survey->defects, by_sample);
    duplicates_find(&survey->duplicates);
    read_sets(survey);
    return 0;
}

/* --- closing --- */

void survey_close(struct survey *survey) {
    struct contents *contents = &survey->contents;
    for (size_t i = 0; i < contents->n_failures; i++)
        free(contents->failures[i].reason);
    free(contents->failures);
    for (size_t i = 0; i < survey->n_defects; i++) {
        free(survey->defects[i].name);
        free(survey->defects[i].reason);
    }
    free(survey->defects);
    free(survey->flat.sample);
    free(survey->alpha.sample);
    free(survey->turned.sample);
    free(survey->deep.sample);
    tally_close(&survey->sizes);
    duplicates_close(&survey->duplicates);
    label_statistics_close(&survey->labels);
    mixture_close(&survey->mixture);
    for (int s = 0; s < survey->n_sets; s++)
        mixed_set_close(&survey->sets[s]);
    free(survey->sets);
    string_index_close(&survey->classes);
    free(survey->of_class);
    free(survey->class_of);
    if (survey->paths)
        strings_free(survey->paths, (size_t)survey->job->n_inputs);
    if (survey->state)
        survey->source->close(survey->state);
    free(survey->state);
    for (int t = 0; survey->arenas && t < pool_threads(survey->pool); t++)
        arena_close(&survey->arenas[t]);
    free(survey->arenas);
    pool_close(survey->pool);
}

#include "survey/survey.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "engine/intake.h"
#include "sources/labelling.h"
#include "survey/counting.h"

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

int survey_open(struct survey *survey, const struct job *job, const struct watch *watch,
                struct err *err) {
    *survey = (struct survey){.job = job};
    find_sets(survey);
    struct input input = job_input(job);
    input.paths = survey->paths;
    input.as_stored = true;
    input.window = WINDOW;
    survey->pool = pool_open(job->threads, err);
    if (!survey->pool || intake_find(job, &input, &survey->source, err) < 0)
        return -1;
    survey->arenas = arenas_open(survey->pool);
    survey->state = must_calloc(1, survey->source->state_size);
    if (survey->source->open(survey->state, &input, survey->pool, &survey->contents, err) < 0 ||
        labelling_complete(survey->source, survey->state, survey->pool, &survey->contents, watch,
                           err) < 0)
        return -1;
    join_classes(survey);
    survey->mixed = survey->n_sets > 0;
    survey->soft = survey->mixed || survey->contents.soft;
    label_statistics_open(&survey->labels, survey->n_classes);
    return 0;
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
            survey_count(survey, sample, &looking->findings[i], shares);
    }
    free(shares);
}

static int look_at_block(struct survey *survey, struct looking *looking, struct err *err) {
    memset(looking->findings, 0, sizeof looking->findings);
    parallel_for(survey->pool, (int)((looking->n + ITEM - 1) / ITEM), look_item, looking);
    if (interrupt_check(err) == 0) {
        count_block(survey, looking);
        return 0;
    }
    for (uint32_t i = 0; i < looking->n; i++)
        free(looking->findings[i].reason);
    return -1;
}

/* The samples that the source lists at present. */
static int look_at_window(struct survey *survey, const struct watch *watch, struct err *err) {
    const struct contents *contents = &survey->contents;
    struct looking *looking = must_calloc(1, sizeof *looking);
    uint64_t all = contents->stream ? ENDLESS : contents->n;
    int result = 0;
    looking->survey = survey;
    survey_count_failures(survey);
    for (uint32_t first = 0; first < contents->n && result == 0; first += looking->n) {
        looking->first = first;
        looking->n = contents->n - first < BLOCK ? contents->n - first : BLOCK;
        result = look_at_block(survey, looking, err);
        watch_tell(watch, (struct progress){"", "", survey->n + survey->n_defects, all});
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
        mixture_add(&survey->mixture, set, class_of, &survey->labels);
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
    survey->mixed |= survey->mixture.n > 0;
    return interrupt_check(err);
}

/* --- closing --- */

void survey_close(struct survey *survey) {
    failures_drop(&survey->contents);
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
    arenas_close(survey->arenas, survey->pool);
    pool_close(survey->pool);
}

#include "survey/mixture.h"

#include "base/memory.h"
#include "base/words.h"
#include "survey/set_sources.h"

#include <stdlib.h>
#include <string.h>

static const double SHARE_MAX = 1 + 1e-6; // which float32 may round 1 to

struct reading {
    const struct mixed_set *set;
    const int *class_of; // (set->n_classes)
    struct label_statistics *statistics;
    struct mixture *mixture;
    struct set_sources sources;
    struct class_share *shares; // (n_shares) of the row at hand
    size_t n_shares, shares_room;
};

static int note_bad(void *data, const struct err *err) {
    struct mixture *mixture = ((struct reading *)data)->mixture;
    if (mixture->n_bad++ == 0)
        mixture->first_bad = *err;
    return 0;
}

static void read_rows(struct reading *reading, const char *path, json_take *take) {
    struct err err;
    if (json_file_rows(path, take, note_bad, reading, &err) < 0)
        note_bad(reading, &err);
}

static int take_source(void *data, const cJSON *row, struct err *err) {
    struct reading *reading = data;
    return set_sources_take(&reading->sources, reading->set->n_classes, row, err);
}

/* --- the manifest --- */

static int take_share(struct reading *reading, int64_t class, const cJSON *share, struct err *err) {
    if (class >= reading->set->n_classes)
        return fail(err, "class %lld of %d", (long long)class, reading->set->n_classes);
    if (!cJSON_IsNumber(share) || !(share->valuedouble >= 0 && share->valuedouble <= SHARE_MAX))
        return fail(err, "a share of class %lld that is no number from 0 to 1", (long long)class);
    if (share->valuedouble == 0)
        return 0;
    reading->shares = must_grow(reading->shares, reading->n_shares, &reading->shares_room,
                                sizeof *reading->shares);
    reading->shares[reading->n_shares++] =
        (struct class_share){reading->class_of[class], share->valuedouble};
    return 0;
}

static int take_dense(struct reading *reading, const cJSON *list, struct err *err) {
    const cJSON *share;
    int64_t k = 0;
    cJSON_ArrayForEach(share, list) {
        if (take_share(reading, k++, share, err) < 0)
            return -1;
    }
    if (k != reading->set->n_classes)
        return fail(err, "a soft label of %lld entr%s, for %d class%s", (long long)k,
                    k == 1 ? "y" : "ies", reading->set->n_classes, es_of(reading->set->n_classes));
    return 0;
}

static int take_sparse(struct reading *reading, const cJSON *ids, const cJSON *shares,
                       struct err *err) {
    const cJSON *id = ids ? ids->child : NULL, *share = shares ? shares->child : NULL;
    int64_t class, last = -1;
    if (!ids || !shares)
        return fail(err, "no soft label");
    for (; id && share; id = id->next, share = share->next, last = class) {
        if (!json_is_whole(id, &class) || class <= last)
            return fail(err, "label_ids are no rising whole numbers");
        if (take_share(reading, class, share, err) < 0)
            return -1;
    }
    return id || share ? fail(err, "label_ids and label_shares differ in length") : 0;
}

static int take_label(struct reading *reading, const cJSON *row, struct err *err) {
    const cJSON *dense = json_array(row, "soft_label");
    reading->n_shares = 0;
    if (dense)
        return take_dense(reading, dense, err);
    return take_sparse(reading, json_array(row, "label_ids"), json_array(row, "label_shares"), err);
}

static void count_mixer(struct mixture *mixture, const char *name) {
    for (int i = 0; i < mixture->n_mixers; i++)
        if (strcmp(mixture->mixers[i].name, name) == 0) {
            mixture->mixers[i].n++;
            return;
        }
    if (mixture->n_mixers < MIXERS_COUNTED)
        mixture->mixers[mixture->n_mixers++] = (struct mixer_count){must_strdup(name), 1};
    else
        mixture->others++;
}

/* Of how many classes the sources are: 1, 2 (or more), or 0 for a sample of one source. */
static int count_classes(const struct reading *reading, const cJSON *ids, int *classes,
                         struct err *err) {
    const cJSON *item;
    int first = -1;
    *classes = cJSON_GetArraySize(ids) == 1 ? 0 : 1;
    cJSON_ArrayForEach(item, ids) {
        int64_t id;
        if (!json_is_whole(item, &id) || (uint64_t)id >= reading->sources.n)
            return fail(err, "a source id that sources.jsonl does not have");
        if (first >= 0 && reading->sources.label[id] != first)
            *classes = 2;
        first = reading->sources.label[id];
    }
    return first < 0 ? fail(err, "no sources") : 0;
}

static int take_sample(void *data, const cJSON *row, struct err *err) {
    struct reading *reading = data;
    struct mixture *mixture = reading->mixture;
    const char *mixer = json_text(row, "mixer");
    int classes;
    if (!mixer)
        return fail(err, "no mixer");
    if (take_label(reading, row, err) < 0 ||
        count_classes(reading, json_array(row, "source_ids"), &classes, err) < 0)
        return -1;
    label_statistics_add(reading->statistics, reading->shares, reading->n_shares);
    count_mixer(mixture, mixer);
    mixture->n++;
    mixture->copies += classes == 0;
    mixture->within += classes == 1;
    mixture->across += classes == 2;
    return 0;
}

void mixture_add(struct mixture *mixture, const struct mixed_set *set, const int *class_of,
                 struct label_statistics *statistics) {
    struct reading reading = {
        .set = set, .class_of = class_of, .statistics = statistics, .mixture = mixture};
    read_rows(&reading, set->sources, take_source);
    read_rows(&reading, set->manifest, take_sample);
    set_sources_close(&reading.sources);
    free(reading.shares);
}

void mixture_add_row(struct mixture *mixture, const uint8_t *json, size_t n) {
    cJSON *row = json_parse((const char *)json, n);
    const char *mixer = json_text(row, "mixer");
    int sources = cJSON_GetArraySize(json_array(row, "source_ids"));
    if (mixer && sources > 0) {
        count_mixer(mixture, mixer);
        mixture->n++;
        mixture->copies += sources == 1;
        mixture->several += sources > 1;
    }
    cJSON_Delete(row);
}

void mixture_close(struct mixture *mixture) {
    for (int i = 0; i < mixture->n_mixers; i++)
        free(mixture->mixers[i].name);
}

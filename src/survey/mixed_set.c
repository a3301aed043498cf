#include "survey/mixed_set.h"

#include "base/files.h"
#include "base/lines.h"
#include "base/memory.h"
#include "formats/json_value.h"
#include "sinks/sink.h"

#include <stdlib.h>
#include <string.h>

enum { RECORD_BYTES_MAX = 1 << 28 };
static const double SHARE_MAX = 1 + 1e-6; // which float32 may round 1 to

/* --- dataset.json --- */

/* The manifest that it names, if it is one that some sink writes. */
static const char *manifest_of(const cJSON *record) {
    const char *name = json_text(record, "manifest");
    for (int i = 0; name && i < N_SINKS; i++)
        if (SINKS[i]->manifest && strcmp(SINKS[i]->manifest, name) == 0)
            return SINKS[i]->manifest;
    return NULL;
}

static bool take_classes(const cJSON *record, struct mixed_set *set) {
    const cJSON *classes = json_array(record, "classes"), *name;
    int n = cJSON_GetArraySize(classes);
    if (n < 1)
        return false;
    set->class_names = must_calloc((size_t)n, sizeof *set->class_names);
    cJSON_ArrayForEach(name, classes) {
        if (!cJSON_IsString(name))
            return false;
        set->class_names[set->n_classes++] = must_strdup(name->valuestring);
    }
    return true;
}

static cJSON *read_record(const char *path) {
    struct arena arena = {0};
    struct err ignored;
    uint8_t *bytes;
    size_t size;
    cJSON *record = NULL;
    if (file_read(path, RECORD_BYTES_MAX, &arena, &bytes, &size, &ignored) == 0)
        record = json_parse((const char *)bytes, size);
    arena_close(&arena);
    return record;
}

static bool fill(struct mixed_set *set, const char *folder, const cJSON *record,
                 const char *manifest) {
    *set = (struct mixed_set){.folder = must_strdup(folder)};
    set->manifest = path_join(folder, manifest);
    set->sources = path_join(folder, "sources.jsonl");
    if (take_classes(record, set) && file_kind(set->manifest) == FILE_REGULAR)
        return true;
    mixed_set_close(set);
    return false;
}

/* From the dataset.json in a folder. */
static bool take_record(const char *folder, struct mixed_set *set) {
    char *path = path_join(folder, "dataset.json");
    cJSON *record = file_kind(path) == FILE_REGULAR ? read_record(path) : NULL;
    const char *manifest = manifest_of(record);
    bool ours = manifest && json_text(record, "mixsmith") && fill(set, folder, record, manifest);
    cJSON_Delete(record);
    free(path);
    return ours;
}

bool mixed_set_find(const char *path, struct mixed_set *set) {
    if (file_kind(path) != FILE_FOLDER)
        return false;
    if (take_record(path, set))
        return true;
    char *above = path_parent(path);
    bool found = take_record(above, set);
    if (found && !path_is_inside(set->manifest, path)) {
        mixed_set_close(set);
        found = false;
    }
    free(above);
    return found;
}

void mixed_set_close(struct mixed_set *set) {
    free(set->manifest);
    free(set->sources);
    free(set->folder);
    strings_free(set->class_names, (size_t)set->n_classes);
    *set = (struct mixed_set){0};
}

/* --- lines --- */

struct reading {
    const struct mixed_set *set;
    const int *class_of; // (set->n_classes)
    struct label_statistics *statistics;
    struct mixture *mixture;
    int *source_label; // (n_sources) of the sources by their ids
    size_t n_sources, room;
    struct class_share *shares; // (n_shares) of the row at hand
    size_t n_shares, shares_room;
};

static void note_bad(struct mixture *mixture, const struct err *err) {
    if (mixture->n_bad++ == 0)
        mixture->first_bad = *err;
}

/* take: what a row says, or -1. */
static void read_rows(struct reading *reading, const char *path,
                      int (*take)(struct reading *reading, const cJSON *row, struct err *err)) {
    struct lines lines;
    struct err err, why;
    const char *line;
    size_t n;
    bool more = true;
    int result = lines_open(&lines, path, &err);
    while (result == 0 && (result = lines_next(&lines, &line, &n, &more, &err)) == 0 && more) {
        cJSON *row = json_parse(line, n);
        int sense = cJSON_IsObject(row) ? take(reading, row, &why) : fail(&why, "no JSON object");
        cJSON_Delete(row);
        if (sense == 0)
            continue;
        fail(&err, "%s: line %llu: %s", path, (unsigned long long)lines.number, why.text);
        note_bad(reading->mixture, &err);
    }
    if (result < 0)
        note_bad(reading->mixture, &err);
    lines_close(&lines);
}

/* --- sources.jsonl --- */

static int take_source(struct reading *reading, const cJSON *row, struct err *err) {
    int64_t id, label;
    if (!json_whole(row, "id", &id) || !json_whole(row, "label", &label))
        return fail(err, "no id or no label");
    if ((uint64_t)id != reading->n_sources)
        return fail(err, "id %lld, where %zu comes next", (long long)id, reading->n_sources);
    if (label >= reading->set->n_classes)
        return fail(err, "label %lld of %d classes", (long long)label, reading->set->n_classes);
    if (reading->n_sources == reading->room) {
        reading->room = reading->room ? reading->room * 2 : 1024;
        reading->source_label =
            must_realloc(reading->source_label, reading->room * sizeof *reading->source_label);
    }
    reading->source_label[reading->n_sources++] = (int)label;
    return 0;
}

/* --- the manifest --- */

static int take_share(struct reading *reading, int64_t class, const cJSON *share, struct err *err) {
    if (class >= reading->set->n_classes)
        return fail(err, "class %lld of %d", (long long)class, reading->set->n_classes);
    if (!cJSON_IsNumber(share) || !(share->valuedouble >= 0 && share->valuedouble <= SHARE_MAX))
        return fail(err, "a share of class %lld that is no number from 0 to 1", (long long)class);
    if (share->valuedouble == 0)
        return 0;
    if (reading->n_shares == reading->shares_room) {
        reading->shares_room = reading->shares_room ? reading->shares_room * 2 : 64;
        reading->shares =
            must_realloc(reading->shares, reading->shares_room * sizeof *reading->shares);
    }
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
        return fail(err, "a soft label of %lld entries, for %d classes", (long long)k,
                    reading->set->n_classes);
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
        if (!json_is_whole(item, &id) || (uint64_t)id >= reading->n_sources)
            return fail(err, "a source id that sources.jsonl does not have");
        if (first >= 0 && reading->source_label[id] != first)
            *classes = 2;
        first = reading->source_label[id];
    }
    return first < 0 ? fail(err, "no sources") : 0;
}

static int take_row(struct reading *reading, const cJSON *row, struct err *err) {
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

void mixed_set_read(const struct mixed_set *set, const int *class_of,
                    struct label_statistics *statistics, struct mixture *mixture) {
    struct reading reading = {
        .set = set, .class_of = class_of, .statistics = statistics, .mixture = mixture};
    read_rows(&reading, set->sources, take_source);
    read_rows(&reading, set->manifest, take_row);
    free(reading.source_label);
    free(reading.shares);
}

void mixture_close(struct mixture *mixture) {
    for (int i = 0; i < mixture->n_mixers; i++)
        free(mixture->mixers[i].name);
}

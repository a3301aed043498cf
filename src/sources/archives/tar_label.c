#include "sources/archives/tar_label.h"

#include "sources/archives/tar_soft_label.h"
#include "sources/labels/class_names.h"

#include <ctype.h>
#include <string.h>

static void set_class(struct tar_label *label, int class) {
    *label = (struct tar_label){PART_CLASS, class, class, 0, true};
}

static void set_shares(struct tar_label *label, enum part_kind part, const struct shares *shares) {
    *label = (struct tar_label){
        .part = part,
        .label = shares->argmax,
        .most = shares->id ? shares->id[shares->n - 1] : shares->argmax,
        .n_classes = shares->id ? 0 : shares->n,
        .one_hot = shares->single,
    };
}

/* --- the parts of a sample. 1: found; 0: there is none; -1: broken --- */

static int find_soft(struct tar_samples *samples, struct arena *arena, struct tar_label *label,
                     struct err *err) {
    struct shares shares;
    uint8_t *bytes;
    size_t size = (size_t)samples->sample.part[PART_SOFT].size;
    if (tar_samples_bytes(samples, PART_SOFT, arena, &bytes, err) < 0 ||
        shares_of_npy(bytes, size, arena, &shares, err) < 0)
        return -1;
    set_shares(label, PART_SOFT, &shares);
    return 1;
}

static int find_json_class(const cJSON *object, struct tar_label *label, struct err *err) {
    const char *name = "label";
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    int class = 0;
    if (!item)
        item = cJSON_GetObjectItemCaseSensitive(object, name = "cls");
    if (!item)
        return 0;
    if (tar_json_class(item, name, &class, err) < 0)
        return -1;
    set_class(label, class);
    return 1;
}

static int find_json(struct tar_samples *samples, struct arena *arena, struct tar_label *label,
                     struct err *err) {
    const struct part *parts = samples->sample.part;
    struct shares shares;
    uint8_t *bytes;
    if (tar_samples_bytes(samples, PART_JSON, arena, &bytes, err) < 0)
        return -1;
    cJSON *object = tar_json_parse(bytes, (size_t)parts[PART_JSON].size, err);
    if (!object)
        return -1;
    int found = shares_of_json(object, arena, &shares, err);
    if (found > 0)
        set_shares(label, PART_JSON, &shares);
    else if (found == 0 && !parts[PART_CLASS].there)
        found = find_json_class(object, label, err);
    cJSON_Delete(object);
    return found;
}

/* A whole number, spaces around it. */
static int parse_class(const uint8_t *bytes, size_t size, int *class, struct err *err) {
    size_t at = 0, end = size;
    while (end > 0 && isspace(bytes[end - 1]))
        end--;
    while (at < end && isspace(bytes[at]))
        at++;
    int shown = end - at < 40 ? (int)(end - at) : 40;
    const char *text = (const char *)bytes + at;
    bool digits = at < end;
    for (*class = 0; at < end && digits && *class < CLASSES_MAX; at++) {
        digits = isdigit(bytes[at]);
        *class = *class * 10 + (bytes[at] - '0');
    }
    if (!digits || *class >= CLASSES_MAX)
        return fail(err, "cls: '%.*s' is no class from 0 to %d", shown, text, CLASSES_MAX - 1);
    return 0;
}

static int find_class(struct tar_samples *samples, struct arena *arena, struct tar_label *label,
                      struct err *err) {
    uint8_t *bytes;
    int class = 0;
    if (tar_samples_bytes(samples, PART_CLASS, arena, &bytes, err) < 0 ||
        parse_class(bytes, (size_t)samples->sample.part[PART_CLASS].size, &class, err) < 0)
        return -1;
    set_class(label, class);
    return 1;
}

int tar_label_find(struct tar_samples *samples, struct arena *arena, struct tar_label *label,
                   struct err *err) {
    const struct part *parts = samples->sample.part;
    struct err why;
    int found = 0;
    if (parts[PART_SOFT].there)
        found = find_soft(samples, arena, label, &why);
    if (found == 0 && parts[PART_JSON].there)
        found = find_json(samples, arena, label, &why);
    if (found == 0 && parts[PART_CLASS].there)
        found = find_class(samples, arena, label, &why);
    if (found < 0)
        return tar_samples_fail(samples, err, why.text);
    return found > 0 ? 0
                     : tar_samples_fail_parts(samples, err,
                                              "no label (a cls, json or label.npy is expected)");
}

/* --- a soft label again --- */

static int read_json(const uint8_t *bytes, size_t size, struct arena *arena, struct shares *shares,
                     struct err *err) {
    cJSON *object = tar_json_parse(bytes, size, err);
    int found = object ? shares_of_json(object, arena, shares, err) : -1;
    cJSON_Delete(object);
    return found == 0 ? fail(err, "json: the soft label is gone") : found;
}

int tar_label_row(enum part_kind part, const uint8_t *bytes, size_t size, struct arena *arena,
                  int n_classes, float *row, struct err *err) {
    struct shares shares = {0};
    if ((part == PART_SOFT ? shares_of_npy : read_json)(bytes, size, arena, &shares, err) < 0)
        return -1;
    if ((shares.id ? shares.id[shares.n - 1] + 1 : shares.n) > n_classes)
        return fail(err, "a soft label of other classes than before");
    memset(row, 0, (size_t)n_classes * sizeof *row);
    for (int i = 0; i < shares.n; i++)
        row[shares.id ? shares.id[i] : i] = shares.share[i];
    return 0;
}

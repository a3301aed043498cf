#include "sources/archives/tar_soft_label.h"

#include "base/words.h"
#include "formats/npy.h"
#include "sources/labels/class_names.h"
#include "sources/labels/soft_row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int start(struct shares *shares, size_t n, struct arena *arena, struct err *err) {
    if (n < 1 || n > CLASSES_MAX)
        return fail(err, "a soft label of %zu numbers, where 1 to %d are read", n, CLASSES_MAX);
    *shares = (struct shares){.n = (int)n};
    shares->given = arena_take(arena, n * sizeof *shares->given);
    shares->share = arena_take(arena, n * sizeof *shares->share);
    return 0;
}

static int settle(struct shares *shares, const char *name, struct err *err) {
    struct err why;
    if (soft_row_check(shares->given, shares->n, &why) < 0)
        return fail(err, "%s %s", name, why.text);
    struct soft_row row = soft_row_settle(shares->given, shares->n, shares->share);
    shares->argmax = shares->id ? shares->id[row.argmax] : row.argmax;
    shares->single = row.single;
    return 0;
}

int shares_of_npy(const uint8_t *bytes, size_t size, struct arena *arena, struct shares *shares,
                  struct err *err) {
    struct array array;
    struct err why;
    char shape[SHAPE_TEXT];
    if (npy_parse(bytes, size, size, &array, &why) < 0)
        return fail(err, "label.npy: %s", why.text);
    array_shape_text(&array, shape);
    if (array.rank != 1 || !number_is_float(array.type))
        return fail(err, "label.npy: %s %s, where a row of float32 is expected",
                    number_name(array.type), shape);
    if (start(shares, array.dim[0], arena, err) < 0)
        return -1;
    numbers_widen(array.type, bytes + array.data_at, array.dim[0], shares->given);
    return settle(shares, "label.npy", err);
}

/* --- JSON --- */

cJSON *tar_json_parse(const uint8_t *bytes, size_t size, struct err *err) {
    const char *end = NULL, *text = (const char *)bytes;
    cJSON *object = NULL;
    if (!memchr(bytes, 0, size))
        object = cJSON_ParseWithLengthOpts(text, size + 1, &end, true);
    if (cJSON_IsObject(object))
        return object;
    cJSON_Delete(object);
    fail(err, "json: no JSON object (understood up to byte %zu of %zu)",
         end ? (size_t)(end - text) : 0, size);
    return NULL;
}

int tar_json_class(const cJSON *item, const char *name, int *class, struct err *err) {
    double value = cJSON_IsNumber(item) ? item->valuedouble : -1;
    if (!(value >= 0 && value < CLASSES_MAX && value == floor(value)))
        return fail(err, "json: %s is no class from 0 to %d", name, CLASSES_MAX - 1);
    *class = (int)value;
    return 0;
}

static int take_numbers(const cJSON *list, const char *name, struct arena *arena,
                        struct shares *shares, struct err *err) {
    const cJSON *item;
    int i = 0;
    if (!cJSON_IsArray(list))
        return fail(err, "json: %s is no list of numbers", name);
    if (start(shares, (size_t)cJSON_GetArraySize(list), arena, err) < 0)
        return -1;
    cJSON_ArrayForEach(item, list) {
        if (!cJSON_IsNumber(item))
            return fail(err, "json: %s holds something that is no number, at place %d", name, i);
        shares->given[i++] = (double)(float)item->valuedouble;
    }
    return 0;
}

struct pair {
    int id;
    double share;
};

static int by_id(const void *a, const void *b) {
    const struct pair *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* Brings the classes into their order. -1: one is there twice. */
static int sort_classes(struct shares *shares, struct arena *arena, struct err *err) {
    struct pair *pairs = arena_take(arena, (size_t)shares->n * sizeof *pairs);
    for (int i = 0; i < shares->n; i++)
        pairs[i] = (struct pair){shares->id[i], shares->given[i]};
    qsort(pairs, (size_t)shares->n, sizeof *pairs, by_id);
    for (int i = 0; i < shares->n; i++) {
        shares->id[i] = pairs[i].id;
        shares->given[i] = pairs[i].share;
        if (i > 0 && pairs[i].id == pairs[i - 1].id)
            return fail(err, "json: label_ids names class %d twice", pairs[i].id);
    }
    return 0;
}

static int take_pairs(const cJSON *ids, const cJSON *list, struct arena *arena,
                      struct shares *shares, struct err *err) {
    const cJSON *item;
    int i = 0;
    if (take_numbers(list, "label_shares", arena, shares, err) < 0)
        return -1;
    if (!cJSON_IsArray(ids) || cJSON_GetArraySize(ids) != shares->n)
        return fail(err, "json: label_ids is no list of %d class%s, as many as label_shares has",
                    shares->n, es_of(shares->n));
    shares->id = arena_take(arena, (size_t)shares->n * sizeof *shares->id);
    cJSON_ArrayForEach(item, ids) {
        if (tar_json_class(item, "an entry of label_ids", &shares->id[i++], err) < 0)
            return -1;
    }
    return sort_classes(shares, arena, err);
}

int shares_of_json(const cJSON *object, struct arena *arena, struct shares *shares,
                   struct err *err) {
    const cJSON *row = cJSON_GetObjectItemCaseSensitive(object, "soft_label");
    const cJSON *ids = cJSON_GetObjectItemCaseSensitive(object, "label_ids");
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "label_shares");
    if (!row && !ids && !list)
        return 0;
    int result = row ? take_numbers(row, "soft_label", arena, shares, err)
                     : take_pairs(ids, list, arena, shares, err);
    if (result < 0 || settle(shares, row ? "json: soft_label" : "json: label_shares", err) < 0)
        return -1;
    return 1;
}

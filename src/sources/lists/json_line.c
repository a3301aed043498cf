#include "sources/lists/json_line.h"

#include "base/text.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

static const cJSON *get(const cJSON *object, const char *key) {
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static char *keep(const char *string, struct arena *arena) {
    size_t size = strlen(string) + 1;
    return memcpy(arena_take(arena, size), string, size);
}

/* A list's numbers, all finite. */
static int read_numbers(const cJSON *list, const char *key, struct arena *arena, double **numbers,
                        struct err *err) {
    const cJSON *item;
    int n = 0;
    *numbers = arena_take(arena, (size_t)cJSON_GetArraySize(list) * sizeof **numbers);
    cJSON_ArrayForEach(item, list) {
        if (!cJSON_IsNumber(item) || !isfinite(item->valuedouble))
            return fail(err, "entry %d of %s is no finite number", n, key);
        (*numbers)[n++] = item->valuedouble;
    }
    return 0;
}

static int read_dense(struct json_line *line, const cJSON *list, const char *key,
                      struct arena *arena, struct err *err) {
    line->form = LABEL_NUMBERS;
    line->n = cJSON_GetArraySize(list);
    return read_numbers(list, key, arena, &line->share, err);
}

static int read_pairs(struct json_line *line, const cJSON *ids, const cJSON *shares,
                      struct arena *arena, struct err *err) {
    line->form = LABEL_PAIRS;
    line->n = cJSON_GetArraySize(ids);
    if (!cJSON_IsArray(ids) || !cJSON_IsArray(shares) || cJSON_GetArraySize(shares) != line->n)
        return fail(err, "label_ids and label_shares are not two lists of one length");
    if (read_numbers(ids, "label_ids", arena, &line->class, err) < 0)
        return -1;
    return read_numbers(shares, "label_shares", arena, &line->share, err);
}

static int read_whole(struct json_line *line, double number, struct arena *arena, struct err *err) {
    if (number != floor(number) || fabs(number) > 1e15)
        return fail(err, "label %.17g is no whole number", number);
    char *word = arena_take(arena, UNSIGNED_TEXT_MAX + 2), *digits = word;
    if (signbit(number))
        *digits++ = '-';
    *put_unsigned(digits, (uint64_t)fabs(number)) = 0;
    line->word = word;
    line->whole = true;
    return 0;
}

static int read_label(struct json_line *line, const cJSON *object, struct arena *arena,
                      struct err *err) {
    const cJSON *soft = get(object, "soft_label"), *ids = get(object, "label_ids"),
                *label = get(object, "label");
    if (cJSON_IsArray(soft))
        return read_dense(line, soft, "soft_label", arena, err);
    if (soft)
        return fail(err, "soft_label is no list of numbers");
    if (ids)
        return read_pairs(line, ids, get(object, "label_shares"), arena, err);
    if (cJSON_IsArray(label))
        return read_dense(line, label, "label", arena, err);
    if (cJSON_IsNumber(label))
        return read_whole(line, label->valuedouble, arena, err);
    if (!cJSON_IsString(label))
        return fail(err, label ? "label is neither a number, a name nor a list" : "no label");
    line->word = keep(label->valuestring, arena);
    return 0;
}

static int read_object(struct json_line *line, const cJSON *object, struct arena *arena,
                       struct err *err) {
    const cJSON *file_name = get(object, "file_name");
    if (!object)
        return fail(err, "not JSON; one object a line is expected");
    if (!cJSON_IsObject(object))
        return fail(err, "not a JSON object; one a line is expected");
    if (!cJSON_IsString(file_name))
        return fail(err, "no file_name");
    line->file_name = keep(file_name->valuestring, arena);
    return read_label(line, object, arena, err);
}

/* cJSON ends strings at \u0000 and passes zero bytes through. */
static bool holds_zero(const char *text, size_t n) {
    if (memchr(text, 0, n))
        return true;
    for (const char *at = text; (at = strstr(at, "\\u0000")); at++) {
        size_t slashes = 1;
        while (at - slashes >= text && at[-(ptrdiff_t)slashes] == '\\')
            slashes++;
        if (slashes % 2 == 1)
            return true;
    }
    return false;
}

static bool is_blank(const char *text) {
    return text[strspn(text, " \t\r")] == 0;
}

struct json_line json_line_read(const char *text, size_t n, struct arena *arena) {
    struct json_line line = {0};
    struct err err;
    if (holds_zero(text, n))
        line.wrong = "a zero byte; JSON lines are expected as UTF-8 text";
    else if (!is_blank(text)) {
        cJSON *object = cJSON_ParseWithLengthOpts(text, n + 1, NULL, true);
        if (read_object(&line, object, arena, &err) < 0)
            line.wrong = keep(err.text, arena);
        cJSON_Delete(object);
    }
    return line;
}

#include "sources/lists/list_jsonl.h"

#include "base/memory.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The line at hand, and room for its numbers. */
struct line {
    struct list_rows *rows;
    size_t number; // from 1
    const char *file_name;
    double *numbers, *shares; // (room)
    int room;
};

static int refuse(const struct line *line, const char *what, struct err *err) {
    return fail(err, "%s: line %zu: %s", line->rows->file, line->number, what);
}

static const cJSON *get(const cJSON *object, const char *key) {
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* A list's numbers, all finite. How many, or -1. */
static int read_numbers(const struct line *line, const cJSON *list, const char *key, double *out,
                        struct err *err) {
    const cJSON *item;
    int n = 0;
    cJSON_ArrayForEach(item, list) {
        if (!cJSON_IsNumber(item) || !isfinite(item->valuedouble))
            return fail(err, "%s: line %zu: entry %d of %s is no finite number", line->rows->file,
                        line->number, n, key);
        out[n++] = item->valuedouble;
    }
    return n;
}

static void make_room(struct line *line, const cJSON *list) {
    int n = cJSON_GetArraySize(list);
    if (n <= line->room)
        return;
    line->room = 2 * n;
    line->numbers = must_realloc(line->numbers, (size_t)line->room * sizeof *line->numbers);
    line->shares = must_realloc(line->shares, (size_t)line->room * sizeof *line->shares);
}

static int read_dense(struct line *line, const cJSON *list, const char *key, struct err *err) {
    make_room(line, list);
    int n = read_numbers(line, list, key, line->shares, err);
    return n < 0
               ? -1
               : list_rows_numbers(line->rows, line->number, line->file_name, line->shares, n, err);
}

static int read_pairs(struct line *line, const cJSON *ids, const cJSON *shares, struct err *err) {
    if (!cJSON_IsArray(ids) || !cJSON_IsArray(shares) ||
        cJSON_GetArraySize(ids) != cJSON_GetArraySize(shares))
        return refuse(line, "label_ids and label_shares are not two lists of one length", err);
    make_room(line, ids);
    int n = read_numbers(line, ids, "label_ids", line->numbers, err);
    if (n < 0 || read_numbers(line, shares, "label_shares", line->shares, err) < 0)
        return -1;
    return list_rows_pairs(line->rows, line->number, line->file_name, line->numbers, line->shares,
                           n, err);
}

static int read_whole(struct line *line, double number, struct err *err) {
    char word[32];
    if (number != floor(number) || fabs(number) > 1e15)
        return fail(err, "%s: line %zu: label %.17g is no whole number", line->rows->file,
                    line->number, number);
    snprintf(word, sizeof word, "%.0f", number);
    return list_rows_word(line->rows, line->number, line->file_name, word, true, err);
}

static int read_label(struct line *line, const cJSON *object, struct err *err) {
    const cJSON *soft = get(object, "soft_label"), *ids = get(object, "label_ids"),
                *label = get(object, "label");
    if (cJSON_IsArray(soft))
        return read_dense(line, soft, "soft_label", err);
    if (soft)
        return refuse(line, "soft_label is no list of numbers", err);
    if (ids)
        return read_pairs(line, ids, get(object, "label_shares"), err);
    if (cJSON_IsArray(label))
        return read_dense(line, label, "label", err);
    if (cJSON_IsString(label))
        return list_rows_word(line->rows, line->number, line->file_name, label->valuestring, false,
                              err);
    if (cJSON_IsNumber(label))
        return read_whole(line, label->valuedouble, err);
    return refuse(line, label ? "label is neither a number, a name nor a list" : "no label", err);
}

static int read_object(struct line *line, const cJSON *object, struct err *err) {
    const cJSON *file_name = get(object, "file_name");
    if (!cJSON_IsObject(object))
        return refuse(line, "not a JSON object; one a line is expected", err);
    if (!cJSON_IsString(file_name))
        return refuse(line, "no file_name", err);
    line->file_name = file_name->valuestring;
    return read_label(line, object, err);
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

/* text: (n) followed by a zero byte */
static int read_line(struct line *line, const char *text, size_t n, struct err *err) {
    if (holds_zero(text, n))
        return refuse(line, "a zero byte; JSON lines are expected as UTF-8 text", err);
    if (is_blank(text))
        return 0;
    cJSON *object = cJSON_ParseWithLengthOpts(text, n + 1, NULL, true);
    int result = object ? read_object(line, object, err)
                        : refuse(line, "not JSON; one object a line is expected", err);
    cJSON_Delete(object);
    return result;
}

/* piece: (n) followed by a zero byte where its last line lacks an end; changed. */
static int read_piece(struct line *line, char *piece, size_t n, struct err *err) {
    char *at = piece, *end = piece + n;
    if (line->number == 0 && n >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    while (at < end) {
        char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        *stop = 0;
        line->number++;
        if (read_line(line, at, (size_t)(stop - at), err) < 0)
            return -1;
        at = stop + 1;
    }
    return 0;
}

int list_jsonl_read(struct list_rows *rows, struct pieces *list, struct err *err) {
    struct line line = {.rows = rows};
    char *piece;
    size_t n;
    int found;
    while ((found = pieces_next(list, pieces_lines, &piece, &n, err)) > 0)
        if ((found = read_piece(&line, piece, n, err)) < 0)
            break;
    free(line.numbers);
    free(line.shares);
    return found;
}

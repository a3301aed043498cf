/* The numbers of a report for machines: one JSON line. */
#include "base/memory.h"
#include "commands/report.h"
#include "engine/version.h"
#include "formats/digest.h"
#include "statistics/histogram.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

static cJSON *fixed(double value) {
    char number[32];
    snprintf(number, sizeof number, "%.6f", value);
    return cJSON_CreateRaw(number);
}

static cJSON *whole(uint64_t value) {
    char digits[UNSIGNED_TEXT_MAX + 1];
    *put_unsigned(digits, value) = 0;
    return cJSON_CreateRaw(digits);
}

static cJSON *balance_json(const struct findings *findings) {
    cJSON *list = cJSON_CreateArray();
    for (int k = 0; k < findings->labels.n_classes; k++) {
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "class", findings->preview.run.contents.class_names[k]);
        cJSON_AddItemToObject(row, "before", whole(findings->before[k]));
        cJSON_AddItemToObject(row, "mass_after", fixed(findings->labels.mass[k]));
        cJSON_AddItemToArray(list, row);
    }
    return list;
}

static cJSON *histogram_json(const struct histogram *histogram) {
    cJSON *object = cJSON_CreateObject(), *bins = cJSON_CreateArray();
    cJSON_AddItemToObject(object, "mean", fixed(histogram->mean));
    cJSON_AddItemToObject(object, "high", fixed(histogram->high));
    for (int i = 0; i < histogram->bins; i++)
        cJSON_AddItemToArray(bins, whole(histogram->count[i]));
    cJSON_AddItemToObject(object, "bins", bins);
    return object;
}

static cJSON *pairs_json(const struct findings *findings) {
    cJSON *rows = cJSON_CreateArray();
    for (int own = 0; own < findings->pairs.n; own++) {
        cJSON *row = cJSON_CreateArray();
        for (int other = 0; other < findings->pairs.n; other++)
            cJSON_AddItemToArray(row, fixed(class_pairs_part(&findings->pairs, own, other)));
        cJSON_AddItemToArray(rows, row);
    }
    return rows;
}

/* Which class each row of the pairs is; -1: all others. */
static cJSON *places_json(const struct folding *folding) {
    return cJSON_CreateIntArray(folding->class_at, folding->n);
}

static cJSON *dimension_json(const struct dimension *dimension) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToObject(object, "mean", fixed(dimension->mean));
    cJSON_AddItemToObject(object, "sd", fixed(dimension->sd));
    cJSON_AddItemToObject(object, "points", whole((uint64_t)dimension->points));
    return object;
}

static void add_text(cJSON *object, const char *key, struct text *text) {
    cJSON_AddStringToObject(object, key, text_terminate(text));
    text_close(text);
}

static void add_job(cJSON *root, const struct findings *findings) {
    struct text command = {0}, digest = {0};
    report_command(findings, &command);
    add_text(root, "command", &command);
    if (findings->finished)
        return;
    digest_print(findings->digest, &digest);
    add_text(root, "digest", &digest);
}

static void add_dimensions(cJSON *root, const struct findings *findings) {
    const struct dimensions *dimensions = &findings->dimensions;
    cJSON *object = cJSON_AddObjectToObject(root, "intrinsic_dimension");
    if (dimensions->original.points > 0)
        cJSON_AddItemToObject(object, "originals", dimension_json(&dimensions->original));
    if (dimensions->mixed.points > 0)
        cJSON_AddItemToObject(object, "mixed", dimension_json(&dimensions->mixed));
}

void report_json(const struct findings *findings, struct text *json) {
    struct histogram top = top_histogram(&findings->labels);
    struct histogram entropy = entropy_histogram(&findings->labels);
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "mixsmith", MIXSMITH_VERSION);
    add_job(root, findings);
    cJSON_AddItemToObject(root, "originals", whole(findings->n_before));
    cJSON_AddItemToObject(root, "samples", whole(findings->n));
    cJSON_AddItemToObject(root, "classes", balance_json(findings));
    cJSON_AddItemToObject(root, "top_share", histogram_json(&top));
    cJSON_AddItemToObject(root, "entropy_bits", histogram_json(&entropy));
    cJSON_AddItemToObject(root, "pair_classes", places_json(&findings->folding));
    cJSON_AddItemToObject(root, "pairs", pairs_json(findings));
    add_dimensions(root, findings);
    char *line = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    if (!line)
        die_of_memory(0);
    text_string(json, line);
    text_string(json, "\n");
    free(line);
}

/* The numbers of a report for machines: one JSON line. */
#include "commands/report.h"
#include "engine/version.h"
#include "formats/digest.h"
#include "formats/json_tree.h"
#include "statistics/histogram.h"

static cJSON *balance_json(const struct findings *findings) {
    cJSON *list = cJSON_CreateArray();
    for (int k = 0; k < findings->labels.n_classes; k++) {
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "class", findings->preview.run.contents.class_names[k]);
        cJSON_AddItemToObject(row, "before", json_tree_whole(findings->before[k]));
        cJSON_AddItemToObject(row, "mass_after", json_tree_fixed(findings->labels.mass[k]));
        cJSON_AddItemToArray(list, row);
    }
    return list;
}

static cJSON *histogram_json(const struct histogram *histogram) {
    cJSON *object = cJSON_CreateObject(), *bins = cJSON_CreateArray();
    cJSON_AddItemToObject(object, "mean", json_tree_fixed(histogram->mean));
    cJSON_AddItemToObject(object, "high", json_tree_fixed(histogram->high));
    for (int i = 0; i < histogram->bins; i++)
        cJSON_AddItemToArray(bins, json_tree_whole(histogram->count[i]));
    cJSON_AddItemToObject(object, "bins", bins);
    return object;
}

static cJSON *pairs_json(const struct findings *findings) {
    cJSON *rows = cJSON_CreateArray();
    for (int own = 0; own < findings->pairs.n; own++) {
        cJSON *row = cJSON_CreateArray();
        for (int other = 0; other < findings->pairs.n; other++)
            cJSON_AddItemToArray(row,
                                 json_tree_fixed(class_pairs_part(&findings->pairs, own, other)));
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
    cJSON_AddItemToObject(object, "mean", json_tree_fixed(dimension->mean));
    cJSON_AddItemToObject(object, "sd", json_tree_fixed(dimension->sd));
    cJSON_AddItemToObject(object, "points", json_tree_whole((uint64_t)dimension->points));
    return object;
}

static void add_job(cJSON *root, const struct findings *findings) {
    struct text command = {0}, digest = {0};
    report_command(findings, &command);
    json_tree_add(root, "command", &command);
    if (findings->finished)
        return;
    digest_print(findings->digest, &digest);
    json_tree_add(root, "digest", &digest);
}

static void add_dimensions(cJSON *root, const struct findings *findings) {
    const struct dimensions *dimensions = &findings->dimensions;
    cJSON *object = cJSON_AddObjectToObject(root, "intrinsic_dimension");
    if (dimensions->original.points > 0)
        cJSON_AddItemToObject(object, "originals", dimension_json(&dimensions->original));
    if (dimensions->mixed.points > 0)
        cJSON_AddItemToObject(object, "mixed", dimension_json(&dimensions->mixed));
}

cJSON *report_json(const struct findings *findings) {
    struct histogram top = top_histogram(&findings->labels);
    struct histogram entropy = entropy_histogram(&findings->labels);
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "mixsmith", MIXSMITH_VERSION);
    add_job(root, findings);
    cJSON_AddItemToObject(root, "originals", json_tree_whole(findings->n_before));
    cJSON_AddItemToObject(root, "samples", json_tree_whole(findings->n));
    cJSON_AddItemToObject(root, "classes", balance_json(findings));
    cJSON_AddItemToObject(root, "top_share", histogram_json(&top));
    cJSON_AddItemToObject(root, "entropy_bits", histogram_json(&entropy));
    cJSON_AddItemToObject(root, "pair_classes", places_json(&findings->folding));
    cJSON_AddItemToObject(root, "pairs", pairs_json(findings));
    add_dimensions(root, findings);
    return root;
}

#include "engine/dataset_record.h"

#include "engine/version.h"
#include "formats/digest.h"
#include "formats/json_tree.h"

#include <string.h>

static void add_whole(cJSON *object, const char *name, uint64_t value) {
    cJSON_AddItemToObject(object, name, json_tree_whole(value));
}

static cJSON *chains_json(const struct job *job) {
    cJSON *list = cJSON_CreateArray();
    for (int c = 0; c < job->n_chains; c++) {
        struct text text = {0};
        chain_print(&job->chain[c], &text);
        cJSON_AddItemToArray(list, cJSON_CreateString(text_terminate(&text)));
        text_close(&text);
    }
    return list;
}

/* Numbers and flags as JSON has them, all else as it would be written. */
static void add_option(cJSON *options, const struct option_row *row, const struct job *job) {
    struct text text = {0};
    option_print(row, job, &text);
    const char *value = text_terminate(&text);
    if (row->kind == OPTION_FLAG)
        cJSON_AddBoolToObject(options, row->name, strcmp(value, "yes") == 0);
    else if (row->kind == OPTION_INT || row->kind == OPTION_REAL || row->kind == OPTION_SEED)
        cJSON_AddRawToObject(options, row->name, value);
    else
        cJSON_AddStringToObject(options, row->name, value);
    text_close(&text);
}

/* The options that decide the bytes: not the threads, nor where the output lies. */
static cJSON *options_json(const struct run *run) {
    cJSON *options = cJSON_CreateObject();
    cJSON_AddItemToObject(options, "mixer", chains_json(run->job));
    cJSON_AddStringToObject(options, "to", run->sink->name);
    struct option_row rows[JOB_OPTIONS_MAX];
    int n = job_options(run->job->kind, rows);
    for (int i = 0; i < n; i++)
        if (rows[i].decides)
            add_option(options, &rows[i], run->job);
    return options;
}

static cJSON *shape_json(const struct shape *shape) {
    return cJSON_CreateIntArray(shape->dim, shape->rank);
}

/* A digest of what the classes are called and which sample belongs to which; contents are not in
 * it. */
static uint64_t digest_of_labels(const struct contents *contents) {
    uint64_t digest =
        digest_of(contents->label, contents->n * sizeof *contents->label, contents->n);
    for (int k = 0; k < contents->n_classes; k++)
        digest = digest_of(contents->class_names[k], strlen(contents->class_names[k]), digest);
    return digest;
}

static cJSON *input_json(const struct run *run, bool complete) {
    cJSON *input = cJSON_CreateObject();
    cJSON_AddStringToObject(input, "source", run->source->name);
    add_whole(input, "samples", run->counts.read);
    if (complete && !run->contents.stream) {
        struct text digest = {0};
        digest_print(digest_of_labels(&run->contents), &digest);
        json_tree_add(input, "digest_of_labels", &digest);
        text_close(&digest);
    }
    return input;
}

static cJSON *counts_json(const struct run *run) {
    const struct counts *counts = &run->counts;
    cJSON *object = cJSON_CreateObject(), *classes = cJSON_CreateArray();
    add_whole(object, "samples", counts->written);
    add_whole(object, "asked", counts->asked);
    add_whole(object, "unreadable_sources", run->n_losses);
    for (int k = 0; k < run->contents.n_classes; k++)
        cJSON_AddItemToArray(classes, cJSON_CreateNumber((double)counts->of_class[k]));
    cJSON_AddItemToObject(object, "samples_of_class", classes);
    return object;
}

static cJSON *record_json(const struct run *run, bool complete) {
    const struct contents *contents = &run->contents;
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "mixsmith", MIXSMITH_VERSION);
    cJSON_AddItemToObject(root, "options", options_json(run));
    cJSON_AddItemToObject(root, "input", input_json(run, complete));
    cJSON_AddItemToObject(root, "shape", shape_json(&contents->shape));
    cJSON_AddStringToObject(root, "dtype", dtype_name(contents->dtype));
    cJSON_AddItemToObject(
        root, "classes",
        cJSON_CreateStringArray((const char *const *)contents->class_names, contents->n_classes));
    cJSON_AddStringToObject(root, "manifest", run->manifest);
    if (complete)
        cJSON_AddItemToObject(root, "counts", counts_json(run));
    return root;
}

int record_write(const struct run *run, const struct publication *publication, bool complete,
                 struct err *err) {
    struct text file = {0};
    json_tree_lines(record_json(run, complete), &file);
    int result = publication_write_record(publication, file.bytes, file.used, err);
    text_close(&file);
    return result;
}

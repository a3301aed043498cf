#include "engine/manifest.h"

#include "base/files.h"
#include "base/names.h"
#include "engine/version.h"
#include "formats/json_row.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

enum { FLUSH_BYTES = 1 << 20 };

/* --- lists of sources --- */

struct list_file {
    const char *name;
    int fd;
    struct text text;                 // lines not yet written
    struct text path;                 // of the line at hand
    struct text last_path, json_path; // of the line before, and how it is written
    uint64_t escaped;                 // paths that are written otherwise than they are
};

static int list_open(struct list_file *list, const struct publication *publication,
                     const char *name, struct err *err) {
    *list = (struct list_file){.name = name};
    list->fd = publication_create(publication, name, err);
    return list->fd < 0 ? -1 : 0;
}

static int list_flush(struct list_file *list, size_t from, struct err *err) {
    if (list->text.used < from)
        return 0;
    int result = file_write(list->fd, list->name, list->text.bytes, list->text.used, err);
    list->text.used = 0;
    return result;
}

static int list_close(struct list_file *list, int result, struct err *err) {
    if (result == 0)
        result = list_flush(list, 1, err);
    if (close(list->fd) < 0 && result == 0)
        result = fail(err, "%s: cannot close", list->name);
    text_close(&list->text);
    text_close(&list->path);
    text_close(&list->last_path);
    text_close(&list->json_path);
    return result;
}

/* The path as JSON; samples of one file ask for the same path again and again. */
static void print_path(struct list_file *list) {
    bool same = list->path.used == list->last_path.used &&
                memcmp(list->path.bytes, list->last_path.bytes, list->path.used) == 0;
    if (!same) {
        char *name = name_of_path(text_terminate(&list->path));
        list->escaped += name_needs_escape(list->path.bytes);
        list->json_path.used = list->last_path.used = 0;
        json_string(&list->json_path, name);
        text_bytes(&list->last_path, list->path.bytes, list->path.used);
        free(name);
    }
    text_bytes(&list->text, list->json_path.bytes, list->json_path.used);
}

/* {"id":12,"path":"cat/1.png" and, for files of many, ,"record":7 */
static void print_origin(struct list_file *list, const struct source *source, const void *state,
                         uint32_t sample) {
    struct text *text = &list->text;
    list->path.used = 0;
    int64_t record = source->origin(state, sample, &list->path);
    text_string(text, "{\"id\":");
    text_unsigned(text, sample);
    text_string(text, ",\"path\":");
    print_path(list);
    if (record >= 0) {
        text_string(text, ",\"record\":");
        text_unsigned(text, (uint64_t)record);
    }
}

int manifest_write_sources(const struct publication *publication, const struct source *source,
                           const void *state, const struct contents *contents, uint64_t *escaped,
                           struct err *err) {
    struct list_file list;
    if (list_open(&list, publication, "sources.jsonl", err) < 0)
        return -1;
    int result = 0;
    for (uint32_t i = 0; i < contents->n && result == 0; i++) {
        print_origin(&list, source, state, i);
        text_string(&list.text, ",\"label\":");
        text_unsigned(&list.text, (uint64_t)contents->label[i]);
        text_string(&list.text, "}\n");
        result = list_flush(&list, FLUSH_BYTES, err);
    }
    *escaped = list.escaped;
    return list_close(&list, result, err);
}

int manifest_write_failures(const struct publication *publication, const struct source *source,
                            const void *state, const struct failure *failures, size_t n,
                            struct err *err) {
    if (n == 0)
        return 0;
    struct list_file list;
    if (list_open(&list, publication, "failures.jsonl", err) < 0)
        return -1;
    int result = 0;
    for (size_t i = 0; i < n && result == 0; i++) {
        print_origin(&list, source, state, failures[i].source);
        text_string(&list.text, ",\"reason\":");
        json_string(&list.text, failures[i].reason);
        text_string(&list.text, "}\n");
        result = list_flush(&list, FLUSH_BYTES, err);
    }
    return list_close(&list, result, err);
}

/* --- the record of the job --- */

/* A digest of what the input is called and how it is labelled; contents are not in it. */
static void input_digest(char digest[32], const struct contents *contents) {
    XXH64_hash_t hash = XXH64(contents->label, contents->n * sizeof *contents->label, contents->n);
    for (int k = 0; k < contents->n_classes; k++)
        hash = XXH64(contents->class_names[k], strlen(contents->class_names[k]), hash);
    snprintf(digest, 32, "xxh64:%016llx", (unsigned long long)hash);
}

static void add_whole(cJSON *object, const char *name, uint64_t value) {
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    cJSON_AddRawToObject(object, name, digits);
}

static cJSON *mixers_json(const struct job *job) {
    cJSON *list = cJSON_CreateArray();
    for (int c = 0; c < job->n_chains; c++) {
        struct text text = {0};
        chain_print(&job->chain[c], &text);
        text_terminate(&text);
        cJSON_AddItemToArray(list, cJSON_CreateString(text.bytes));
        text_close(&text);
    }
    return list;
}

/* The value of a choice option as its word. */
static void add_choice(cJSON *object, const char *name, int value) {
    for (int i = 0; i < N_JOB_OPTIONS; i++) {
        if (strcmp(JOB_OPTIONS[i].name, name) != 0)
            continue;
        char word[32];
        int length;
        const char *start = choice_word(JOB_OPTIONS[i].choices, value, &length);
        snprintf(word, sizeof word, "%.*s", length, start);
        cJSON_AddStringToObject(object, name, word);
    }
}

/* What decides the bytes: not the threads, nor where the output lies. */
static cJSON *options_json(const struct job *job, const struct sink *sink) {
    cJSON *options = cJSON_CreateObject();
    cJSON_AddItemToObject(options, "mixer", mixers_json(job));
    add_whole(options, "batch", (uint64_t)job->batch);
    add_choice(options, "pair", job->pair);
    add_choice(options, "unit", job->unit);
    add_whole(options, "count", job->count.n);
    cJSON_AddBoolToObject(options, "count_is_passes", job->count.passes);
    add_whole(options, "seed", job->seed);
    cJSON_AddNumberToObject(options, "smooth", job->smooth);
    cJSON_AddBoolToObject(options, "with-originals", job->with_originals);
    add_whole(options, "width", (uint64_t)job->size.w);
    add_whole(options, "height", (uint64_t)job->size.h);
    add_choice(options, "fit", job->fit);
    add_choice(options, "channels", job->channels);
    add_choice(options, "orient", job->orient);
    add_whole(options, "max-pixels", (uint64_t)job->max_pixels);
    add_choice(options, "label", job->label);
    add_choice(options, "on-error", job->on_error);
    cJSON_AddStringToObject(options, "to", sink->name);
    add_choice(options, "image", job->image);
    add_whole(options, "quality", (uint64_t)job->quality);
    add_whole(options, "png-level", (uint64_t)job->png_level);
    add_choice(options, "labels-as", job->labels_as);
    return options;
}

static cJSON *shape_json(const struct contents *contents) {
    cJSON *shape = cJSON_CreateArray();
    for (int i = 0; i < contents->shape.rank; i++)
        cJSON_AddItemToArray(shape, cJSON_CreateNumber(contents->shape.dim[i]));
    return shape;
}

static cJSON *input_json(const struct source *source, const struct contents *contents) {
    char digest[32];
    input_digest(digest, contents);
    cJSON *input = cJSON_CreateObject();
    cJSON_AddStringToObject(input, "source", source->name);
    add_whole(input, "samples", contents->n);
    cJSON_AddStringToObject(input, "digest_of_labels", digest);
    return input;
}

static cJSON *counts_json(const struct counts *counts, int n_classes) {
    cJSON *object = cJSON_CreateObject(), *classes = cJSON_CreateArray();
    add_whole(object, "samples", counts->written);
    add_whole(object, "asked", counts->asked);
    add_whole(object, "unreadable_sources", counts->failures);
    for (int k = 0; k < n_classes; k++)
        cJSON_AddItemToArray(classes, cJSON_CreateNumber((double)counts->of_class[k]));
    cJSON_AddItemToObject(object, "samples_of_class", classes);
    return object;
}

int manifest_write_record(const struct publication *publication, const struct job *job,
                          const struct source *source, const struct contents *contents,
                          const struct sink *sink, const struct counts *counts, struct err *err) {
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "mixsmith", MIXSMITH_VERSION);
    cJSON_AddItemToObject(root, "options", options_json(job, sink));
    cJSON_AddItemToObject(root, "input", input_json(source, contents));
    cJSON_AddItemToObject(root, "shape", shape_json(contents));
    cJSON_AddStringToObject(root, "dtype", contents->dtype == DTYPE_UINT8 ? "uint8" : "float32");
    cJSON_AddItemToObject(
        root, "classes",
        cJSON_CreateStringArray((const char *const *)contents->class_names, contents->n_classes));
    cJSON_AddStringToObject(root, "manifest", sink->manifest);
    if (counts)
        cJSON_AddItemToObject(root, "counts", counts_json(counts, contents->n_classes));
    char *text = cJSON_Print(root);
    cJSON_Delete(root);
    if (!text)
        die_of_memory(1 << 16);
    struct text file = {0};
    text_string(&file, text);
    text_string(&file, "\n");
    free(text);
    int result = publication_write_record(publication, file.bytes, file.used, err);
    text_close(&file);
    return result;
}

int manifest_write_classes(const struct publication *publication, const struct contents *contents,
                           struct err *err) {
    struct text names = {0};
    for (int k = 0; k < contents->n_classes; k++) {
        text_string(&names, contents->class_names[k]);
        text_string(&names, "\n");
    }
    int result = publication_write(publication, "classes.txt", names.bytes, names.used, err);
    text_close(&names);
    return result;
}

/* --- the card --- */

/* The YAML head tells Hugging Face which files are the split. */
static void card_head(struct text *card, const struct sink *sink) {
    text_string(
        card, "---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n    path: ");
    text_string(card, sink->class_folders ? "train/**" : sink->manifest);
    text_string(card, "\n---\n\n# Mixed samples\n\n");
}

int manifest_write_card(const struct publication *publication, const struct job *job,
                        const struct contents *contents, const struct sink *sink,
                        const struct counts *counts, struct err *err) {
    struct text card = {0};
    card_head(&card, sink);
    text_unsigned(&card, counts->written);
    text_string(&card, " samples in ");
    text_unsigned(&card, (uint64_t)contents->n_classes);
    text_string(&card, " classes, made by mixsmith " MIXSMITH_VERSION " with\n\n");
    for (int c = 0; c < job->n_chains; c++) {
        text_string(&card, "    -m ");
        chain_print(&job->chain[c], &card);
        text_string(&card, "\n");
    }
    text_string(&card, "\n```python\n");
    text_string(&card, sink->load);
    text_string(&card, "```\n\nEvery row of `");
    text_string(&card, sink->manifest);
    text_string(&card,
                "` names its sample, the soft label (in the order of `classes.txt`) and the\n"
                "sources with their shares (`sources.jsonl`). `label` is the greatest entry of "
                "the soft label.\nThe job and the counts are in `dataset.json`.\n");
    int result = publication_write(publication, "README.md", card.bytes, card.used, err);
    text_close(&card);
    return result;
}

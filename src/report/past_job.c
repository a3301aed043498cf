#include "report/past_job.h"

#include "base/files.h"
#include "base/memory.h"
#include "report/command_line.h"

#include <stdlib.h>

static cJSON *read_record(const char *folder) {
    char *path = path_join(folder, PUBLICATION_RECORD);
    cJSON *record = json_file_read(path);
    free(path);
    return record;
}

bool past_job_find(struct past_job *past, const char *path) {
    *past = (struct past_job){0};
    if (!mixed_set_find(path, &past->set))
        return false;
    past->record = read_record(past->set.folder);
    past->count = must_calloc((size_t)past->set.n_classes, sizeof *past->count);
    return true;
}

void past_job_close(struct past_job *past) {
    mixed_set_close(&past->set);
    cJSON_Delete(past->record);
    set_sources_close(&past->sources);
    free(past->count);
}

/* --- sources --- */

static int take_source(void *data, const cJSON *row, struct err *err) {
    struct past_job *past = data;
    struct set_sources *sources = &past->sources;
    if (set_sources_take(sources, past->set.n_classes, row, err) < 0)
        return -1;
    if (sources->n > INT32_MAX)
        return fail(err, "more than %d sources", INT32_MAX);
    past->count[sources->label[sources->n - 1]]++;
    return 0;
}

int past_job_read_sources(struct past_job *past, struct err *err) {
    return json_file_rows(past->set.sources, take_source, NULL, past, err);
}

/* --- the job --- */

static void print_value(const cJSON *item, struct text *text) {
    if (cJSON_IsNumber(item))
        text_number(text, item->valuedouble);
    else if (cJSON_IsBool(item))
        text_string(text, cJSON_IsTrue(item) ? "yes" : "no");
    else if (cJSON_IsString(item))
        text_string(text, item->valuestring);
}

void past_job_print_options(const struct past_job *past, struct text *text) {
    const cJSON *options = cJSON_GetObjectItemCaseSensitive(past->record, "options"), *item;
    cJSON_ArrayForEach(item, json_array(options, "mixer")) {
        text_string(text, " -m ");
        command_line_word(text, cJSON_IsString(item) ? item->valuestring : "");
    }
    cJSON_ArrayForEach(item, options) {
        struct text value = {0};
        if (!item->string) // in a list, which options are not
            continue;
        print_value(item, &value);
        command_line_option(text, item->string, text_terminate(&value));
        text_close(&value);
    }
}

static const cJSON *object_of(const struct past_job *past, const char *object) {
    return object ? cJSON_GetObjectItemCaseSensitive(past->record, object) : past->record;
}

const char *past_job_string(const struct past_job *past, const char *object, const char *key) {
    const char *string = json_text(object_of(past, object), key);
    return string ? string : "";
}

int64_t past_job_whole(const struct past_job *past, const char *object, const char *key) {
    int64_t value;
    return json_whole(object_of(past, object), key, &value) ? value : -1;
}

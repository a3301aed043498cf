#include "survey/mixed_set.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/publication.h"
#include "formats/json_file.h"
#include "sinks/sink.h"

#include <stdlib.h>
#include <string.h>

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
    char *path = path_join(folder, PUBLICATION_RECORD);
    cJSON *record = file_kind(path) == FILE_REGULAR ? json_file_read(path) : NULL;
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

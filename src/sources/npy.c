/* Arrays of NumPy (formats/npy.h): samples (n, ...) of uint8 or float32, and their labels in
 * another file. */
#include "base/files.h"
#include "base/memory.h"
#include "sources/arrays/tensors.h"

#include <stdlib.h>

static const char IMAGES[] = "images.npy", LABELS[] = "labels.npy";

static bool probe_npy(const char *path) {
    if (file_kind(path) == FILE_REGULAR)
        return array_file_is_npy(path);
    return has_file(path, IMAGES);
}

/* --- where the labels are --- */

/* How names of samples and of labels go together. */
static const struct {
    const char *samples, *labels;
    bool first; // the name begins so
} PAIRS[] = {
    {"images", "labels", false},
    {"X", "y", true},
    {"x", "y", true},
};

/* name with its first `old` replaced; NULL where there is none. Owned by the caller. */
static char *replace(const char *name, const char *old, const char *new, bool first) {
    const char *at = strstr(name, old);
    if (!at || (first && at != name))
        return NULL;
    struct text text = {0};
    text_bytes(&text, name, (size_t)(at - name));
    text_string(&text, new);
    text_string(&text, at + strlen(old));
    return text_finish(&text);
}

/* As file_in, but not the samples themselves; name may be NULL. */
static char *other_file_in(const char *folder, const char *name, const char *samples) {
    return name && strcmp(name, samples) != 0 ? file_in(folder, name) : NULL;
}

/* Beside the samples: the name that goes with theirs, or labels.npy. NULL where there is neither.
 * Owned by the caller. */
static char *find_labels(const char *samples_path) {
    char *folder = path_parent(samples_path), *samples = path_base(samples_path), *found = NULL;
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS && !found; i++) {
        char *name = replace(samples, PAIRS[i].samples, PAIRS[i].labels, PAIRS[i].first);
        found = other_file_in(folder, name, samples);
        free(name);
    }
    if (!found)
        found = other_file_in(folder, LABELS, samples);
    free(samples);
    free(folder);
    return found;
}

/* --- opening --- */

static const struct label_names NAMES = {
    .find = find_labels,
    .missing = " (labels.npy): give --labels FILE.npy, class numbers (n) or soft labels (n, "
               "classes)",
};

static int add_path(struct tensors *tensors, int i, const struct input *input, struct err *err) {
    const char *path = input->paths[i];
    bool folder = file_kind(path) == FILE_FOLDER;
    char *file = folder ? path_join(path, IMAGES) : must_strdup(path);
    int result = folder && file_kind(file) == FILE_MISSING
                     ? fail(err, "%s: no %s in this folder: name the file itself", path, IMAGES)
                     : tensors_add(tensors, input, i, file, &NAMES, err);
    free(file);
    return result;
}

static int open_npy(void *state, const struct input *input, struct pool *pool,
                    struct contents *contents, struct err *err) {
    if (tensors_check_labels(input, err) < 0)
        return -1;
    for (int i = 0; i < input->n_paths; i++)
        if (add_path(state, i, input, err) < 0)
            return -1;
    return tensors_open(state, input, pool, contents, err);
}

const struct source source_npy = {
    .name = "npy",
    .help = "NumPy arrays (n, ...) of uint8 or float32, with labels.npy or --labels",
    .state_size = sizeof(struct tensors),
    .probe = probe_npy,
    .open = open_npy,
    .read = tensors_read,
    .file = tensors_file,
    .decode = tensors_decode,
    .soft_label = tensors_soft_label,
    .origin = tensors_origin,
    .close = tensors_close,
    .label_sets = 1,
};

#include "sources/lists/list_place.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/publication.h"
#include "sources/pictures/splits.h"

#include <stdlib.h>
#include <string.h>

static bool has_metadata(const char *folder) {
    return has_file(folder, "metadata.jsonl") || has_file(folder, "metadata.csv");
}

/* A picture folder that mixsmith wrote: whatever other folders it has now, its only split is
 * train. */
static bool is_output(const char *folder) {
    return publication_is_ours(folder) && has_file(folder, "train/metadata.jsonl");
}

bool list_place_probe(const char *path) {
    return file_kind(path) == FILE_FOLDER &&
           (has_metadata(path) || is_output(path) || splits_exist(path, has_metadata));
}

/* The metadata in a folder, which must be one file. */
static int find_metadata(struct list_place *place, const char *folder, struct err *err) {
    char *json = file_in(folder, "metadata.jsonl"), *csv = file_in(folder, "metadata.csv");
    place->file = json ? json : csv;
    if (!place->file)
        return fail(err,
                    "%s: no list of labels there: give --labels FILE, or put a metadata.jsonl "
                    "or metadata.csv into the folder",
                    folder);
    if (!json || !csv)
        return 0;
    free(csv);
    return fail(err, "%s: holds metadata.jsonl and metadata.csv: say which with --labels", folder);
}

static int find_in_split(struct list_place *place, const char *root, const char *wanted,
                         struct text *note, struct err *err) {
    if (is_output(root) && (!wanted || strcmp(wanted, "train") == 0))
        place->below = must_strdup("train");
    else if (split_choose(root, wanted, has_metadata, &place->below, note, err) < 0)
        return -1;
    char *folder = place->below ? path_join(root, place->below) : must_strdup(root);
    int result = find_metadata(place, folder, err);
    free(folder);
    return result;
}

static void find_classes(struct list_place *place, const struct input *input, const char *root) {
    char *folder = path_parent(place->file);
    place->classes = input->classes ? must_strdup(input->classes) : file_in(folder, "classes.txt");
    if (!place->classes)
        place->classes = file_in(root, "classes.txt");
    free(folder);
}

int list_place_open(struct list_place *place, const struct input *input, int at, struct text *note,
                    struct err *err) {
    const char *root = input->paths[at];
    *place = (struct list_place){0};
    if (file_kind(root) != FILE_FOLDER)
        return fail(err, "%s: not a folder: give that of the pictures, and the list with --labels",
                    root);
    if (input->labels && input->n_paths > 1)
        return fail(err,
                    "--labels %s: a list of its own for each of %d inputs is not possible; "
                    "put each into its folder as metadata.csv or metadata.jsonl",
                    input->labels, input->n_paths);
    if (input->labels && input->split)
        return fail(err, "--split %s: the list %s says which pictures are read; leave out --split",
                    input->split, input->labels);
    if (input->labels)
        place->file = must_strdup(input->labels);
    else if (!has_metadata(root) || input->split
                 ? find_in_split(place, root, input->split, note, err)
                 : find_metadata(place, root, err))
        return -1;
    find_classes(place, input, root);
    return 0;
}

void list_place_close(struct list_place *place) {
    free(place->file);
    free(place->below);
    free(place->classes);
}

/* IDX files (formats/idx.h), as MNIST, Fashion-MNIST and EMNIST come: pictures and labels in a file
 * each, two splits in a folder, packed by gzip or not. */
#include "base/files.h"
#include "sources/arrays/tensors.h"

#include <stdio.h>
#include <stdlib.h>

/* The customary names: split, of pictures or of labels, packed or not. */
static const struct {
    const char *split, *prefix;
} SPLITS[] = {{"train", "train"}, {"test", "t10k"}};
static const char *const IMAGES[] = {"-images-idx3-ubyte", "-images.idx3-ubyte"};
static const char *const PACKINGS[] = {"", ".gz"};

enum { N_SPLITS = 2, N_FORMS = 2, N_PACKINGS = 2, NAME_MOST = 64 };

/* The pictures of a split in a folder; NULL where there are none. Owned by the caller. */
static char *find_images(const char *folder, int split) {
    char *found = NULL;
    for (int i = 0; i < N_FORMS * N_PACKINGS && !found; i++) {
        char name[NAME_MOST];
        snprintf(name, sizeof name, "%s%s%s", SPLITS[split].prefix, IMAGES[i / N_PACKINGS],
                 PACKINGS[i % N_PACKINGS]);
        found = file_in(folder, name);
    }
    return found;
}

static bool has_split(const char *folder, int split) {
    char *images = find_images(folder, split);
    bool there = images != NULL;
    free(images);
    return there;
}

static bool probe_idx(const char *path) {
    if (file_kind(path) == FILE_REGULAR)
        return array_file_is_idx(path);
    return has_split(path, 0) || has_split(path, 1);
}

/* --- where the labels are --- */

/* Overwrites what of `name` is `old` with as many bytes; whether it was there. */
static bool overwrite(char *name, const char *old, const char *new) {
    char *at = strstr(name, old);
    if (at)
        memcpy(at, new, strlen(new));
    return at != NULL;
}

/* images → labels, idx3 → idx1 in the name, packed as the pictures are or otherwise. NULL where
 * there is no such file. Owned by the caller. */
static char *find_labels(const char *images_path) {
    char *folder = path_parent(images_path), *name = path_base(images_path), *found = NULL;
    bool packed = ends_with(name, ".gz");
    if (packed)
        name[strlen(name) - strlen(".gz")] = 0;
    bool named = overwrite(name, "images", "labels");
    if (!overwrite(name, "idx3", "idx1"))
        overwrite(name, "idx4", "idx1");
    for (int i = 0; i < N_PACKINGS && named && !found; i++) {
        struct text file = {0};
        text_format(&file, "%s%s", name, PACKINGS[packed ? 1 - i : i]);
        found = file_in(folder, text_terminate(&file));
        text_close(&file);
    }
    free(name);
    free(folder);
    return found;
}

/* --- opening --- */

static const struct label_names NAMES = {
    .find = find_labels,
    .missing = " that are called as it is with 'labels' for 'images' and 'idx1' for 'idx3': give "
               "--labels FILE",
};

static int add_folder(struct tensors *tensors, int i, int split, const struct input *input,
                      struct err *err) {
    const char *folder = input->paths[i];
    char *images = find_images(folder, split);
    if (!images)
        return fail(err, "%s: no %s%s in this folder%s", folder, SPLITS[split].prefix, IMAGES[0],
                    has_split(folder, 1 - split) ? ", but those of the other --split" : "");
    if (!input->split && has_split(folder, 1 - split) && tensors->note.used == 0)
        text_format(&tensors->note, "reading the split %s of %s; --split %s for the other",
                    SPLITS[split].split, folder, SPLITS[1 - split].split);
    int result = tensors_add(tensors, input, i, images, &NAMES, err);
    free(images);
    return result;
}

static int choose_split(const struct input *input, int *split, struct err *err) {
    *split = 0;
    if (!input->split)
        return 0;
    for (; *split < N_SPLITS; ++*split)
        if (strcmp(input->split, SPLITS[*split].split) == 0)
            return 0;
    return fail(err, "--split %s: expected train or test", input->split);
}

static int open_idx(void *state, const struct input *input, struct pool *pool,
                    struct contents *contents, struct err *err) {
    int split;
    if (choose_split(input, &split, err) < 0 || tensors_check_labels(input, err) < 0)
        return -1;
    for (int i = 0; i < input->n_paths; i++) {
        const char *path = input->paths[i];
        bool folder = file_kind(path) == FILE_FOLDER;
        if (!folder && input->split)
            return fail(err, "--split %s: %s is no folder with several splits", input->split, path);
        if ((folder ? add_folder(state, i, split, input, err)
                    : tensors_add(state, input, i, path, &NAMES, err)) < 0)
            return -1;
    }
    return tensors_open(state, input, pool, contents, err);
}

const struct source source_idx = {
    .name = "idx",
    .help = "IDX files as MNIST has them (.gz too), or their folder; --split train|test",
    .state_size = sizeof(struct tensors),
    .probe = probe_idx,
    .open = open_idx,
    .read = tensors_read,
    .file = tensors_file,
    .decode = tensors_decode,
    .soft_label = tensors_soft_label,
    .origin = tensors_origin,
    .close = tensors_close,
    .splits = true,
    .label_sets = 1,
};

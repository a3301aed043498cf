/* Class-per-folder pictures (class_tree.h). */
#include "base/files.h"
#include "sources/pictures/class_tree.h"
#include "sources/pictures/picture_files.h"

struct folder {
    struct picture_files pictures; // first: see picture_files.h
    struct class_tree tree;
    struct text note;
};

static int check_folders(const struct input *input, struct err *err) {
    for (int i = 0; i < input->n_paths; i++) {
        enum file_kind kind = file_kind(input->paths[i]);
        if (kind != FILE_FOLDER && kind != FILE_MISSING)
            return fail(
                err, "%s: not a folder; pictures are expected as FOLDER/CLASS/PICTURE: name FOLDER",
                input->paths[i]);
    }
    return 0;
}

static int open_folder(void *state, const struct input *input, struct pool *pool,
                       struct contents *contents, struct err *err) {
    struct folder *folder = state;
    struct path_list *files = &folder->pictures.files;
    files->roots = input->paths;
    files->n_roots = input->n_paths;
    if (input->labels)
        return fail(err,
                    "--labels %s: the labels of %s are the names of its folders; for a list of "
                    "labels give --from list",
                    input->labels, input->paths[0]);
    if (check_folders(input, err) < 0 ||
        class_tree_open(&folder->tree, input, files, &folder->note, err) < 0 ||
        picture_files_open(&folder->pictures, input, pool, contents, err) < 0)
        return -1;
    contents->n_classes = folder->tree.n_classes;
    contents->class_names = folder->tree.class_names;
    contents->label = folder->tree.label;
    contents->note = folder->note.used ? text_terminate(&folder->note) : NULL;
    return 0;
}

static bool probe_folder(const char *path) {
    return file_kind(path) == FILE_FOLDER;
}

static void close_folder(void *state) {
    struct folder *folder = state;
    class_tree_close(&folder->tree);
    picture_files_close(&folder->pictures);
    text_close(&folder->note);
}

const struct source source_folder = {
    .name = "folder",
    .help = "a folder of class folders of pictures (PNG, JPEG, BMP)",
    .state_size = sizeof(struct folder),
    .probe = probe_folder,
    .open = open_folder,
    .read = picture_files_read,
    .decode = picture_files_decode,
    .look = picture_files_look,
    .origin = picture_files_origin,
    .close = close_folder,
    .file_per_sample = true,
    .splits = true,
    .label_sets = 1,
};

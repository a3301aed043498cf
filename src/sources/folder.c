/* Class-per-folder pictures (class_tree.h). What a file is, its content says. */
#include "base/files.h"
#include "base/memory.h"
#include "sources/class_tree.h"
#include "sources/headers.h"
#include "sources/source.h"

#include <stdlib.h>

struct folder {
    struct class_tree tree;
    struct header_rules rules;
    uint8_t *unusable; // (files) flags: the header is no picture's
    int w, h, channels;
    enum fit fit;
};

static int read_start(const void *data, uint32_t file, size_t most, struct arena *arena,
                      uint8_t **bytes, size_t *size, struct err *err) {
    char *path = class_tree_full_path(data, file);
    int result = file_read(path, most, arena, bytes, size, err);
    free(path);
    return result;
}

static void name_file(const void *data, uint32_t file, struct text *name) {
    char *path = class_tree_full_path(data, file);
    text_string(name, path);
    free(path);
}

static int settle_size(struct folder *folder, const struct input *input,
                       const struct headers *found, struct err *err) {
    if (!input->w && found->odd != UINT32_MAX)
        return fail(err,
                    "pictures differ in size: %s is %d x %d, %s is %d x %d; "
                    "give --size WxH (and --fit crop|pad|squash)",
                    class_tree_path(&folder->tree, found->first), found->w, found->h,
                    class_tree_path(&folder->tree, found->odd), found->odd_w, found->odd_h);
    folder->w = input->w ? input->w : found->w;
    folder->h = input->h ? input->h : found->h;
    folder->fit = input->fit;
    folder->channels = input->channels ? input->channels : found->colour ? 3 : 1;
    return 0;
}

static int open_folder(void *state, const struct input *input, struct pool *pool,
                       struct contents *contents, struct err *err) {
    struct folder *folder = state;
    struct class_tree *tree = &folder->tree;
    folder->rules = (struct header_rules){input->max_pixels, input->upright};
    if (class_tree_open(tree, input->paths, input->n_paths, err) < 0)
        return -1;
    folder->unusable = must_calloc(tree->n, 1);
    struct header_files files = {tree, tree->n, read_start, name_file};
    struct headers found = headers_scan(&files, &folder->rules, pool, folder->unusable);
    *contents = (struct contents){.failures = found.failures, .n_failures = found.n_failures};
    if (found.first == UINT32_MAX)
        return fail(err, "%s: none of %u files is a picture that can be read; the first: %s",
                    input->paths[0], tree->n, found.failures[0].reason);
    if (settle_size(folder, input, &found, err) < 0)
        return -1;
    contents->n = tree->n;
    contents->shape = (struct shape){3, {folder->h, folder->w, folder->channels}};
    contents->dtype = DTYPE_UINT8;
    contents->n_classes = tree->n_class_names;
    contents->class_names = tree->class_names;
    contents->label = tree->label;
    contents->unusable = folder->unusable;
    return 0;
}

static bool probe_folder(const char *path) {
    return file_kind(path) == FILE_FOLDER;
}

static int read_file(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                     struct err *err) {
    return read_start(&((const struct folder *)state)->tree, sample, PICTURE_BYTES_MAX, arena,
                      &raw->bytes, &raw->size, err);
}

static int decode_file(const void *state, uint32_t sample, const struct raw *raw,
                       struct arena *arena, void *pixels, struct err *err) {
    const struct folder *folder = state;
    struct picture picture;
    struct err why;
    if (picture_decode(raw->bytes, raw->size, folder->rules.max_pixels, folder->channels,
                       folder->rules.upright, arena, &picture, &why) < 0) {
        char *path = class_tree_full_path(&folder->tree, sample);
        fail(err, "%s: %s", path, why.text);
        free(path);
        return -1;
    }
    resize_fit(&picture, folder->fit, folder->w, folder->h, arena, pixels);
    return 0;
}

static struct origin origin_of_file(const void *state, uint32_t sample, struct text *path) {
    const struct class_tree *tree = &((const struct folder *)state)->tree;
    text_string(path, class_tree_path(tree, sample));
    return (struct origin){tree->entries[sample].root, -1};
}

static void close_folder(void *state) {
    struct folder *folder = state;
    class_tree_close(&folder->tree);
    free(folder->unusable);
}

const struct source source_folder = {
    .name = "folder",
    .help = "a folder of class folders of pictures (PNG, JPEG, BMP)",
    .state_size = sizeof(struct folder),
    .probe = probe_folder,
    .open = open_folder,
    .read = read_file,
    .decode = decode_file,
    .origin = origin_of_file,
    .close = close_folder,
    .file_per_sample = true,
    .label_sets = 1,
};

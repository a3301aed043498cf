/* Class-per-folder pictures: ROOT/CLASS/…/picture, as torchvision's ImageFolder reads them. Classes
 * and samples stand in byte order of their names; links are followed, names with a leading dot are
 * passed over. What a file is, its content says. */
#include "base/files.h"
#include "base/names.h"
#include "base/text.h"
#include "sources/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    HEADER_BYTES = 1 << 16,      // enough for the header of nearly every picture
    PICTURE_BYTES_MAX = 1 << 30, // of one file
    SCAN_FILES = 64,             // of one item when headers are read
    DEPTH_MAX = 128,             // folders below each other
};

/* One picture file: where its path begins in `paths`, and its root. */
struct entry {
    uint64_t path;
    int root;
};

struct folder {
    char **roots; // (n_roots) as given, owned by the input
    int n_roots;
    struct text paths; // all paths relative to their roots, zero-terminated
    struct entry *entries;
    uint32_t n, room;
    int *label;        // (n) class
    uint8_t *unusable; // (n) flags: the header is no picture's
    char **class_names;
    int n_class_names;
    int w, h, channels;
    enum fit fit;
    bool upright;
    long max_pixels;
};

static const char *entry_path(const struct folder *folder, const struct entry *entry) {
    return folder->paths.bytes + entry->path;
}

static char *full_path(const struct folder *folder, uint32_t sample) {
    const struct entry *entry = &folder->entries[sample];
    return path_join(folder->roots[entry->root], entry_path(folder, entry));
}

/* --- listing --- */

/* The folders that lead to where the walk is: a link back to one of them is a loop. */
struct trail {
    const struct trail *up;
    dev_t device;
    ino_t inode;
    int depth;
};

static bool is_loop(const struct trail *trail) {
    for (const struct trail *at = trail->up; at; at = at->up)
        if (at->device == trail->device && at->inode == trail->inode)
            return true;
    return false;
}

static int add_entry(struct folder *folder, int root, const char *path, struct err *err) {
    if (folder->n == INT32_MAX)
        return fail(err, "%s: more than %d files", folder->roots[root], INT32_MAX);
    if (folder->n == folder->room) {
        folder->room = folder->room ? folder->room * 2 : 1024;
        folder->entries =
            must_realloc(folder->entries, (size_t)folder->room * sizeof *folder->entries);
    }
    folder->entries[folder->n++] = (struct entry){folder->paths.used, root};
    text_bytes(&folder->paths, path, strlen(path) + 1);
    return 0;
}

static int walk(struct folder *folder, int root, const char *path, const struct trail *up,
                struct err *err);

static int visit(struct folder *folder, int root, const char *path, const struct trail *up,
                 struct err *err) {
    char *full = path_join(folder->roots[root], path);
    int result = file_kind(full) == FILE_FOLDER ? walk(folder, root, path, up, err)
                                                : add_entry(folder, root, path, err);
    free(full);
    return result;
}

/* All files below path (relative to the root). */
static int walk(struct folder *folder, int root, const char *path, const struct trail *up,
                struct err *err) {
    struct stat status;
    char **names, *full = path_join(folder->roots[root], path);
    size_t n;
    int result = -1;
    struct trail here = {.up = up, .depth = up ? up->depth + 1 : 0};
    if (stat(full, &status) < 0) {
        fail(err, "%s: %s", full, strerror(errno));
        goto done;
    }
    here.device = status.st_dev;
    here.inode = status.st_ino;
    if (is_loop(&here)) {
        result = 0;
        goto done;
    }
    if (here.depth > DEPTH_MAX) {
        fail(err, "%s: more than %d folders below each other", full, DEPTH_MAX);
        goto done;
    }
    if (folder_names(full, &names, &n, err) < 0)
        goto done;
    result = 0;
    for (size_t i = 0; i < n && result == 0; i++) {
        char *below = path_join(path, names[i]);
        result = visit(folder, root, below, &here, err);
        free(below);
    }
    names_free(names, n);
done:
    free(full);
    return result;
}

static int find_class(const struct folder *folder, const char *name) {
    for (int k = 0; k < folder->n_class_names; k++)
        if (strcmp(folder->class_names[k], name) == 0)
            return k;
    return -1;
}

static void add_class(struct folder *folder, const char *name) {
    char *escaped = name_of_folder(name);
    if (find_class(folder, escaped) >= 0) {
        free(escaped);
        return;
    }
    size_t n = (size_t)folder->n_class_names + 1;
    folder->class_names = must_realloc(folder->class_names, n * sizeof(char *));
    folder->class_names[folder->n_class_names++] = escaped;
}

static int list_class(struct folder *folder, int root, const char *name, struct err *err) {
    uint32_t before = folder->n;
    char *full = path_join(folder->roots[root], name);
    int result = 0;
    if (file_kind(full) != FILE_FOLDER)
        goto done;
    add_class(folder, name);
    result = walk(folder, root, name, NULL, err);
    if (result == 0 && folder->n == before)
        result = fail(err, "%s: class '%s' has no pictures; put some there or remove the folder",
                      full, name);
done:
    free(full);
    return result;
}

static int list_root(struct folder *folder, int root, struct err *err) {
    const char *path = folder->roots[root];
    uint32_t before = folder->n;
    char **names;
    size_t n;
    if (folder_names(path, &names, &n, err) < 0)
        return -1;
    int result = 0;
    for (size_t i = 0; i < n && result == 0; i++)
        result = list_class(folder, root, names[i], err);
    names_free(names, n);
    if (result == 0 && folder->n == before)
        return fail(err,
                    "%s: no class folders (%zu other names): pictures are expected as "
                    "%s/CLASS/PICTURE",
                    path, n, path);
    return result;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int by_path(const void *a, const void *b, void *context) {
    const struct folder *folder = context;
    const struct entry *x = a, *y = b;
    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return strcmp(entry_path(folder, x), entry_path(folder, y));
}

/* The class is the first folder of the path; neighbours in the list mostly share it. */
static void label_entries(struct folder *folder) {
    char *class_folder = must_strdup("");
    int label = -1;
    folder->label = must_calloc(folder->n, sizeof *folder->label);
    folder->unusable = must_calloc(folder->n, 1);
    for (uint32_t i = 0; i < folder->n; i++) {
        const char *path = entry_path(folder, &folder->entries[i]);
        size_t length = (size_t)(strchr(path, '/') - path);
        if (strlen(class_folder) != length || memcmp(class_folder, path, length) != 0) {
            free(class_folder);
            class_folder = memcpy(must_calloc(length + 1, 1), path, length);
            char *name = name_of_folder(class_folder);
            label = find_class(folder, name);
            free(name);
        }
        folder->label[i] = label;
    }
    free(class_folder);
}

static int list_files(struct folder *folder, const struct input *input, struct err *err) {
    folder->roots = input->paths;
    folder->n_roots = input->n_paths;
    for (int i = 0; i < input->n_paths; i++)
        if (list_root(folder, i, err) < 0)
            return -1;
    qsort(folder->class_names, (size_t)folder->n_class_names, sizeof(char *), by_name);
    qsort_r(folder->entries, folder->n, sizeof *folder->entries, by_path, folder);
    label_entries(folder);
    return 0;
}

/* --- headers: which files are pictures, of what size and kind --- */

/* Of one run of files: what their headers say. */
struct header_scan_item {
    struct failure *failures;
    size_t n_failures;
    uint32_t first, odd; // a picture, and one of another size than it, or UINT32_MAX
    int w, h;            // of first
    int odd_w, odd_h;
    bool colour;
};

struct header_scan {
    struct folder *folder;
    struct header_scan_item *items;
    struct arena *arenas; // (threads)
};

static int probe_file(const struct folder *folder, const char *path, struct arena *arena,
                      struct picture_info *info, struct err *err) {
    uint8_t *bytes;
    size_t size;
    struct err why;
    if (file_read(path, HEADER_BYTES, arena, &bytes, &size, err) < 0)
        return -1;
    if (picture_probe(bytes, size, folder->max_pixels, info, &why) == 0)
        return 0;
    if (size == HEADER_BYTES && file_read(path, PICTURE_BYTES_MAX, arena, &bytes, &size, err) < 0)
        return -1;
    if (size >= HEADER_BYTES && picture_probe(bytes, size, folder->max_pixels, info, &why) == 0)
        return 0;
    return fail(err, "%s: %s", path, why.text);
}

static void note_failure(struct header_scan_item *item, uint32_t sample, const char *reason) {
    item->failures = must_realloc(item->failures, (item->n_failures + 1) * sizeof *item->failures);
    item->failures[item->n_failures++] = (struct failure){sample, must_strdup(reason)};
}

static void note_size(struct header_scan_item *item, uint32_t sample, int w, int h) {
    if (item->first == UINT32_MAX) {
        item->first = sample;
        item->w = w;
        item->h = h;
    } else if (item->odd == UINT32_MAX && (w != item->w || h != item->h)) {
        item->odd = sample;
        item->odd_w = w;
        item->odd_h = h;
    }
}

static void scan_headers_item(void *data, int at, int thread) {
    struct header_scan *scan = data;
    struct folder *folder = scan->folder;
    struct header_scan_item *item = &scan->items[at];
    *item = (struct header_scan_item){.first = UINT32_MAX, .odd = UINT32_MAX};
    uint32_t first = (uint32_t)at * SCAN_FILES;
    uint32_t end = first + SCAN_FILES < folder->n ? first + SCAN_FILES : folder->n;
    for (uint32_t i = first; i < end; i++) {
        struct picture_info info;
        struct err err;
        char *path = full_path(folder, i);
        if (probe_file(folder, path, &scan->arenas[thread], &info, &err) < 0) {
            note_failure(item, i, err.text);
            folder->unusable[i] = 1;
        } else {
            bool turned = folder->upright && info.orientation >= 5;
            note_size(item, i, turned ? info.h : info.w, turned ? info.w : info.h);
            item->colour |= info.channels >= 3;
        }
        free(path);
        arena_reset(&scan->arenas[thread]);
    }
}

/* Joins what the items found into one item that stands for all files. */
static struct header_scan_item join_items(const struct header_scan_item *items, int n) {
    struct header_scan_item all = {.first = UINT32_MAX, .odd = UINT32_MAX};
    for (int i = 0; i < n; i++) {
        const struct header_scan_item *item = &items[i];
        if (item->n_failures > 0) {
            size_t total = all.n_failures + item->n_failures;
            all.failures = must_realloc(all.failures, total * sizeof *all.failures);
            memcpy(all.failures + all.n_failures, item->failures,
                   item->n_failures * sizeof *all.failures);
            all.n_failures = total;
            free(item->failures);
        }
        if (item->first != UINT32_MAX)
            note_size(&all, item->first, item->w, item->h);
        if (item->odd != UINT32_MAX)
            note_size(&all, item->odd, item->odd_w, item->odd_h);
        all.colour |= item->colour;
    }
    return all;
}

static struct header_scan_item scan_headers(struct folder *folder, struct pool *pool) {
    int n_items = (int)((folder->n + SCAN_FILES - 1) / SCAN_FILES);
    struct header_scan scan = {.folder = folder};
    scan.items = must_calloc((size_t)n_items, sizeof *scan.items);
    scan.arenas = must_calloc((size_t)pool_threads(pool), sizeof *scan.arenas);
    parallel_for(pool, n_items, scan_headers_item, &scan);
    struct header_scan_item all = join_items(scan.items, n_items);
    for (int i = 0; i < pool_threads(pool); i++)
        arena_close(&scan.arenas[i]);
    free(scan.arenas);
    free(scan.items);
    return all;
}

static int settle_size(struct folder *folder, const struct input *input,
                       const struct header_scan_item *found, struct err *err) {
    if (!input->w && found->odd != UINT32_MAX)
        return fail(err,
                    "pictures differ in size: %s is %d x %d, %s is %d x %d; "
                    "give --size WxH (and --fit crop|pad|squash)",
                    entry_path(folder, &folder->entries[found->first]), found->w, found->h,
                    entry_path(folder, &folder->entries[found->odd]), found->odd_w, found->odd_h);
    folder->w = input->w ? input->w : found->w;
    folder->h = input->h ? input->h : found->h;
    folder->fit = input->fit;
    folder->channels = input->channels ? input->channels : found->colour ? 3 : 1;
    return 0;
}

static int open_folder(void *state, const struct input *input, struct pool *pool,
                       struct contents *contents, struct err *err) {
    struct folder *folder = state;
    folder->max_pixels = input->max_pixels;
    folder->upright = input->upright;
    if (list_files(folder, input, err) < 0)
        return -1;
    struct header_scan_item found = scan_headers(folder, pool);
    *contents = (struct contents){.failures = found.failures, .n_failures = found.n_failures};
    if (found.first == UINT32_MAX)
        return fail(err, "%s: none of %u files is a picture that can be read; the first: %s",
                    input->paths[0], folder->n, found.failures[0].reason);
    if (settle_size(folder, input, &found, err) < 0)
        return -1;
    contents->n = folder->n;
    contents->shape = (struct shape){3, {folder->h, folder->w, folder->channels}};
    contents->dtype = DTYPE_UINT8;
    contents->n_classes = folder->n_class_names;
    contents->class_names = folder->class_names;
    contents->label = folder->label;
    contents->unusable = folder->unusable;
    return 0;
}

/* --- samples --- */

static bool probe_folder(const char *path) {
    return file_kind(path) == FILE_FOLDER;
}

static int read_file(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                     struct err *err) {
    char *path = full_path(state, sample);
    int result = file_read(path, PICTURE_BYTES_MAX, arena, &raw->bytes, &raw->size, err);
    free(path);
    return result;
}

static int decode_file(const void *state, uint32_t sample, const struct raw *raw,
                       struct arena *arena, void *pixels, struct err *err) {
    const struct folder *folder = state;
    struct picture picture;
    struct err why;
    if (picture_decode(raw->bytes, raw->size, folder->max_pixels, folder->channels, folder->upright,
                       arena, &picture, &why) < 0) {
        char *path = full_path(folder, sample);
        fail(err, "%s: %s", path, why.text);
        free(path);
        return -1;
    }
    resize_fit(&picture, folder->fit, folder->w, folder->h, arena, pixels);
    return 0;
}

/* Of several roots the path tells which: ROOT/CLASS/PICTURE. */
static int64_t origin_of_file(const void *state, uint32_t sample, struct text *path) {
    const struct folder *folder = state;
    const struct entry *entry = &folder->entries[sample];
    if (folder->n_roots > 1) {
        char *root = path_base(folder->roots[entry->root]);
        text_string(path, root);
        text_string(path, "/");
        free(root);
    }
    text_string(path, entry_path(folder, entry));
    return -1;
}

static void close_folder(void *state) {
    struct folder *folder = state;
    names_free(folder->class_names, (size_t)folder->n_class_names);
    text_close(&folder->paths);
    free(folder->entries);
    free(folder->label);
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
    .files = true,
    .label_sets = 1,
};

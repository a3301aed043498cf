#include "sources/archives/tar_shards.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/streams.h"
#include "base/words.h"
#include "formats/tar.h"
#include "sources/pictures/splits.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEPT_OPEN = 256 }; // files; the others are opened for each sample

/* --- probing --- */

static bool probe_folder(const char *path) {
    struct err ignored;
    char **names;
    size_t n;
    bool shards = false;
    if (folder_names(path, &names, &n, &ignored) < 0)
        return false;
    for (size_t i = 0; i < n; i++)
        shards |= ends_with(names[i], ".tar");
    strings_free(names, n);
    return shards && !folder_has_folders(path);
}

static bool probe_file(const char *path) {
    struct err ignored;
    uint8_t block[TAR_BLOCK];
    uint64_t size;
    int fd = file_open(path, &size, &ignored);
    if (fd < 0)
        return false;
    bool tar =
        file_read_at(fd, path, block, sizeof block, 0, &ignored) == 0 && tar_is_header(block);
    close(fd);
    return tar;
}

bool tar_shards_probe(const char *path) {
    return path_is_stream(path) ||
           (file_kind(path) == FILE_FOLDER ? probe_folder : probe_file)(path);
}

/* --- naming --- */

static void add_shard(struct tar_shards *shards, const char *path, int input, bool stream) {
    shards->index =
        must_grow(shards->index, (size_t)shards->n, &shards->room, sizeof *shards->index);
    tar_index_open(&shards->index[shards->n++], path, input, stream);
}

/* What comes before the first dash, dot or underscore of a shard's name. */
static size_t prefix_length(const char *name) {
    return strcspn(name, "-._");
}

static bool has_prefix(const char *name, const char *split) {
    return strlen(split) == prefix_length(name) && strncmp(name, split, strlen(split)) == 0;
}

/* Whether shards of several splits lie there. */
static bool differ_in_split(char **names, size_t n) {
    const char *first = NULL;
    for (size_t i = 0; i < n; i++) {
        size_t length = prefix_length(names[i]);
        if (split_meaning(names[i], length) < 0)
            continue;
        if (first && (prefix_length(first) != length || strncmp(first, names[i], length) != 0))
            return true;
        first = names[i];
    }
    return false;
}

static size_t keep_shards(char **names, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (ends_with(names[i], ".tar"))
            names[kept++] = names[i];
        else
            free(names[i]);
    }
    return kept;
}

static void note_choice(struct text *note, const char *folder, const char *split, int taken,
                        size_t n) {
    char name[ERR_TEXT];
    printable(name, sizeof name, folder);
    text_string(note, note->used ? "; " : "");
    text_string(note, name);
    text_format(note, ": reading %d of %zu archives, those of the split %s; --split names another",
                taken, n, split);
}

static int add_folder(struct tar_shards *shards, int at, const struct input *input,
                      struct text *note, struct err *err) {
    const char *folder = input->paths[at], *split = input->split;
    char **names;
    size_t n;
    int before = shards->n;
    if (folder_names(folder, &names, &n, err) < 0)
        return -1;
    n = keep_shards(names, n);
    bool choose = !split && differ_in_split(names, n);
    if (choose)
        split = "train";
    for (size_t i = 0; i < n; i++) {
        char *path = path_join(folder, names[i]);
        if (!split || has_prefix(names[i], split))
            add_shard(shards, path, at, false);
        free(path);
    }
    strings_free(names, n);
    int taken = shards->n - before;
    if (n == 0)
        return fail(err, "%s: no tar archives (*.tar) in this folder", folder);
    if (taken == 0)
        return fail(err, "%s: none of its %zu archive%s is of the split '%s' (%s-*.tar)%s", folder,
                    n, s_of(n), split, split, input->split ? "" : "; name another with --split");
    if (choose)
        note_choice(note, folder, split, taken, n);
    return 0;
}

int tar_shards_list(struct tar_shards *shards, const struct input *input, struct text *note,
                    struct err *err) {
    *shards = (struct tar_shards){0};
    for (int i = 0; i < input->n_paths; i++) {
        const char *path = input->paths[i];
        bool stream = path_is_stream(path), folder = file_kind(path) == FILE_FOLDER;
        if (stream && input->n_paths > 1)
            return fail(err, "%s: a stream is read alone, here among %d inputs", path,
                        input->n_paths);
        if (input->split && !folder)
            return fail(err, "%s: --split %s chooses among the shards of a folder; leave it out",
                        path, input->split);
        if (!folder)
            add_shard(shards, path, i, stream);
        else if (add_folder(shards, i, input, note, err) < 0)
            return -1;
    }
    return 0;
}

void tar_shards_close(struct tar_shards *shards) {
    for (int i = 0; i < shards->n; i++)
        tar_index_close(&shards->index[i]);
    free(shards->index);
}

/* --- listing --- */

struct listing {
    struct tar_shards *shards;
    struct err *errs;     // (shards)
    uint8_t *failed;      // (shards)
    struct arena *arenas; // (threads)
};

static void index_item(void *data, int item, int thread) {
    struct listing *listing = data;
    bool keep = item < KEPT_OPEN;
    listing->failed[item] = tar_index_file(&listing->shards->index[item], keep,
                                           &listing->arenas[thread], &listing->errs[item]) < 0;
}

/* Numbers the samples through. */
static int number(struct tar_shards *shards, struct err *err) {
    uint64_t n = 0;
    for (int i = 0; i < shards->n; i++) {
        shards->index[i].first = (uint32_t)n;
        n += shards->index[i].n;
        if (n > INT32_MAX)
            return fail(err, "%s: more than %d samples in all", shards->index[i].path, INT32_MAX);
    }
    return 0;
}

int tar_shards_index(struct tar_shards *shards, struct pool *pool, struct err *err) {
    struct listing listing = {.shards = shards};
    listing.errs = must_calloc((size_t)shards->n, sizeof *listing.errs);
    listing.failed = must_calloc((size_t)shards->n, 1);
    listing.arenas = arenas_open(pool);
    parallel_for(pool, shards->n, index_item, &listing);
    int result = 0;
    for (int i = 0; i < shards->n && result == 0; i++)
        if (listing.failed[i])
            result = fail(err, "%s", listing.errs[i].text);
    arenas_close(listing.arenas, pool);
    free(listing.failed);
    free(listing.errs);
    return result < 0 ? -1 : number(shards, err);
}

const struct tar_index *tar_shards_of(const struct tar_shards *shards, uint32_t sample) {
    int low = 0, high = shards->n;
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (shards->index[middle].first <= sample)
            low = middle;
        else
            high = middle;
    }
    return &shards->index[low];
}

void tar_shards_name(const struct tar_shards *shards, uint32_t sample, struct text *name) {
    const struct tar_index *index = tar_shards_of(shards, sample);
    tar_index_name(index, sample - index->first, name);
}

int tar_shards_fail(const struct tar_shards *shards, uint32_t sample, const char *why,
                    struct err *err) {
    struct text name = {0};
    tar_shards_name(shards, sample, &name);
    fail(err, "%s: %s", text_terminate(&name), why);
    text_close(&name);
    return -1;
}

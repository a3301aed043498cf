#include "sources/archives/tar_samples.h"

#include "sources/pictures/headers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    MEMBERS_MAX = 256,         // of one sample
    LABEL_BYTES_MAX = 8 << 20, // of one member
};

void tar_samples_open(struct tar_samples *samples, const struct tar_bytes *bytes) {
    *samples = (struct tar_samples){0};
    tar_walk_open(&samples->walk, bytes);
}

static void forget(struct tar_sample *sample) {
    for (int k = 0; k < N_PARTS; k++)
        free(sample->part[k].bytes);
    memset(sample->part, 0, sizeof sample->part);
    memset(sample->n_pictures, 0, sizeof sample->n_pictures);
    sample->n_members = 0;
    sample->key.used = sample->picture.used = sample->extensions.used = 0;
}

void tar_samples_close(struct tar_samples *samples) {
    forget(&samples->sample);
    text_close(&samples->sample.key);
    text_close(&samples->sample.picture);
    text_close(&samples->sample.extensions);
    tar_walk_close(&samples->walk);
}

/* --- names --- */

struct member_name {
    const char *path; // without a leading ./
    size_t key;       // bytes of the key
};

/* What old tar programs leave behind when they unpack headers that they do not know. */
static bool is_debris(const char *path) {
    for (const char *at = path; at; at = strchr(at, '/')) {
        at += *at == '/';
        if (strncmp(at, "PaxHeader", 9) == 0)
            return true;
    }
    return false;
}

/* false: the member belongs to no sample. */
static bool split_name(const char *path, struct member_name *name) {
    while (strncmp(path, "./", 2) == 0)
        path += 2;
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path, *dot = strchr(base, '.');
    if (!dot || dot == base || is_debris(path))
        return false;
    *name = (struct member_name){path, (size_t)(dot - path)};
    return true;
}

static bool has_key(const struct tar_sample *sample, const struct member_name *name) {
    return sample->key.used == name->key && memcmp(sample->key.bytes, name->path, name->key) == 0;
}

int tar_samples_fail(const struct tar_samples *samples, struct err *err, const char *why) {
    return fail(err, "%s: sample %s: %s", samples->walk.bytes.archive, samples->sample.key.bytes,
                why);
}

/* "png, cls": what the sample has. */
int tar_samples_fail_parts(const struct tar_samples *samples, struct err *err, const char *why) {
    const struct text *all = &samples->sample.extensions;
    struct text list = {0};
    struct err inner;
    for (const char *at = all->bytes; at < all->bytes + all->used; at += strlen(at) + 1) {
        text_string(&list, list.used ? ", " : "");
        text_string(&list, at);
    }
    fail(&inner,
         "%s; its members: %s (those of one sample must follow each other: tar --sort=name)", why,
         text_terminate(&list));
    text_close(&list);
    return tar_samples_fail(samples, err, inner.text);
}

/* --- one member --- */

/* Adds the extension to those of the sample. NULL: an error. */
static const char *add_extension(struct tar_samples *samples, const char *extension,
                                 struct err *err) {
    struct tar_sample *sample = &samples->sample;
    struct text *all = &sample->extensions;
    size_t start = all->used, n = strlen(extension) + 1;
    text_bytes(all, extension, n);
    for (size_t i = start; i < all->used; i++)
        all->bytes[i] = (char)tolower((unsigned char)all->bytes[i]);
    const char *added = all->bytes + start;
    for (const char *at = all->bytes; at < added; at += strlen(at) + 1)
        if (strcmp(at, added) == 0) {
            tar_samples_fail_parts(samples, err, "two members of one kind");
            return NULL;
        }
    if (++sample->n_members > MEMBERS_MAX) {
        tar_samples_fail(samples, err, "more than 256 members");
        return NULL;
    }
    return added;
}

static bool is_picture(const char *suffix) {
    static const char *const known[] = {"png", "jpg", "jpeg", "bmp"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(suffix, known[i]) == 0)
            return true;
    return false;
}

/* What a member is; N_PARTS: nothing that matters. */
static enum part_kind kind_of(const char *extension) {
    const char *dot = strrchr(extension, '.');
    if (is_picture(dot ? dot + 1 : extension))
        return PART_PICTURE;
    return strcmp(extension, "label.npy") == 0 ? PART_SOFT
           : strcmp(extension, "json") == 0    ? PART_JSON
           : strcmp(extension, "cls") == 0     ? PART_CLASS
                                               : N_PARTS;
}

static int take_part(struct tar_samples *samples, enum part_kind kind, struct err *err) {
    struct tar_walk *walk = &samples->walk;
    struct part *part = &samples->sample.part[kind];
    uint64_t most = kind == PART_PICTURE ? PICTURE_BYTES_MAX : LABEL_BYTES_MAX;
    if (walk->data_size > most)
        return fail(err, "%s: %s: %llu bytes, where %llu are the most", walk->bytes.archive,
                    walk->path.bytes, (unsigned long long)walk->data_size,
                    (unsigned long long)most);
    free(part->bytes);
    *part = (struct part){true, walk->data, walk->data_size, NULL};
    return walk->bytes.stream ? tar_walk_data(walk, &part->bytes, err) : 0;
}

/* KEY.png goes before KEY.more.png, and otherwise there must be only one. */
static int take_picture(struct tar_samples *samples, const char *extension, const char *path,
                        struct err *err) {
    struct tar_sample *sample = &samples->sample;
    int longer = strchr(extension, '.') != NULL;
    if (sample->n_pictures[longer]++ > 0 || (longer && sample->n_pictures[0] > 0))
        return 0;
    sample->picture.used = 0;
    text_string(&sample->picture, path);
    text_terminate(&sample->picture);
    return take_part(samples, PART_PICTURE, err);
}

static int add_member(struct tar_samples *samples, const struct member_name *name,
                      struct err *err) {
    struct tar_sample *sample = &samples->sample;
    if (sample->n_members == 0) {
        text_bytes(&sample->key, name->path, name->key);
        text_terminate(&sample->key);
    }
    const char *extension = add_extension(samples, name->path + name->key + 1, err);
    if (!extension)
        return -1;
    enum part_kind kind = kind_of(extension);
    if (kind == PART_PICTURE)
        return take_picture(samples, extension, name->path, err);
    return kind == N_PARTS ? 0 : take_part(samples, kind, err);
}

/* --- one sample --- */

static int check_pictures(const struct tar_samples *samples, struct err *err) {
    const int *n = samples->sample.n_pictures;
    if (n[0] + n[1] == 0)
        return tar_samples_fail_parts(samples, err, "no picture (png, jpg, jpeg, bmp)");
    if (n[0] > 1 || (n[0] == 0 && n[1] > 1))
        return tar_samples_fail_parts(samples, err, "several pictures, where one is expected");
    return 0;
}

int tar_samples_next(struct tar_samples *samples, struct err *err) {
    struct tar_sample *sample = &samples->sample;
    struct member_name name = {0};
    forget(sample);
    for (;; samples->at_member = false) {
        int found = samples->at_member ? 1 : tar_walk_next(&samples->walk, err);
        if (found < 0)
            return -1;
        samples->at_member = found > 0;
        bool belongs = found > 0 && split_name(samples->walk.path.bytes, &name);
        if (found > 0 && !belongs)
            continue;
        if (sample->n_members > 0 && !(belongs && has_key(sample, &name)))
            return check_pictures(samples, err) < 0 ? -1 : 1;
        if (found == 0)
            return 0;
        if (add_member(samples, &name, err) < 0)
            return -1;
    }
}

int tar_samples_bytes(struct tar_samples *samples, enum part_kind kind, struct arena *arena,
                      uint8_t **bytes, struct err *err) {
    const struct part *part = &samples->sample.part[kind];
    *bytes = arena_take(arena, (size_t)part->size + 1);
    (*bytes)[part->size] = 0;
    if (!samples->walk.bytes.stream)
        return tar_bytes_read(&samples->walk.bytes, *bytes, (size_t)part->size, part->at, err);
    if (part->size > 0)
        memcpy(*bytes, part->bytes, (size_t)part->size);
    return 0;
}

#include "sources/archives/tar_index.h"

#include "base/files.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char STANDARD_INPUT[] = "standard input";

enum { HELD_PICTURE, HELD_SOFT, HELD_JSON, N_HELD };

void tar_index_open(struct tar_index *index, const char *path, int input, bool stream) {
    *index = (struct tar_index){.input = input, .fd = -1, .stream = stream};
    index->path = must_strdup(stream && strcmp(path, "-") == 0 ? STANDARD_INPUT : path);
    index->name = path_base(index->path);
    tar_classes_open(&index->classes);
}

static void forget_samples(struct tar_index *index) {
    for (uint32_t i = 0; i < index->n && index->held; i++)
        for (int k = 0; k < N_HELD; k++)
            free(index->held[i][k]);
    index->n = 0;
    index->names.used = 0;
    tar_classes_open(&index->classes);
}

void tar_index_close(struct tar_index *index) {
    forget_samples(index);
    free(index->held);
    free(index->entries);
    free(index->label);
    free(index->json);
    text_close(&index->names);
    free(index->path);
    free(index->name);
    if (index->fd >= 0)
        close(index->fd);
}

/* --- listing --- */

static void make_room(struct tar_index *index) {
    if (index->n < index->room)
        return;
    size_t room = index->room = index->room ? index->room * 2 : 256;
    index->entries = must_realloc(index->entries, room * sizeof *index->entries);
    index->label = must_realloc(index->label, room * sizeof *index->label);
    if (index->keeps_json)
        index->json = must_realloc(index->json, room * sizeof *index->json);
    if (index->stream)
        index->held = must_realloc(index->held, room * sizeof *index->held);
}

/* Takes the bytes of a part over. */
static uint8_t *take_bytes(struct tar_sample *sample, enum part_kind kind) {
    uint8_t *bytes = sample->part[kind].bytes;
    sample->part[kind].bytes = NULL;
    return bytes;
}

/* Of a stream: the bytes go over to the index. */
static void hold(struct tar_index *index, struct tar_sample *sample, enum part_kind soft) {
    uint8_t **held = index->held[index->n];
    held[HELD_PICTURE] = take_bytes(sample, PART_PICTURE);
    held[HELD_SOFT] = soft == PART_CLASS ? NULL : take_bytes(sample, soft);
    held[HELD_JSON] = index->keeps_json ? take_bytes(sample, PART_JSON) : NULL;
}

static void note_json(struct tar_index *index, const struct tar_sample *sample,
                      enum part_kind soft) {
    const struct part *json = &sample->part[PART_JSON];
    bool found = json->there && soft != PART_JSON;
    index->json[index->n] =
        found ? (struct tar_extent){json->at, (uint32_t)json->size} : (struct tar_extent){0};
}

static int add_sample(struct tar_index *index, struct tar_samples *samples, struct arena *arena,
                      struct err *err) {
    struct tar_sample *sample = &samples->sample;
    const struct part *picture = &sample->part[PART_PICTURE];
    struct tar_label label;
    int result = tar_label_find(samples, arena, &label, err);
    arena_reset(arena);
    if (result < 0)
        return -1;
    if (index->n == INT32_MAX)
        return fail(err, "%s: more than %d samples", index->path, INT32_MAX);
    make_room(index);
    struct tar_entry *entry = &index->entries[index->n];
    *entry = (struct tar_entry){.picture = picture->at,
                                .picture_size = (uint32_t)picture->size,
                                .name = index->names.used,
                                .part = (uint8_t)label.part};
    if (label.part != PART_CLASS) {
        entry->soft = sample->part[label.part].at;
        entry->soft_size = (uint32_t)sample->part[label.part].size;
    }
    index->label[index->n] = label.label;
    text_bytes(&index->names, sample->picture.bytes, sample->picture.used + 1);
    tar_classes_add(&index->classes, index->n, &label);
    if (index->keeps_json)
        note_json(index, sample, label.part);
    if (index->stream)
        hold(index, sample, label.part);
    index->n++;
    return 0;
}

int tar_index_file(struct tar_index *index, bool keep, struct arena *arena, struct err *err) {
    struct tar_samples samples;
    struct tar_bytes bytes;
    uint64_t size;
    int fd = file_open(index->path, &size, err), found;
    if (fd < 0)
        return -1;
    tar_bytes_file(&bytes, index->path, fd, size);
    tar_samples_open(&samples, &bytes);
    while ((found = tar_samples_next(&samples, err)) > 0)
        if ((found = add_sample(index, &samples, arena, err)) < 0)
            break;
    tar_samples_close(&samples);
    if (keep)
        index->fd = fd;
    else
        close(fd);
    return found;
}

int tar_index_window(struct tar_index *index, struct tar_samples *samples, uint32_t most,
                     struct arena *arena, struct err *err) {
    int found = 1;
    forget_samples(index);
    while (index->n < most && (found = tar_samples_next(samples, err)) > 0)
        if (add_sample(index, samples, arena, err) < 0)
            return -1;
    return found < 0 ? -1 : 0;
}

/* --- reading --- */

const char *tar_index_picture(const struct tar_index *index, uint32_t sample) {
    return index->names.bytes + index->entries[sample].name;
}

void tar_index_name(const struct tar_index *index, uint32_t sample, struct text *name) {
    text_string(name, index->path);
    text_string(name, index->stream ? ": " : "/");
    text_string(name, tar_index_picture(index, sample));
}

static int read_at(const struct tar_index *index, void *bytes, size_t n, uint64_t at,
                   struct err *err) {
    uint64_t size;
    if (index->fd >= 0)
        return file_read_at(index->fd, index->path, bytes, n, at, err);
    int fd = file_open(index->path, &size, err);
    if (fd < 0)
        return -1;
    int result = file_read_at(fd, index->path, bytes, n, at, err);
    close(fd);
    return result;
}

int tar_index_read(const struct tar_index *index, uint32_t sample, size_t most, struct arena *arena,
                   uint8_t **bytes, size_t *size, struct err *err) {
    const struct tar_entry *entry = &index->entries[sample];
    *size = entry->picture_size < most ? entry->picture_size : most;
    if (index->stream) {
        *bytes = index->held[sample][HELD_PICTURE];
        return 0;
    }
    *bytes = arena_take(arena, *size);
    return read_at(index, *bytes, *size, entry->picture, err);
}

/* The member that holds the soft label, and a zero byte. */
static int read_soft(const struct tar_index *index, uint32_t sample, struct arena *arena,
                     uint8_t **bytes, struct err *err) {
    const struct tar_entry *entry = &index->entries[sample];
    *bytes = arena_take(arena, (size_t)entry->soft_size + 1);
    (*bytes)[entry->soft_size] = 0;
    if (!index->stream)
        return read_at(index, *bytes, entry->soft_size, entry->soft, err);
    memcpy(*bytes, index->held[sample][HELD_SOFT], entry->soft_size);
    return 0;
}

int tar_index_row(const struct tar_index *index, uint32_t sample, int n_classes,
                  struct arena *arena, float *row, struct err *err) {
    const struct tar_entry *entry = &index->entries[sample];
    uint8_t *bytes;
    struct err why;
    if (entry->part == PART_CLASS) {
        memset(row, 0, (size_t)n_classes * sizeof *row);
        row[index->label[sample]] = 1;
        return 0;
    }
    if (read_soft(index, sample, arena, &bytes, err) < 0)
        return -1;
    if (tar_label_row(entry->part, bytes, entry->soft_size, arena, n_classes, row, &why) == 0)
        return 0;
    struct text name = {0};
    tar_index_name(index, sample, &name);
    fail(err, "%s: %s", text_terminate(&name), why.text);
    text_close(&name);
    return -1;
}

int tar_index_json(const struct tar_index *index, uint32_t sample, struct arena *arena,
                   uint8_t **bytes, size_t *size, struct err *err) {
    const struct tar_extent *json = &index->json[sample];
    *size = json->size;
    *bytes = index->stream ? index->held[sample][HELD_JSON] : arena_take(arena, *size);
    return index->stream || *size == 0 ? 0 : read_at(index, *bytes, *size, json->at, err);
}

#include "sources/pictures/picture_files.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/words.h"
#include "sources/pictures/look.h"

#include <stdlib.h>

/* As headers.h asks for them. */
static int read_start(const void *data, uint32_t file, size_t most, struct arena *arena,
                      uint8_t **bytes, size_t *size, struct err *err) {
    char *path = path_list_full(data, file);
    int result = file_read(path, most, arena, bytes, size, err);
    free(path);
    return result;
}

static void name_file(const void *data, uint32_t file, struct text *name) {
    char *path = path_list_full(data, file);
    text_string(name, path);
    free(path);
}

/* As fitting.h asks for them. */
static void name_entry(const void *data, uint32_t file, struct text *name) {
    text_string(name, path_list_at(data, file));
}

static int settle(struct picture_files *pictures, const struct input *input, struct pool *pool,
                  struct contents *contents, struct err *err) {
    const struct path_list *files = &pictures->files;
    struct fitting *fitting = &pictures->fitting;
    pictures->unusable = must_calloc(files->n, 1);
    struct header_files all = {files, files->n, read_start, name_file};
    struct headers found;
    int result = headers_scan(&all, &fitting->rules, pool, pictures->unusable, &found, err);
    contents->failures = found.failures;
    contents->n_failures = found.n_failures;
    contents->unusable = pictures->unusable;
    if (result < 0)
        return -1;
    if (found.first == UINT32_MAX)
        return fail(err, "%s: none of %u file%s is a picture that can be read; the first: %s",
                    input->paths[0], files->n, s_of(files->n), found.failures[0].reason);
    if (fitting_settle(fitting, &found, files, name_entry, err) < 0)
        return -1;
    contents->shape = fitting_shape(fitting);
    return 0;
}

int picture_files_open(struct picture_files *pictures, const struct input *input, struct pool *pool,
                       struct contents *contents, struct err *err) {
    fitting_open(&pictures->fitting, input);
    *contents = (struct contents){.n = pictures->files.n, .dtype = DTYPE_UINT8};
    return input->as_stored ? 0 : settle(pictures, input, pool, contents, err);
}

int picture_files_read(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                       struct err *err) {
    const struct picture_files *pictures = state;
    return read_start(&pictures->files, sample, PICTURE_BYTES_MAX, arena, &raw->bytes, &raw->size,
                      err);
}

/* A message that names the file. */
static int fail_file(const struct picture_files *pictures, uint32_t sample, const char *why,
                     struct err *err) {
    char *path = path_list_full(&pictures->files, sample);
    fail(err, "%s: %s", path, why);
    free(path);
    return -1;
}

int picture_files_decode(const void *state, uint32_t sample, const struct raw *raw,
                         struct arena *arena, void *pixels, struct err *err) {
    const struct picture_files *pictures = state;
    struct err why;
    if (fitting_decode(&pictures->fitting, raw, arena, pixels, &why) < 0)
        return fail_file(pictures, sample, why.text, err);
    return 0;
}

int picture_files_look(const void *state, uint32_t sample, const struct raw *raw,
                       struct arena *arena, struct stored *stored, struct err *err) {
    const struct picture_files *pictures = state;
    struct err why;
    if (look_at_picture(raw, &pictures->fitting.rules, arena, stored, &why) < 0)
        return fail_file(pictures, sample, why.text, err);
    return 0;
}

struct origin picture_files_origin(const void *state, uint32_t sample, struct text *path) {
    const struct path_list *files = &((const struct picture_files *)state)->files;
    text_string(path, path_list_at(files, sample));
    return (struct origin){files->entries[sample].root, -1};
}

void picture_files_close(struct picture_files *pictures) {
    path_list_close(&pictures->files);
    fitting_close(&pictures->fitting);
    free(pictures->unusable);
}

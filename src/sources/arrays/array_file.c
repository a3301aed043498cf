#include "sources/arrays/array_file.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/words.h"
#include "formats/deflate.h"
#include "formats/idx.h"
#include "formats/npy.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PACKED_BYTES_MAX = 1 << 29,
    UNPACKED_BYTES_MAX = 1 << 30, // held in memory
    GLANCE_BYTES = 1 << 17,       // of a packed file: a stored block and more
};

/* --- telling what a file is --- */

/* The first bytes, unpacked where gzip packed them. */
struct glance {
    uint8_t bytes[IDX_HEADER_MAX];
    size_t n;
    bool packed;
    uint64_t file_size;
};

static int glance_at(const char *path, struct glance *glance) {
    struct err ignored;
    struct arena arena = {0};
    uint8_t *bytes;
    size_t size;
    int fd = file_open(path, &glance->file_size, &ignored);
    if (fd >= 0)
        close(fd);
    if (fd < 0 || file_read(path, GLANCE_BYTES, &arena, &bytes, &size, &ignored) < 0) {
        arena_close(&arena);
        return -1;
    }
    glance->packed = gzip_is_known(bytes, size);
    glance->n = glance->packed || size > IDX_HEADER_MAX ? IDX_HEADER_MAX : size;
    if (glance->packed)
        gzip_glance(bytes, size, glance->bytes, glance->n);
    else
        memcpy(glance->bytes, bytes, glance->n);
    arena_close(&arena);
    return 0;
}

bool array_file_is_npy(const char *path) {
    struct glance glance;
    return glance_at(path, &glance) == 0 && npy_is_known(glance.bytes, glance.n);
}

/* The magic is little to go by, zeros and small numbers as it is: a file must be packed, or as long
 * as it says, or be called IDX. */
bool array_file_is_idx(const char *path) {
    struct glance glance;
    struct array array;
    struct err ignored;
    if (glance_at(path, &glance) < 0 || !idx_is_known(glance.bytes, glance.n))
        return false;
    const char *slash = strrchr(path, '/');
    return glance.packed || strstr(slash ? slash : path, "idx") ||
           idx_parse(glance.bytes, glance.n, glance.file_size, &array, &ignored) == 0;
}

/* --- opening --- */

static int inflate(struct array_file *file, const uint8_t *in, size_t in_size, struct err *err) {
    struct err why;
    uint8_t *out;
    size_t out_size;
    if (gzip_inflate(in, in_size, UNPACKED_BYTES_MAX, &file->unpacked, &out, &out_size, &why) < 0)
        return fail(err, "%s: %s", file->path, why.text);
    file->bytes = out;
    file->size = out_size;
    return 0;
}

static int unpack(struct array_file *file, struct err *err) {
    struct arena packed = {0};
    uint8_t *in;
    size_t in_size;
    if (file->size > PACKED_BYTES_MAX)
        return fail(err, "%s: %llu bytes packed by gzip: unpack it first", file->path,
                    (unsigned long long)file->size);
    int result = file_read(file->path, PACKED_BYTES_MAX, &packed, &in, &in_size, err);
    if (result == 0)
        result = inflate(file, in, in_size, err);
    arena_close(&packed);
    return result;
}

/* The file's bytes, unpacked; there are as many. */
static int read_bytes(const struct array_file *file, uint64_t offset, uint8_t *bytes, size_t n,
                      struct err *err) {
    if (!file->bytes)
        return file_read_at(file->fd, file->path, bytes, n, offset, err);
    memcpy(bytes, file->bytes + offset, n);
    return 0;
}

static int parse(struct array_file *file, const uint8_t *begin, size_t n, struct err *err) {
    struct err why;
    int result = npy_is_known(begin, n) ? npy_parse(begin, n, file->size, &file->array, &why)
                                        : idx_parse(begin, n, file->size, &file->array, &why);
    return result < 0 ? fail(err, "%s: %s", file->path, why.text) : 0;
}

static int read_header(struct array_file *file, struct err *err) {
    struct arena arena = {0};
    size_t n = file->size < NPY_HEADER_MAX ? (size_t)file->size : NPY_HEADER_MAX;
    uint8_t *begin = arena_take(&arena, n + 1);
    int result = read_bytes(file, 0, begin, n, err);
    if (result == 0)
        result = parse(file, begin, n, err);
    arena_close(&arena);
    return result;
}

static int open_file(struct array_file *file, struct err *err) {
    uint8_t magic[3];
    file->fd = file_open(file->path, &file->size, err);
    if (file->fd < 0)
        return -1;
    if (file->size < sizeof magic)
        return fail(err, "%s: neither .npy nor IDX (%zu byte%s)", file->path, (size_t)file->size,
                    s_of(file->size));
    if (file_read_at(file->fd, file->path, magic, sizeof magic, 0, err) < 0)
        return -1;
    if (gzip_is_known(magic, sizeof magic) && unpack(file, err) < 0)
        return -1;
    return read_header(file, err);
}

int array_list_add(struct array_list *list, const char *path, int input, struct err *err) {
    size_t files = (size_t)list->n_files + 1;
    list->files = must_realloc(list->files, files * sizeof *list->files);
    struct array_file *file = &list->files[list->n_files++];
    *file = (struct array_file){.path = must_strdup(path), .name = path_base(path), .input = input};
    if (open_file(file, err) < 0)
        return -1;
    if (file->array.dim[0] > INT32_MAX - list->n)
        return fail(err, "%s: more than %d rows in all", path, INT32_MAX);
    file->first = list->n;
    file->n = (uint32_t)file->array.dim[0];
    list->n += file->n;
    return 0;
}

/* --- reading --- */

const struct array_file *array_list_find(const struct array_list *list, uint32_t row) {
    const struct array_file *file = list->files;
    while (row - file->first >= file->n)
        file++;
    return file;
}

int array_file_read(const struct array_file *file, uint32_t first, uint32_t n, uint8_t *bytes,
                    struct err *err) {
    size_t row = array_row_size(&file->array);
    return read_bytes(file, file->array.data_at + (uint64_t)first * row, bytes, n * row, err);
}

void array_list_close(struct array_list *list) {
    for (int i = 0; i < list->n_files; i++) {
        if (list->files[i].fd >= 0)
            close(list->files[i].fd);
        arena_close(&list->files[i].unpacked);
        free(list->files[i].path);
        free(list->files[i].name);
    }
    free(list->files);
}

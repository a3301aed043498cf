/* The sources, one row each, in the order in which they are asked whether an input is theirs. */
#include "base/files.h"
#include "base/interrupt.h"
#include "base/words.h"
#include "formats/picture.h"
#include "sources/source.h"

#include <errno.h>
#include <string.h>

#define SOURCE_ROWS                                                                                \
    X(npy)                                                                                         \
    X(idx)                                                                                         \
    X(tar)                                                                                         \
    X(cifar10)                                                                                     \
    X(cifar100)                                                                                    \
    X(list)                                                                                        \
    X(folder)

#define X(name) extern const struct source source_##name;
SOURCE_ROWS
#undef X

#define X(name) &source_##name,
const struct source *const SOURCES[] = {SOURCE_ROWS};
#undef X

const int N_SOURCES = sizeof SOURCES / sizeof *SOURCES;

/* Lists of labels are told by their names. */
static bool names_a_list(const char *labels) {
    const char *dot = labels ? strrchr(labels, '.') : NULL;
    return dot && choice_index(".csv|.tsv|.jsonl|.json", dot, strlen(dot)) >= 0;
}

/* An empty file, or a picture in place of the folder, is called so. */
static void refuse(const char *path, struct err *err) {
    enum { HEAD = 64 }; // bytes
    struct arena arena = {0};
    uint8_t *bytes;
    size_t n;
    bool file =
        file_kind(path) == FILE_REGULAR && file_read(path, HEAD, &arena, &bytes, &n, err) == 0;
    if (file && n == 0)
        fail(err, "%s: an empty file", path);
    else if (file && picture_is_known(bytes, n))
        fail(err,
             "%s: one picture alone; pictures are expected as FOLDER/CLASS/PICTURE: name FOLDER",
             path);
    else
        fail(err,
             "%s: not an input that mixsmith knows (a folder of class folders or with a list, tar "
             "archives, .npy, IDX, CIFAR batches); say what it is with --from",
             path);
    arena_close(&arena);
}

const struct source *source_detect(const char *path, const char *labels, struct err *err) {
    bool standard_input = strcmp(path, "-") == 0;
    enum file_kind kind = standard_input ? FILE_REGULAR : file_kind(path);
    if (kind == FILE_MISSING) {
        fail(err, "%s: %s", path, strerror(errno));
        return NULL;
    }
    if (kind == FILE_ELSE) {
        fail(err,
             "%s: neither a folder nor a regular file; if a tar archive comes from there, give "
             "--from tar",
             path);
        return NULL;
    }
    if (kind == FILE_FOLDER && names_a_list(labels))
        return &source_list;
    for (int i = 0; i < N_SOURCES; i++)
        if (SOURCES[i]->probe(path))
            return SOURCES[i];
    if (interrupt_check(err) < 0)
        return NULL;
    refuse(path, err);
    return NULL;
}

/* The sources, one row each, in the order in which they are asked whether an input is theirs. */
#include "base/files.h"
#include "sources/source.h"

#include <errno.h>
#include <string.h>

#define SOURCE_ROWS                                                                                \
    X(npy)                                                                                         \
    X(idx)                                                                                         \
    X(tar)                                                                                         \
    X(cifar10)                                                                                     \
    X(cifar100)                                                                                    \
    X(folder)

#define X(name) extern const struct source source_##name;
SOURCE_ROWS
#undef X

#define X(name) &source_##name,
const struct source *const SOURCES[] = {SOURCE_ROWS};
#undef X

const int N_SOURCES = sizeof SOURCES / sizeof *SOURCES;

const struct source *source_detect(const char *path, struct err *err) {
    bool standard_input = strcmp(path, "-") == 0;
    enum file_kind kind = standard_input ? FILE_REGULAR : file_kind(path);
    if (kind == FILE_MISSING) {
        fail(err, "%s: %s", path, strerror(errno));
        return NULL;
    }
    if (kind == FILE_ELSE) {
        fail(err, "%s: neither a folder nor a regular file", path);
        return NULL;
    }
    for (int i = 0; i < N_SOURCES; i++)
        if (SOURCES[i]->probe(path))
            return SOURCES[i];
    fail(err,
         "%s: not an input that mixsmith knows (a folder of class folders, CIFAR batches, .npy, "
         "IDX, tar archives); say what it is with --from",
         path);
    return NULL;
}

/* A growing .npy file of the output: a header, then records appended in order. */
#ifndef MIXSMITH_NPY_FILE_H
#define MIXSMITH_NPY_FILE_H

#include "base/publication.h"
#include "base/shape.h"

#include <stdint.h>

struct npy_file {
    const char *name; // in the output
    int fd;
    enum dtype dtype;
    struct shape shape; // of a record
    size_t record;      // bytes
    uint64_t n;         // records written
};

/* expected: how many records the header promises; npy_file_close mends it where fewer came. */
int npy_file_open(struct npy_file *file, const struct publication *publication, const char *name,
                  enum dtype dtype, const struct shape *shape, uint64_t expected, struct err *err);
int npy_file_append(struct npy_file *file, const uint8_t *records, int n, struct err *err);
int npy_file_close(struct npy_file *file, bool ok, struct err *err);

/* Soft labels: float32 (n, n_classes). */
int npy_labels_open(struct npy_file *file, const struct publication *publication, int n_classes,
                    uint64_t expected, struct err *err);

#endif

#include "sinks/npy_file.h"

#include "base/files.h"
#include "formats/npy.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int npy_file_open(struct npy_file *file, const struct publication *publication, const char *name,
                  enum dtype dtype, const struct shape *shape, uint64_t expected, struct err *err) {
    *file = (struct npy_file){.name = name, .dtype = dtype, .shape = *shape};
    file->record = shape_values(shape) * dtype_size(dtype);
    file->fd = publication_create(publication, name, err);
    if (file->fd < 0)
        return -1;
    uint8_t header[NPY_HEADER];
    npy_header(header, dtype, expected, shape);
    return file_write(file->fd, name, header, sizeof header, err);
}

int npy_file_append(struct npy_file *file, const uint8_t *records, int n, struct err *err) {
    file->n += (uint64_t)n;
    return file_write(file->fd, file->name, records, (size_t)n * file->record, err);
}

int npy_file_close(struct npy_file *file, bool ok, struct err *err) {
    int result = 0;
    if (ok) {
        uint8_t header[NPY_HEADER];
        npy_header(header, file->dtype, file->n, &file->shape);
        if (pwrite(file->fd, header, sizeof header, 0) != sizeof header)
            result = fail(err, "%s: cannot write the header: %s", file->name, strerror(errno));
    }
    return file_close(file->fd, file->name, result, err);
}

int npy_labels_open(struct npy_file *file, const struct publication *publication, int n_classes,
                    uint64_t expected, struct err *err) {
    struct shape shape = {1, {n_classes}};
    return npy_file_open(file, publication, "labels.npy", DTYPE_FLOAT32, &shape, expected, err);
}

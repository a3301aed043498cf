/* NumPy's .npy: magic, version, a header that is a Python dictionary with the keys descr,
 * fortran_order and shape, padded with spaces; then the values, C order, little-endian.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
#ifndef MIXSMITH_NPY_H
#define MIXSMITH_NPY_H

#include "base/shape.h"
#include "formats/array.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    NPY_HEADER = 128,         // bytes, of ours; fits every array of up to RANK_MAX + 1 axes
    NPY_HEADER_MAX = 1 << 16, // bytes, of anybody's that is read
};

/* The header of (n, shape…), version 1.0: the same bytes that numpy.save writes. */
void npy_header(uint8_t header[NPY_HEADER], enum dtype dtype, uint64_t n,
                const struct shape *shape);

/* Whether the bytes begin as those of a .npy file do. */
bool npy_is_known(const uint8_t *bytes, size_t size);

/* Reads the header of versions 1, 2 and 3 from the first bytes of a file of file_size bytes: the
 * smaller of the two sizes, NPY_HEADER_MAX or all. -1: broken, of another number of bytes than it
 * says, or what is not read here (big-endian, Fortran order, Python objects, records, text, more
 * than ARRAY_RANK_MAX axes). Messages do not name the file: the caller does. */
int npy_parse(const uint8_t *bytes, size_t size, uint64_t file_size, struct array *array,
              struct err *err);

#endif

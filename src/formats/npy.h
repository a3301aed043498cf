/* NumPy's .npy, version 1.0: a header padded to a multiple of 64 bytes, then the values, C order,
 * little-endian. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
#ifndef MIXSMITH_NPY_H
#define MIXSMITH_NPY_H

#include "base/shape.h"

#include <stdint.h>

enum { NPY_HEADER = 128 }; // bytes; fits every array of up to RANK_MAX + 1 axes

/* The header of (n, shape…): the same bytes that numpy.save writes. */
void npy_header(uint8_t header[NPY_HEADER], enum dtype dtype, uint64_t n,
                const struct shape *shape);

#endif

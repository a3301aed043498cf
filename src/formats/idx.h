/* IDX, the format of MNIST: two zero bytes, the type, the number of axes, the length of each as
 * four bytes, most significant first; then the values, C order.
 * http://yann.lecun.com/exdb/mnist/, "The IDX file format" */
#ifndef MIXSMITH_IDX_H
#define MIXSMITH_IDX_H

#include "formats/array.h"

#include <stdbool.h>
#include <stdint.h>

enum { IDX_HEADER_MAX = 4 + 4 * ARRAY_RANK_MAX }; // bytes

/* Whether the bytes begin as those of an IDX file do; behind them are the lengths, none 0. */
bool idx_is_known(const uint8_t *bytes, size_t size);

/* Reads the header from the first bytes of a file of file_size bytes: the smaller of the two sizes,
 * IDX_HEADER_MAX or all. -1: broken, of another number of bytes than it says, or of another type
 * than unsigned bytes. Messages do not name the file: the caller does. */
int idx_parse(const uint8_t *bytes, size_t size, uint64_t file_size, struct array *array,
              struct err *err);

#endif

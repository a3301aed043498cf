/* Array: what the header of a file of numbers (.npy, IDX) says: their type, the axes, where they
 * begin. The numbers lie in C order, the last axis fastest, as far as the file goes. */
#ifndef MIXSMITH_ARRAY_H
#define MIXSMITH_ARRAY_H

#include "base/fail.h"
#include "base/shape.h"

#include <stdbool.h>
#include <stdint.h>

enum { ARRAY_RANK_MAX = RANK_MAX + 1 };

/* Little-endian. */
enum number {
    NUMBER_BOOL,
    NUMBER_UINT8,
    NUMBER_INT8,
    NUMBER_UINT16,
    NUMBER_INT16,
    NUMBER_UINT32,
    NUMBER_INT32,
    NUMBER_UINT64,
    NUMBER_INT64,
    NUMBER_FLOAT16,
    NUMBER_FLOAT32,
    NUMBER_FLOAT64,
};

struct array {
    enum number type;
    int rank;                     // 1..ARRAY_RANK_MAX
    uint64_t dim[ARRAY_RANK_MAX]; // each ≥ 1
    uint64_t data_at;             // bytes before the first number
};

const char *number_name(enum number type);
size_t number_size(enum number type); // bytes
bool number_is_float(enum number type);

/* -1: an axis of length 0, more bytes than can be counted, or not as many as a file of file_size
 * bytes holds behind data_at. */
int array_check(const struct array *array, uint64_t file_size, struct err *err);

/* Of one row, all axes but the first. */
uint64_t array_row_values(const struct array *array);
uint64_t array_row_size(const struct array *array); // bytes

/* "(60000, 28, 28)", for messages. */
enum { SHAPE_TEXT = 128 };
void array_shape_text(const struct array *array, char text[SHAPE_TEXT]);

/* values: (n) the numbers as doubles; of whole numbers beyond 2^53 the nearest. */
void numbers_widen(enum number type, const uint8_t *bytes, size_t n, double *values);

#endif

/* Shape: what one sample is made of. */
#ifndef MIXSMITH_SHAPE_H
#define MIXSMITH_SHAPE_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum { RANK_MAX = 4 };

enum dtype { DTYPE_UINT8, DTYPE_FLOAT32 };

/* Of one sample, rank 1..4: pictures (h, w, c), words (t, d), vectors (d). */
struct shape {
    int rank;
    int dim[RANK_MAX]; // each ≥ 1
};

size_t shape_values(const struct shape *shape); // of a sample
size_t dtype_size(enum dtype dtype);            // bytes of a value
const char *dtype_name(enum dtype dtype);       // "uint8"

/* As people say it, by: what stands between: "224 x 150 x 3", pictures width first. */
void shape_print(const struct shape *shape, const char *by, struct text *text);

/* Its axes as they are stored: "16 x 8". */
void shape_print_axes(const struct shape *shape, struct text *text);

/* Whether such samples can be shown: pictures of 8 bits in 1 or 3 channels. */
bool shape_is_picture(const struct shape *shape, enum dtype dtype);

#endif

#include "base/shape.h"

#include <stdint.h>

size_t shape_values(const struct shape *shape) {
    size_t values = 1;
    for (int i = 0; i < shape->rank; i++)
        values *= (size_t)shape->dim[i];
    return values;
}

size_t dtype_size(enum dtype dtype) {
    return dtype == DTYPE_UINT8 ? sizeof(uint8_t) : sizeof(float);
}

const char *dtype_name(enum dtype dtype) {
    return dtype == DTYPE_UINT8 ? "uint8" : "float32";
}

void shape_print(const struct shape *shape, const char *by, struct text *text) {
    const int *dim = shape->dim;
    bool picture = shape->rank == 3;
    for (int i = 0; i < shape->rank; i++)
        text_format(text, "%s%d", i ? by : "", picture && i < 2 ? dim[1 - i] : dim[i]);
}

void shape_print_axes(const struct shape *shape, struct text *text) {
    for (int i = 0; i < shape->rank; i++)
        text_format(text, "%s%d", i ? " x " : "", shape->dim[i]);
}

bool shape_is_picture(const struct shape *shape, enum dtype dtype) {
    return dtype == DTYPE_UINT8 && shape->rank == 3 && (shape->dim[2] == 1 || shape->dim[2] == 3);
}

#include "formats/array.h"

#include "base/words.h"
#include "formats/byte_order.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    size_t size;
} NUMBERS[] = {
    [NUMBER_BOOL] = {"bool", 1},       [NUMBER_UINT8] = {"uint8", 1},
    [NUMBER_INT8] = {"int8", 1},       [NUMBER_UINT16] = {"uint16", 2},
    [NUMBER_INT16] = {"int16", 2},     [NUMBER_UINT32] = {"uint32", 4},
    [NUMBER_INT32] = {"int32", 4},     [NUMBER_UINT64] = {"uint64", 8},
    [NUMBER_INT64] = {"int64", 8},     [NUMBER_FLOAT16] = {"float16", 2},
    [NUMBER_FLOAT32] = {"float32", 4}, [NUMBER_FLOAT64] = {"float64", 8},
};

const char *number_name(enum number type) {
    return NUMBERS[type].name;
}

size_t number_size(enum number type) {
    return NUMBERS[type].size;
}

bool number_is_float(enum number type) {
    return type >= NUMBER_FLOAT16;
}

uint64_t array_row_values(const struct array *array) {
    uint64_t values = 1;
    for (int i = 1; i < array->rank; i++)
        values *= array->dim[i];
    return values;
}

uint64_t array_row_size(const struct array *array) {
    return array_row_values(array) * number_size(array->type);
}

void array_shape_text(const struct array *array, char text[SHAPE_TEXT]) {
    int used = snprintf(text, SHAPE_TEXT, "(");
    for (int i = 0; i < array->rank; i++)
        used += snprintf(text + used, SHAPE_TEXT - (size_t)used, i ? ", %llu" : "%llu",
                         (unsigned long long)array->dim[i]);
    snprintf(text + used, SHAPE_TEXT - (size_t)used, array->rank == 1 ? ",)" : ")");
}

int array_check(const struct array *array, uint64_t file_size, struct err *err) {
    char shape[SHAPE_TEXT];
    array_shape_text(array, shape);
    uint64_t wanted = number_size(array->type);
    for (int i = 0; i < array->rank; i++) {
        if (array->dim[i] == 0)
            return fail(err, "shape %s: an axis of length 0 leaves nothing to read", shape);
        if (wanted > INT64_MAX / array->dim[i])
            return fail(err, "shape %s: more bytes than a file can have", shape);
        wanted *= array->dim[i];
    }
    uint64_t held = file_size > array->data_at ? file_size - array->data_at : 0;
    if (held == wanted)
        return 0;
    return fail(err, "%s: %llu byte%s of data, where %s of %s takes %llu",
                held < wanted ? "cut short" : "goes on behind its end", (unsigned long long)held,
                s_of(held), shape, number_name(array->type), (unsigned long long)wanted);
}

/* --- numbers as doubles --- */

/* IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
static double widen_half(uint32_t bits) {
    int exponent = bits >> 10 & 31;
    double fraction = bits & 1023, size;
    if (exponent == 31)
        size = fraction ? (double)NAN : (double)INFINITY;
    else
        size = exponent ? ldexp(1024 + fraction, exponent - 25) : ldexp(fraction, -24);
    return bits >> 15 ? -size : size;
}

static double widen_float(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double widen_double(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double widen(enum number type, uint64_t bits) {
    switch (type) {
    case NUMBER_INT8:
        return (int8_t)bits;
    case NUMBER_INT16:
        return (int16_t)bits;
    case NUMBER_INT32:
        return (int32_t)bits;
    case NUMBER_INT64:
        return (double)(int64_t)bits;
    case NUMBER_FLOAT16:
        return widen_half((uint32_t)bits);
    case NUMBER_FLOAT32:
        return widen_float((uint32_t)bits);
    case NUMBER_FLOAT64:
        return widen_double(bits);
    default:
        return (double)bits;
    }
}

void numbers_widen(enum number type, const uint8_t *bytes, size_t n, double *values) {
    int size = (int)number_size(type), low = size < 4 ? size : 4;
    for (size_t i = 0; i < n; i++, bytes += size) {
        uint64_t bits = read_little_endian(bytes, low);
        if (size == 8)
            bits |= (uint64_t)read_little_endian(bytes + 4, 4) << 32;
        values[i] = widen(type, bits);
    }
}

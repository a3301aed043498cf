/* Samples of tensors: one row of an array, read and handed over in the shape that the job asks
 * for. */
#include "formats/pixels.h"
#include "sources/arrays/tensors.h"

#include <stdio.h>

int tensors_read(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                 struct err *err) {
    const struct tensors *tensors = state;
    const struct array_file *file = array_list_find(&tensors->files, sample);
    raw->size = array_row_size(&file->array);
    raw->bytes = arena_take(arena, raw->size);
    return array_file_read(file, sample - file->first, 1, raw->bytes, err);
}

/* An unpacked file lies in memory. */
int tensors_file(const void *state, int i, uint64_t *size) {
    const struct array_list *list = &((const struct tensors *)state)->files;
    if (i == list->n_files)
        return -1;
    *size = list->files[i].bytes ? 0 : list->files[i].size;
    return list->files[i].fd;
}

static size_t first_not_finite(const float *value, size_t n) {
    const uint32_t exponent = 0x7f800000;
    size_t i = 0;
    for (uint32_t bits; i < n; i++) {
        memcpy(&bits, &value[i], sizeof bits);
        if ((bits & exponent) == exponent)
            break;
    }
    return i;
}

/* "[3, 0, 17]" */
static void index_text(const struct shape *shape, size_t at, char text[SHAPE_TEXT]) {
    size_t index[RANK_MAX] = {0};
    int used = 0;
    for (int i = shape->rank - 1; i >= 0; at /= (size_t)shape->dim[i--])
        index[i] = at % (size_t)shape->dim[i];
    for (int i = 0; i < shape->rank; i++)
        used += snprintf(text + used, SHAPE_TEXT - (size_t)used, "%s%zu", i ? ", " : "[", index[i]);
    snprintf(text + used, SHAPE_TEXT - (size_t)used, "]");
}

static int check_finite(const struct tensors *tensors, uint32_t sample, const float *value,
                        struct err *err) {
    size_t n = shape_values(&tensors->stored), at = first_not_finite(value, n);
    if (at == n)
        return 0;
    char place[SHAPE_TEXT];
    index_text(&tensors->stored, at, place);
    const struct array_file *file = array_list_find(&tensors->files, sample);
    return fail(err, "%s: sample %u has %f at %s, where finite numbers are mixed", file->path,
                sample - file->first, (double)value[at], place);
}

/* The picture in the channels and the size that the job asks for. */
static void fit_picture(const struct tensors *tensors, uint8_t *bytes, struct arena *arena,
                        uint8_t *pixels) {
    const int *from = tensors->stored.dim, *to = tensors->shape.dim;
    struct picture picture = {from[1], from[0], to[2], bytes};
    size_t positions = (size_t)from[0] * (size_t)from[1];
    if (from[2] != to[2]) {
        picture.pixels = arena_take(arena, positions * (size_t)to[2]);
        pixels_convert(bytes, positions, from[2], picture.pixels, to[2]);
    }
    resize_fit(&picture, tensors->fit, to[1], to[0], arena, pixels);
}

int tensors_decode(const void *state, uint32_t sample, const struct raw *raw, struct arena *arena,
                   void *pixels, struct err *err) {
    const struct tensors *tensors = state;
    if (shape_is_picture(&tensors->stored, tensors->dtype)) {
        fit_picture(tensors, raw->bytes, arena, pixels);
        return 0;
    }
    memcpy(pixels, raw->bytes, raw->size);
    return tensors->dtype == DTYPE_FLOAT32 ? check_finite(tensors, sample, pixels, err) : 0;
}

int tensors_soft_label(const void *state, uint32_t sample, struct arena *arena, float *row,
                       struct err *err) {
    return label_array_row(&((const struct tensors *)state)->labels, sample, arena, row, err);
}

struct origin tensors_origin(const void *state, uint32_t sample, struct text *path) {
    const struct array_file *file =
        array_list_find(&((const struct tensors *)state)->files, sample);
    text_string(path, file->name);
    return (struct origin){file->input, sample - file->first};
}

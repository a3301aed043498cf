#include "model/batch.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct grid shape_grid(const struct shape *shape) {
    int axes = shape->rank > 1 ? shape->rank - 1 : 1;
    struct grid grid = {.axes = axes, .side = {1, 1, 1}};
    for (int i = 0; i < axes; i++)
        grid.side[AXES_MAX - axes + i] = shape->dim[i];
    grid.channels = shape->rank > 1 ? shape->dim[axes] : 1;
    return grid;
}

size_t grid_positions(const struct grid *grid) {
    return (size_t)grid->side[0] * (size_t)grid->side[1] * (size_t)grid->side[2];
}

size_t batch_stride(const struct batch *batch) {
    return shape_values(&batch->shape) * dtype_size(batch->dtype);
}

void *batch_at(const struct batch *batch, int index) {
    return (uint8_t *)batch->data + (size_t)index * batch_stride(batch);
}

void batch_open(struct batch *batch, const struct shape *shape, enum dtype dtype, int capacity,
                int n_classes) {
    size_t n = (size_t)capacity;
    *batch = (struct batch){
        .shape = *shape,
        .grid = shape_grid(shape),
        .dtype = dtype,
        .capacity = capacity,
        .n_classes = n_classes,
    };
    batch->data = must_alloc_aligned(n * batch_stride(batch));
    batch->id = must_calloc(n, sizeof *batch->id);
    batch->source = must_calloc(n, sizeof *batch->source);
    batch->label = must_calloc(n, sizeof *batch->label);
    batch->by_class = must_calloc(n, sizeof *batch->by_class);
    batch->class_start = must_calloc((size_t)n_classes + 1, sizeof *batch->class_start);
}

void batch_open_soft(struct batch *batch) {
    batch->soft = must_calloc((size_t)batch->capacity * (size_t)batch->n_classes, sizeof(float));
}

float *batch_soft_at(const struct batch *batch, int index) {
    return batch->soft + (size_t)index * (size_t)batch->n_classes;
}

void batch_close(struct batch *batch) {
    free(batch->data);
    free(batch->soft);
    free(batch->id);
    free(batch->source);
    free(batch->label);
    free(batch->by_class);
    free(batch->class_start);
    *batch = (struct batch){0};
}

/* Counting sort: start[k + 1] counts class k, then runs up to where class k ends. */
void batch_group(struct batch *batch) {
    int *start = batch->class_start;
    memset(start, 0, ((size_t)batch->n_classes + 1) * sizeof *start);
    for (int i = 0; i < batch->n; i++)
        start[batch->label[i] + 1]++;
    for (int k = 0; k < batch->n_classes; k++)
        start[k + 1] += start[k];
    for (int i = batch->n - 1; i >= 0; i--)
        batch->by_class[--start[batch->label[i] + 1]] = i;
    /* start[k + 1] is now where class k begins: shift down by one. */
    memmove(start, start + 1, (size_t)batch->n_classes * sizeof *start);
    start[batch->n_classes] = batch->n;
}

void batch_keep(struct batch *batch, const uint8_t *keep) {
    int kept = 0;
    for (int i = 0; i < batch->n; i++) {
        if (!keep[i])
            continue;
        if (kept != i) {
            memcpy(batch_at(batch, kept), batch_at(batch, i), batch_stride(batch));
            batch->id[kept] = batch->id[i];
            batch->source[kept] = batch->source[i];
            batch->label[kept] = batch->label[i];
            if (batch->soft)
                memcpy(batch_soft_at(batch, kept), batch_soft_at(batch, i),
                       (size_t)batch->n_classes * sizeof(float));
        }
        kept++;
    }
    batch->n = kept;
}

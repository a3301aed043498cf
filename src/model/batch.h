/* Batch: the samples among which partners are found. Plain arrays; owner: whoever opened it. */
#ifndef MIXSMITH_BATCH_H
#define MIXSMITH_BATCH_H

#include "base/shape.h"

#include <stddef.h>
#include <stdint.h>

enum { AXES_MAX = 3 };

/* Where regions and masks lie: the axes of a shape but the last, which holds the channels of a
 * position; a vector's only axis is its positions. Unused leading axes have length 1. */
struct grid {
    int axes;           // 1..3, in use
    int side[AXES_MAX]; // planes, rows, columns
    int channels;       // values of a position
};

struct batch {
    struct shape shape;
    struct grid grid; // of the shape
    enum dtype dtype;
    int capacity, n; // samples
    int n_classes;
    void *data;       // (n, shape…) pictures: rows top down, channels interleaved, 0..255
    uint64_t *id;     // (n) of the sample that is made from it as its own
    uint32_t *source; // (n) index in input order
    int *label;       // (n) class, 0..n_classes-1
    float *soft;      // (n, n_classes) soft labels, each entry 0..1; NULL: label says it all
    int *by_class;    // (n) positions in the batch, ordered by class; see batch_group
    int *class_start; // (n_classes + 1) where each class begins in by_class
};

struct grid shape_grid(const struct shape *shape);
size_t grid_positions(const struct grid *grid); // of a sample: the product of the sides

/* Bytes of one sample. */
size_t batch_stride(const struct batch *batch);
void *batch_at(const struct batch *batch, int index);

/* Allocates the arrays for capacity samples, without soft labels; and those. */
void batch_open(struct batch *batch, const struct shape *shape, enum dtype dtype, int capacity,
                int n_classes);
void batch_open_soft(struct batch *batch);
float *batch_soft_at(const struct batch *batch, int index); // (n_classes)
void batch_close(struct batch *batch);

/* Fills by_class and class_start from label[0..n-1]. */
void batch_group(struct batch *batch);

/* Drops the samples that are not kept (n flags), keeping the order. */
void batch_keep(struct batch *batch, const uint8_t *keep);

#endif

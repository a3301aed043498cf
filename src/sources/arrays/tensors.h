/* Tensors: samples that are the rows of arrays, which two sources share: .npy and IDX differ only
 * in where their files lie. Bytes in three axes with 1 or 3 channels are pictures, and so are bytes
 * in two axes, which get a channel. */
#ifndef MIXSMITH_TENSORS_H
#define MIXSMITH_TENSORS_H

#include "sources/arrays/label_array.h"
#include "sources/source.h"

/* The state of both sources, zeroed before the first file is added. */
struct tensors {
    struct array_list files;
    struct label_array labels;
    struct class_names classes;
    enum dtype dtype;
    struct shape stored, shape; // of a sample in its file, and as it is handed over
    enum fit fit;
    struct text note;
};

/* How a source calls the labels that lie beside samples. */
struct label_names {
    char *(*find)(const char *samples_path); // the file; owned by the caller, NULL: there is none
    const char *missing; // what is said then, behind "PATH: no labels beside it"
};

/* Before any file is added: --labels is the one file of one input. */
int tensors_check_labels(const struct input *input, struct err *err);

/* Adds the samples in the file at path, of input->paths[at], with the labels that were given or
 * else lie beside it. */
int tensors_add(struct tensors *tensors, const struct input *input, int at, const char *path,
                const struct label_names *names, struct err *err);

/* After the last file: shapes, labels and names. */
int tensors_open(struct tensors *tensors, const struct input *input, struct pool *pool,
                 struct contents *contents, struct err *err);
void tensors_close(void *state);

/* As struct source has them; state is a struct tensors. In tensor_samples.c. */
int tensors_read(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                 struct err *err);
int tensors_file(const void *state, int i, uint64_t *size);
int tensors_decode(const void *state, uint32_t sample, const struct raw *raw, struct arena *arena,
                   void *pixels, struct err *err);
int tensors_soft_label(const void *state, uint32_t sample, struct arena *arena, float *row,
                       struct err *err);
struct origin tensors_origin(const void *state, uint32_t sample, struct text *path);

#endif

#include "sources/arrays/tensors.h"

#include <stdlib.h>

static const char CLASSES_FILE[] = "classes.txt";

/* --- adding files --- */

static int check_type(const struct array_file *file, struct err *err) {
    enum number type = file->array.type;
    if (type == NUMBER_UINT8 || type == NUMBER_FLOAT32)
        return 0;
    if (number_is_float(type) || type == NUMBER_BOOL)
        return fail(err, "%s: samples of %s are not read: save them with .astype('float32')",
                    file->path, number_name(type));
    return fail(err,
                "%s: samples of %s are not mixed: between two token ids there is nothing; save "
                "what they stand for as float32, or pixels as uint8",
                file->path, number_name(type));
}

static int check_shape(const struct array_file *file, struct err *err) {
    char shape[SHAPE_TEXT];
    array_shape_text(&file->array, shape);
    if (file->array.rank < 2)
        return fail(err, "%s: shape %s has no axes for a sample, where (n, ...) is expected",
                    file->path, shape);
    if (array_row_values(&file->array) > INT32_MAX)
        return fail(err, "%s: shape %s: samples of more than %d values", file->path, shape,
                    INT32_MAX);
    return 0;
}

static int check_alike(const struct array_file *a, const struct array_file *b, struct err *err) {
    bool alike = a->array.type == b->array.type && a->array.rank == b->array.rank;
    for (int i = 1; i < a->array.rank && alike; i++)
        alike = a->array.dim[i] == b->array.dim[i];
    if (alike)
        return 0;
    char shape[2][SHAPE_TEXT];
    array_shape_text(&a->array, shape[0]);
    array_shape_text(&b->array, shape[1]);
    return fail(err, "%s is %s of shape %s, but %s is %s of shape %s: samples must be alike",
                a->path, number_name(a->array.type), shape[0], b->path, number_name(b->array.type),
                shape[1]);
}

static int add_file(struct tensors *tensors, int input, const char *path, const char *labels_path,
                    struct err *err) {
    if (array_list_add(&tensors->files, path, input, err) < 0)
        return -1;
    const struct array_file *first = tensors->files.files;
    const struct array_file *file = &first[tensors->files.n_files - 1];
    if (check_type(file, err) < 0 || check_shape(file, err) < 0 ||
        check_alike(first, file, err) < 0)
        return -1;
    return label_array_add(&tensors->labels, labels_path, file->n, err);
}

int tensors_check_labels(const struct input *input, struct err *err) {
    if (input->labels && input->n_paths > 1)
        return fail(err, "--labels %s: the labels of one input, where %d are given", input->labels,
                    input->n_paths);
    return 0;
}

int tensors_add(struct tensors *tensors, const struct input *input, int at, const char *path,
                const struct label_names *names, struct err *err) {
    if (input->labels)
        return add_file(tensors, at, path, input->labels, err);
    char *labels = names->find(path);
    int result = labels ? add_file(tensors, at, path, labels, err)
                        : fail(err, "%s: no labels beside it%s", path, names->missing);
    free(labels);
    return result;
}

/* --- opening --- */

static void set_stored_shape(struct tensors *tensors) {
    const struct array *array = &tensors->files.files[0].array;
    struct shape *shape = &tensors->stored;
    tensors->dtype = array->type == NUMBER_UINT8 ? DTYPE_UINT8 : DTYPE_FLOAT32;
    for (int i = 1; i < array->rank; i++)
        shape->dim[shape->rank++] = (int)array->dim[i];
    if (tensors->dtype == DTYPE_UINT8 && shape->rank == 2)
        shape->dim[shape->rank++] = 1;
}

static int check_no_picture(const struct tensors *tensors, const struct input *input,
                            struct err *err) {
    const struct array *array = &tensors->files.files[0].array;
    char shape[SHAPE_TEXT];
    array_shape_text(array, shape);
    if (input->w || input->channels)
        return fail(err, "%s: --size and --channels are for pictures, which %s of shape %s are not",
                    input->paths[0], number_name(array->type), shape);
    return 0;
}

static int check_picture(const struct tensors *tensors, const struct input *input,
                         struct err *err) {
    const int *dim = tensors->stored.dim;
    if ((long)dim[0] * dim[1] > input->max_pixels)
        return fail(err, "%s: pictures of %d x %d pixels, where --max-pixels is %ld",
                    input->paths[0], dim[1], dim[0], input->max_pixels);
    if (input->w && (dim[0] > PICTURE_MAX_SIDE || dim[1] > PICTURE_MAX_SIDE))
        return fail(err, "%s: --size takes pictures of up to %d pixels a side, not %d x %d",
                    input->paths[0], PICTURE_MAX_SIDE, dim[1], dim[0]);
    return 0;
}

/* What --size, --channels and --max-pixels ask for. */
static int set_shape(struct tensors *tensors, const struct input *input, struct err *err) {
    tensors->shape = tensors->stored;
    tensors->fit = input->fit;
    if (!shape_is_picture(&tensors->stored, tensors->dtype))
        return check_no_picture(tensors, input, err);
    if (check_picture(tensors, input, err) < 0)
        return -1;
    if (input->w) {
        tensors->shape.dim[0] = input->h;
        tensors->shape.dim[1] = input->w;
    }
    if (input->channels)
        tensors->shape.dim[2] = input->channels;
    return 0;
}

/* The last axis holds the channels here; torch keeps them in the first. */
static void note_channels_first(struct tensors *tensors) {
    const int *dim = tensors->stored.dim;
    if (tensors->stored.rank != 3 || (dim[0] != 1 && dim[0] != 3) || dim[2] <= 4)
        return;
    text_format(&tensors->note,
                "samples are taken as %d x %d positions of %d channels; where the channels come "
                "first, save them with .transpose(0, 2, 3, 1)",
                dim[0], dim[1], dim[2]);
}

static int open_classes(struct tensors *tensors, const struct input *input, struct err *err) {
    const struct array_list *list = &tensors->files;
    if (class_names_open(&tensors->classes, input->classes, list->files[0].path, CLASSES_FILE,
                         err) < 0)
        return -1;
    for (int i = 1; i < list->n_files && !input->classes; i++)
        if (class_names_compare(&tensors->classes, list->files[i].path, CLASSES_FILE, err) < 0)
            return -1;
    return 0;
}

int tensors_open(struct tensors *tensors, const struct input *input, struct pool *pool,
                 struct contents *contents, struct err *err) {
    set_stored_shape(tensors);
    if (set_shape(tensors, input, err) < 0 || open_classes(tensors, input, err) < 0 ||
        label_array_check(&tensors->labels, &tensors->classes, pool, err) < 0)
        return -1;
    note_channels_first(tensors);
    *contents = (struct contents){
        .n = tensors->files.n,
        .soft = tensors->labels.soft,
        .note = tensors->note.used ? text_terminate(&tensors->note) : NULL,
        .shape = tensors->shape,
        .dtype = tensors->dtype,
        .n_classes = tensors->classes.n,
        .class_names = tensors->classes.names,
        .label = tensors->labels.label,
    };
    return 0;
}

void tensors_close(void *state) {
    struct tensors *tensors = state;
    array_list_close(&tensors->files);
    label_array_close(&tensors->labels);
    class_names_close(&tensors->classes);
    text_close(&tensors->note);
}

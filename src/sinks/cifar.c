/* cifar: records in the CIFAR-10 layout (a label byte, the argmax; then 1024 red, green and blue
 * bytes) with the soft labels in labels.npy float32 (n, n_classes), row for row.
 * https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version" */
#include "base/files.h"
#include "formats/planes.h"
#include "sinks/npy_file.h"
#include "sinks/sink.h"

#include <string.h>

enum { RECORD = 1 + CIFAR_PIXELS, CLASSES_MAX = 256 };

static const char BATCH_NAME[] = "data_batch_1.bin";

struct cifar {
    int fd;
    struct npy_file labels;
};

static int check_cifar(const struct output *output, struct err *err) {
    const int *dim = output->shape.dim;
    if (output->shape.rank != 3 || dim[0] != CIFAR_SIDE || dim[1] != CIFAR_SIDE || dim[2] != 3)
        return fail(err,
                    "--to cifar: records are 32 x 32 in 3 channels, the samples %d x %d in %d; "
                    "give --size 32x32 --channels 3, or another --to",
                    dim[1], dim[0], dim[2]);
    if (output->n_classes > CLASSES_MAX)
        return fail(err, "--to cifar: a label is one byte, which has no room for %d classes",
                    output->n_classes);
    return 0;
}

static int open_cifar(void *state, const struct output *output, size_t record[STREAMS_MAX],
                      struct err *err) {
    struct cifar *cifar = state;
    cifar->fd = cifar->labels.fd = -1;
    cifar->fd = publication_create(output->publication, BATCH_NAME, err);
    if (cifar->fd < 0 ||
        publication_write_lines(output->publication, "batches.meta.txt", output->class_names,
                                output->n_classes, err) < 0 ||
        npy_labels_open(&cifar->labels, output->publication, output->n_classes, output->count,
                        err) < 0)
        return -1;
    record[0] = RECORD;
    record[1] = cifar->labels.record;
    return 0;
}

static int encode_cifar(const void *state, const struct sample *sample, struct arena *arena,
                        const struct slot *slot, struct err *err) {
    (void)arena, (void)err;
    const struct cifar *cifar = state;
    slot->record[0][0] = (uint8_t)sample->label;
    planes_separate(sample->pixels, slot->record[0] + 1);
    memcpy(slot->record[1], sample->soft_label, cifar->labels.record);
    return 0;
}

static int64_t place_cifar(const void *state, const struct sample *sample, struct text *file_name) {
    (void)state;
    text_string(file_name, BATCH_NAME);
    return (int64_t)sample->row;
}

static int commit_cifar(void *state, const struct records *records, struct err *err) {
    struct cifar *cifar = state;
    if (file_write(cifar->fd, BATCH_NAME, records->stream[0], (size_t)records->n * RECORD, err) < 0)
        return -1;
    return npy_file_append(&cifar->labels, records->stream[1], records->n, err);
}

static int close_cifar(void *state, bool ok, struct text *text, struct err *err) {
    (void)text;
    struct cifar *cifar = state;
    int result = file_close(cifar->fd, BATCH_NAME, 0, err);
    return npy_file_close(&cifar->labels, ok && result == 0, err) < 0 ? -1 : result;
}

const struct sink sink_cifar = {
    .name = "cifar",
    .help = "records in the CIFAR-10 layout with the argmax label, and labels.npy",
    .manifest = "manifest.jsonl",
    .load = "import numpy as np\n"
            "records = np.fromfile(\"data_batch_1.bin\", np.uint8).reshape(-1, 3073)\n"
            "labels = np.load(\"labels.npy\")\n",
    .files = "manifest.jsonl",
    .state_size = sizeof(struct cifar),
    .check = check_cifar,
    .open = open_cifar,
    .encode = encode_cifar,
    .place = place_cifar,
    .commit = commit_cifar,
    .close = close_cifar,
};

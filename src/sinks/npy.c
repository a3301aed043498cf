/* npy: images.npy (n, shape…) and labels.npy float32 (n, n_classes), row for row. */
#include "sinks/npy_file.h"
#include "sinks/sink.h"

#include <string.h>

struct npy {
    struct npy_file images, labels;
};

static int open_npy(void *state, const struct output *output, size_t record[STREAMS_MAX],
                    struct err *err) {
    struct npy *npy = state;
    npy->images.fd = npy->labels.fd = -1;
    if (npy_file_open(&npy->images, output->publication, "images.npy", output->dtype,
                      &output->shape, output->count, err) < 0 ||
        npy_labels_open(&npy->labels, output->publication, output->n_classes, output->count, err) <
            0)
        return -1;
    record[0] = npy->images.record;
    record[1] = npy->labels.record;
    return 0;
}

static int encode_npy(const void *state, const struct sample *sample, struct arena *arena,
                      const struct slot *slot, struct err *err) {
    (void)arena, (void)err;
    const struct npy *npy = state;
    memcpy(slot->record[1], sample->soft_label, npy->labels.record);
    return 0;
}

static int64_t place_npy(const void *state, const struct sample *sample, struct text *file_name) {
    const struct npy *npy = state;
    text_string(file_name, npy->images.name);
    return (int64_t)sample->row;
}

static int commit_npy(void *state, const struct records *records, struct err *err) {
    struct npy *npy = state;
    if (npy_file_append(&npy->images, records->stream[0], records->n, err) < 0)
        return -1;
    return npy_file_append(&npy->labels, records->stream[1], records->n, err);
}

static int close_npy(void *state, bool ok, struct text *result, struct err *err) {
    (void)result;
    struct npy *npy = state;
    int images = npy_file_close(&npy->images, ok, err);
    return npy_file_close(&npy->labels, ok && images == 0, err) < 0 ? -1 : images;
}

const struct sink sink_npy = {
    .name = "npy",
    .help = "images.npy and labels.npy",
    .manifest = "manifest.jsonl",
    .load = "import numpy as np\n"
            "images, labels = (np.load(f, mmap_mode=\"r\") for f in (\"images.npy\", "
            "\"labels.npy\"))\n",
    .files = "manifest.jsonl",
    .state_size = sizeof(struct npy),
    .verbatim = true,
    .open = open_npy,
    .encode = encode_npy,
    .place = place_npy,
    .commit = commit_npy,
    .close = close_npy,
};

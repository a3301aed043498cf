/* raw: the values of each sample, nothing between them, on standard output; the soft labels,
 * float32 (n_classes) a sample, go to a second output. Frame and label are written in turns, so
 * that one reader can take them in turns without waiting for ever. */
#include "sinks/label_output.h"
#include "sinks/sink.h"

#include <string.h>

struct raw_frames {
    struct label_output labels;
    int frames; // descriptor
    size_t frame_bytes, label_bytes;
    const char *name; // what frames is called
    bool endless;     // only its reader ends such a run,
    bool reader_gone; // and so has done
};

static int check_raw(const struct output *output, struct err *err) {
    return label_output_check(output->labels_to, output->force, err);
}

static int open_raw(void *state, const struct output *output, size_t record[STREAMS_MAX],
                    struct err *err) {
    struct raw_frames *raw = state;
    raw->frames = output->stream;
    raw->name = output->stream_name;
    raw->frame_bytes = record[0] = shape_values(&output->shape) * dtype_size(output->dtype);
    raw->label_bytes = record[1] = (size_t)output->n_classes * sizeof(float);
    raw->endless = output->endless;
    return label_output_open(&raw->labels, output->labels_to, output->force, err);
}

static int encode_raw(const void *state, const struct sample *sample, struct arena *arena,
                      const struct slot *slot, struct err *err) {
    (void)arena, (void)err;
    memcpy(slot->record[1], sample->soft_label, ((const struct raw_frames *)state)->label_bytes);
    return 0;
}

/* One sample, frame first. */
static int write_sample(struct raw_frames *raw, const uint8_t *frame, const uint8_t *label,
                        struct err *err) {
    if (file_write(raw->frames, raw->name, frame, raw->frame_bytes, err) == 0)
        return file_write(raw->labels.fd, raw->labels.path, label, raw->label_bytes, err);
    raw->reader_gone = err->reader_gone;
    return -1;
}

static int commit_raw(void *state, const struct records *records, struct err *err) {
    struct raw_frames *raw = state;
    for (size_t i = 0; i < (size_t)records->n; i++)
        if (write_sample(raw, records->stream[0] + i * raw->frame_bytes,
                         records->stream[1] + i * raw->label_bytes, err) < 0)
            return -1;
    return 0;
}

/* The labels of an endless run are kept when its reader has gone: one for each frame that was
 * written whole. */
static int close_raw(void *state, bool ok, struct text *result, struct err *err) {
    (void)result;
    struct raw_frames *raw = state;
    return label_output_close(&raw->labels, ok || (raw->endless && raw->reader_gone), err);
}

const struct sink sink_raw = {
    .name = "raw",
    .help = "the values alone, sample by sample, with -o -; labels go to --labels-to",
    .state_size = sizeof(struct raw_frames),
    .verbatim = true,
    .streams = true,
    .labels_apart = true,
    .check = check_raw,
    .open = open_raw,
    .encode = encode_raw,
    .commit = commit_raw,
    .close = close_raw,
};

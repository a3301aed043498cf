/* raw: the values of each sample, nothing between them, on standard output; the soft labels,
 * float32 (n_classes) a sample, go to a second output. Frame and label are written in turns, so
 * that one reader can take them in turns without waiting for ever. */
#include "base/interrupt.h"
#include "sinks/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MODE_FILE = 0666,
    BETWEEN_TRIES = 50, // milliseconds
};

struct raw_frames {
    int frames, labels; // descriptors
    size_t frame_bytes, label_bytes;
    const char *name, *labels_to; // what they are called
};

static int check_raw(const struct output *output, struct err *err) {
    if (!output->labels_to)
        return fail(err, "--to raw: say where the soft labels go with --labels-to PATH");
    if (file_kind(output->labels_to) == FILE_REGULAR && !output->force)
        return fail(err,
                    "--labels-to %s: exists already; choose another name, or replace it with "
                    "--force",
                    output->labels_to);
    return 0;
}

static bool is_fifo(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISFIFO(status.st_mode);
}

/* Waits for the reader of a FIFO, who must not keep a run from ending after a signal. Nor do writes
 * wait then: see pipe_reopen. */
static int open_labels(const char *path, struct err *err) {
    int flags = O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_CLOEXEC, fd;
    while ((fd = open(path, flags, MODE_FILE)) < 0 && errno == ENXIO && is_fifo(path)) {
        if (interrupted())
            return fail(err, "interrupted");
        poll(NULL, 0, BETWEEN_TRIES);
    }
    return fd < 0 ? fail(err, "%s: cannot open for labels: %s", path, strerror(errno)) : fd;
}

static int open_raw(void *state, const struct output *output, size_t record[STREAMS_MAX],
                    struct err *err) {
    struct raw_frames *raw = state;
    raw->frames = output->stream;
    raw->name = output->stream_name;
    raw->frame_bytes = record[0] = shape_values(&output->shape) * dtype_size(output->dtype);
    raw->label_bytes = record[1] = (size_t)output->n_classes * sizeof(float);
    raw->labels_to = output->labels_to;
    raw->labels = open_labels(output->labels_to, err);
    if (raw->labels < 0)
        return -1;
    return 0;
}

static int encode_raw(const void *state, const struct sample *sample, struct arena *arena,
                      const struct slot *slot, struct err *err) {
    (void)arena, (void)err;
    memcpy(slot->record[1], sample->soft_label, ((const struct raw_frames *)state)->label_bytes);
    return 0;
}

static int commit_raw(void *state, const struct records *records, struct err *err) {
    const struct raw_frames *raw = state;
    for (int i = 0; i < records->n; i++) {
        const uint8_t *frame = records->stream[0] + (size_t)i * raw->frame_bytes;
        const uint8_t *label = records->stream[1] + (size_t)i * raw->label_bytes;
        if (file_write(raw->frames, raw->name, frame, raw->frame_bytes, err) < 0 ||
            file_write(raw->labels, raw->labels_to, label, raw->label_bytes, err) < 0)
            return -1;
    }
    return 0;
}

static int close_raw(void *state, bool ok, struct text *result, struct err *err) {
    (void)ok, (void)result;
    const struct raw_frames *raw = state;
    if (raw->labels >= 0 && close(raw->labels) < 0)
        return fail(err, "%s: cannot close: %s", raw->labels_to, strerror(errno));
    return 0;
}

const struct sink sink_raw = {
    .name = "raw",
    .help = "the values alone, sample by sample, with -o -; labels go to --labels-to",
    .state_size = sizeof(struct raw_frames),
    .verbatim = true,
    .streams = true,
    .check = check_raw,
    .open = open_raw,
    .encode = encode_raw,
    .commit = commit_raw,
    .close = close_raw,
};

#include "engine/outbox.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void outbox_open(struct outbox *outbox, const size_t record[STREAMS_MAX], size_t samples,
                 size_t items) {
    *outbox = (struct outbox){.items_max = items};
    for (int k = 0; k < STREAMS_MAX; k++) {
        outbox->record[k] = record[k];
        outbox->stream[k] = must_calloc(samples, record[k]);
    }
    outbox->rows = must_calloc(items, sizeof *outbox->rows);
    outbox->blobs = must_calloc(items, sizeof *outbox->blobs);
    outbox->sizes = must_calloc(samples, sizeof *outbox->sizes);
    outbox->ends = must_calloc(items, sizeof *outbox->ends);
    outbox->buffers = must_calloc(samples + items, sizeof *outbox->buffers);
}

void outbox_close(struct outbox *outbox) {
    for (int k = 0; k < STREAMS_MAX; k++)
        free(outbox->stream[k]);
    for (size_t i = 0; i < outbox->items_max; i++) {
        text_close(&outbox->rows[i]);
        text_close(&outbox->blobs[i]);
    }
    free(outbox->rows);
    free(outbox->blobs);
    free(outbox->sizes);
    free(outbox->ends);
    free(outbox->buffers);
}

struct tray outbox_tray(struct outbox *outbox, int item, uint64_t row, int n) {
    size_t at = (size_t)(row - outbox->first_row);
    struct tray tray = {
        .rows = &outbox->rows[item], .blobs = &outbox->blobs[item], .sizes = outbox->sizes + at};
    for (int k = 0; k < STREAMS_MAX; k++)
        tray.records[k] = outbox->stream[k] + at * outbox->record[k];
    tray.rows->used = tray.blobs->used = 0;
    outbox->ends[item] = (int)at + n;
    return tray;
}

/* One buffer a sample. */
static void cut_blobs(struct outbox *outbox) {
    for (int i = 0, sample = 0; i < outbox->n_items; i++) {
        const char *at = outbox->blobs[i].bytes;
        for (; sample < outbox->ends[i]; at += outbox->sizes[sample++])
            outbox->buffers[sample] = (struct buffer){at, outbox->sizes[sample]};
    }
}

static int write_rows(struct outbox *outbox, const struct destination *to, struct err *err) {
    for (int i = 0; i < outbox->n_items; i++)
        outbox->buffers[i] = (struct buffer){outbox->rows[i].bytes, outbox->rows[i].used};
    return file_write_buffers(to->manifest, to->manifest_name, outbox->buffers,
                              (size_t)outbox->n_items, err);
}

int outbox_commit(struct outbox *outbox, const struct destination *to, struct err *err) {
    struct records records = {.blobs = outbox->buffers, .n = outbox->n};
    memcpy(records.stream, outbox->stream, sizeof records.stream);
    if (to->sink->blobs)
        cut_blobs(outbox);
    if (to->sink->commit && to->sink->commit(to->sink_state, &records, err) < 0)
        return -1;
    return to->manifest >= 0 ? write_rows(outbox, to, err) : 0;
}

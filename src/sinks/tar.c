/* tar: WebDataset shards train-000000.tar, train-000001.tar …, or one archive. The members of a
 * sample stand side by side: KEY.png (or .jpg), KEY.cls (the argmax), KEY.json (the manifest line)
 * and KEY.label.npy (the soft label, float32). Readers split a name at its first dot, so KEY is the
 * id's digits. https://github.com/webdataset/webdataset, "The WebDataset Format" */
#include "formats/tar.h"
#include "formats/npy.h"
#include "sinks/image_file.h"
#include "sinks/sink.h"

#include <stdio.h>
#include <string.h>

enum { NAME_MAX_BYTES = 48 };

struct tar {
    struct output output;
    uint8_t label_header[NPY_HEADER];
    int fd;           // of the archive at hand
    const char *name; // and what it is called
    char shard_name[32];
    int shard;                  // its number
    struct option_shard filled; // what is in it so far
};

/* --- a sample as bytes --- */

/* A sample on its way into the archive, member by member. */
struct packing {
    struct text *blob;
    char name[NAME_MAX_BYTES]; // KEY.
    size_t stem;               // its bytes
};

/* Room for a member of n bytes behind its header; NULL: it cannot have one. */
static uint8_t *add_member(struct packing *packing, const char *extension, size_t n,
                           struct err *err) {
    char *end = put_string(packing->name + packing->stem, extension);
    size_t padding = tar_padding(n), length = (size_t)(end - packing->name);
    uint8_t *at = (uint8_t *)text_room(packing->blob, TAR_BLOCK + n + padding);
    if (tar_header(at, packing->name, length, n, err) < 0)
        return NULL;
    memset(at + TAR_BLOCK + n, 0, padding);
    packing->blob->used += TAR_BLOCK + n + padding;
    return at + TAR_BLOCK;
}

static int add_bytes(struct packing *packing, const char *extension, const void *bytes, size_t n,
                     struct err *err) {
    uint8_t *at = add_member(packing, extension, n, err);
    if (!at)
        return -1;
    memcpy(at, bytes, n);
    return 0;
}

static int add_label(const struct tar *tar, const float *soft_label, struct packing *packing,
                     struct err *err) {
    size_t n = (size_t)tar->output.n_classes * sizeof *soft_label;
    uint8_t *at = add_member(packing, "label.npy", NPY_HEADER + n, err);
    if (!at)
        return -1;
    memcpy(at, tar->label_header, NPY_HEADER);
    memcpy(at + NPY_HEADER, soft_label, n);
    return 0;
}

static int encode_tar(const void *state, const struct sample *sample, struct arena *arena,
                      const struct slot *slot, struct err *err) {
    const struct tar *tar = state;
    struct packing packing = {.blob = slot->blob};
    packing.stem = (size_t)(put_file_name(packing.name, sample->id, "") - packing.name);
    char label[UNSIGNED_TEXT_MAX];
    uint8_t *bytes;
    size_t n;
    if (image_encode(&tar->output, sample->pixels, arena, &bytes, &n, err) < 0 ||
        add_bytes(&packing, image_extension(&tar->output), bytes, n, err) < 0)
        return -1;
    n = (size_t)(put_unsigned(label, (uint64_t)sample->label) - label);
    if (add_bytes(&packing, "cls", label, n, err) < 0 ||
        add_bytes(&packing, "json", sample->line, sample->line_bytes, err) < 0)
        return -1;
    return add_label(tar, sample->soft_label, &packing, err);
}

/* --- archives --- */

static int start_shard(struct tar *tar, struct err *err) {
    tar->filled = (struct option_shard){0};
    if (!tar->output.publication)
        return 0;
    snprintf(tar->shard_name, sizeof tar->shard_name, "train-%06d.tar", tar->shard++);
    tar->name = tar->shard_name;
    tar->fd = publication_create(tar->output.publication, tar->name, err);
    return tar->fd < 0 ? -1 : 0;
}

static int end_shard(struct tar *tar, bool ok, struct err *err) {
    static const uint8_t end[TAR_END];
    int result = ok ? file_write(tar->fd, tar->name, end, sizeof end, err) : 0;
    if (tar->output.publication)
        result = file_close(tar->fd, tar->name, result, err);
    tar->fd = -1;
    return result;
}

/* Whether a sample of n bytes no longer goes into the archive, its end included. An archive that is
 * one file or a stream has no limit. */
static bool is_full(const struct tar *tar, size_t n) {
    const struct option_shard *limit = &tar->output.shard;
    if (!tar->output.publication || tar->filled.n == 0)
        return false;
    return limit->bytes ? tar->filled.n + n + TAR_END > limit->n : tar->filled.n >= limit->n;
}

static int commit_tar(void *state, const struct records *records, struct err *err) {
    struct tar *tar = state;
    int first = 0;
    for (int i = 0; i < records->n; i++) {
        if (is_full(tar, records->blobs[i].n)) {
            if (file_write_buffers(tar->fd, tar->name, records->blobs + first, (size_t)(i - first),
                                   err) < 0 ||
                end_shard(tar, true, err) < 0 || start_shard(tar, err) < 0)
                return -1;
            first = i;
        }
        tar->filled.n += tar->output.shard.bytes ? records->blobs[i].n : 1;
    }
    return file_write_buffers(tar->fd, tar->name, records->blobs + first,
                              (size_t)(records->n - first), err);
}

/* --- opening and closing --- */

static int check_tar(const struct output *output, struct err *err) {
    return image_check(output, "tar", err);
}

static int open_tar(void *state, const struct output *output, size_t record[STREAMS_MAX],
                    struct err *err) {
    (void)record;
    struct tar *tar = state;
    struct shape row = {0};
    tar->output = *output;
    tar->fd = output->stream;
    npy_header(tar->label_header, DTYPE_FLOAT32, (uint64_t)output->n_classes, &row);
    tar->name = output->stream_name;
    return start_shard(tar, err);
}

/* A sample is known by its name, whichever shard it is in. */
static int64_t place_in_tar(const void *state, const struct sample *sample,
                            struct text *file_name) {
    image_file_name(&((const struct tar *)state)->output, sample, file_name);
    return -1;
}

static int close_tar(void *state, bool ok, struct text *result, struct err *err) {
    (void)result;
    struct tar *tar = state;
    return tar->fd < 0 ? 0 : end_shard(tar, ok, err);
}

/* Other archives have such names too, but not our header. */
static bool is_our_tar(const uint8_t *bytes, size_t n) {
    struct tar_member member;
    struct err ignored;
    uint8_t ours[TAR_BLOCK];
    return n >= TAR_BLOCK && tar_is_header(bytes) && tar_parse(bytes, &member, &ignored) == 0 &&
           strspn(member.name, "0123456789") >= 9 &&
           tar_header(ours, member.name, strlen(member.name), member.size, &ignored) == 0 &&
           memcmp(ours, bytes, TAR_BLOCK) == 0;
}

const struct sink sink_tar = {
    .name = "tar",
    .help = "WebDataset shards train-NNNNNN.tar; with -o NAME.tar or -o - one archive",
    .manifest = "manifest.jsonl",
    .load = "import glob, webdataset as wds\n"
            "train = wds.WebDataset(sorted(glob.glob(\"train-*.tar\"))).decode(\"rgb8\")"
            ".to_tuple(\"png;jpg\", \"label.npy\")\n",
    .files = "train-*.tar",
    .state_size = sizeof(struct tar),
    .pictures = true,
    .shards = true,
    .blobs = true,
    .streams = true,
    .rows = true,
    .suffix = ".tar",
    .is_ours = is_our_tar,
    .check = check_tar,
    .open = open_tar,
    .encode = encode_tar,
    .place = place_in_tar,
    .commit = commit_tar,
    .close = close_tar,
};

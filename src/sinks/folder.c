/* folder: pictures at train/CLASS/ID.png (or .jpg), the class being the argmax of the soft label,
 * as torchvision's ImageFolder and Hugging Face's imagefolder read them. */
#include "formats/picture.h"
#include "sinks/sink.h"

#include <stdio.h>
#include <string.h>

static const char SPLIT[] = "train/"; // readers take a class called train or test for a split

struct folder {
    struct output output;
};

static int check_folder(const struct output *output, struct err *err) {
    for (int k = 0; k < output->n_classes; k++)
        if (strcmp(output->class_names[k], "metadata.jsonl") == 0)
            return fail(err,
                        "--to folder: class %d is called metadata.jsonl, as the manifest is; "
                        "rename it, or use another --to",
                        k);
    int channels = output->shape.rank == 3 ? output->shape.dim[2] : 0;
    if (output->dtype != DTYPE_UINT8 || (channels != 1 && channels != 3))
        return fail(err, "--to folder: samples are not pictures of 1 or 3 channels; use --to npy");
    return 0;
}

static int open_folder(void *state, const struct output *output, size_t record[STREAMS_MAX],
                       struct err *err) {
    (void)record, (void)err;
    struct folder *folder = state;
    folder->output = *output;
    return 0;
}

static int64_t place_in_folder(const void *state, const struct sample *sample,
                               struct text *file_name) {
    const struct folder *folder = state;
    char name[32];
    snprintf(name, sizeof name, "/%09llu.%s", (unsigned long long)sample->id,
             folder->output.image == IMAGE_PNG ? "png" : "jpg");
    text_string(file_name, folder->output.class_names[sample->label]);
    text_string(file_name, name);
    return -1;
}

static int encode_picture(const struct output *output, const void *pixels, struct arena *arena,
                          uint8_t **bytes, size_t *size, struct err *err) {
    const int *dim = output->shape.dim;
    struct picture picture = {.w = dim[1], .h = dim[0], .c = dim[2], .pixels = (uint8_t *)pixels};
    if (output->image == IMAGE_PNG)
        return picture_encode_png(&picture, output->png_level, arena, bytes, size, err);
    return picture_encode_jpeg(&picture, output->quality, arena, bytes, size, err);
}

/* Encodes and writes here, where threads are many, rather than in commit. */
static int encode_folder(const void *state, const struct sample *sample, struct arena *arena,
                         uint8_t *record[STREAMS_MAX], struct err *err) {
    (void)record;
    const struct folder *folder = state;
    uint8_t *bytes;
    size_t size;
    if (encode_picture(&folder->output, sample->pixels, arena, &bytes, &size, err) < 0)
        return -1;
    struct text name = {0};
    text_string(&name, SPLIT);
    place_in_folder(state, sample, &name);
    text_terminate(&name);
    int result = publication_write(folder->output.publication, name.bytes, bytes, size, err);
    text_close(&name);
    return result;
}

const struct sink sink_folder = {
    .name = "folder",
    .help = "train/CLASS/ID.png (or .jpg) with metadata.jsonl",
    .manifest = "train/metadata.jsonl",
    .load = "from datasets import load_dataset\n"
            "train = load_dataset(\"imagefolder\", data_dir=\".\", split=\"train\")\n",
    .class_folders = true,
    .state_size = sizeof(struct folder),
    .check = check_folder,
    .open = open_folder,
    .encode = encode_folder,
    .place = place_in_folder,
};

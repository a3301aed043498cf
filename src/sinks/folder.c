/* folder: pictures at train/CLASS/ID.png (or .jpg), the class being the argmax of the soft label,
 * as torchvision's ImageFolder and Hugging Face's imagefolder read them. */
#include "sinks/image_file.h"
#include "sinks/sink.h"

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
    return image_check(output, "folder", err);
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
    text_string(file_name, folder->output.class_names[sample->label]);
    text_string(file_name, "/");
    image_file_name(&folder->output, sample, file_name);
    return -1;
}

/* Encodes and writes here, where threads are many, rather than in commit. */
static int encode_folder(const void *state, const struct sample *sample, struct arena *arena,
                         const struct slot *slot, struct err *err) {
    (void)slot;
    const struct folder *folder = state;
    uint8_t *bytes;
    size_t size;
    if (image_encode(&folder->output, sample->pixels, arena, &bytes, &size, err) < 0)
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
            "train = load_dataset(\"imagefolder\", data_files={\"train\": \"train/**\"}, "
            "split=\"train\")\n",
    .pictures = true,
    .class_folders = true,
    .files = "train/**",
    .state_size = sizeof(struct folder),
    .check = check_folder,
    .open = open_folder,
    .encode = encode_folder,
    .place = place_in_folder,
};

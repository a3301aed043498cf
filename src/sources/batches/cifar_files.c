#include "sources/batches/cifar_files.h"

#include "base/files.h"
#include "base/memory.h"

#include <stdlib.h>
#include <unistd.h>

static int add_file(struct cifar_files *list, int input, const char *path, struct err *err) {
    uint64_t size;
    int fd = file_open(path, &size, err);
    if (fd < 0)
        return -1;
    if (cifar_check_size(list->layout, path, size, err) < 0) {
        close(fd);
        return -1;
    }
    uint64_t records = size / cifar_record_size(list->layout);
    if (records > INT32_MAX - list->n) {
        close(fd);
        return fail(err, "%s: more than %d records in all", path, INT32_MAX);
    }
    size_t files = (size_t)list->n_files + 1;
    list->files = must_realloc(list->files, files * sizeof *list->files);
    list->files[list->n_files++] = (struct batch_file){
        must_strdup(path), path_base(path), fd, input, list->n, (uint32_t)records};
    list->n += (uint32_t)records;
    return 0;
}

static int add_folder(struct cifar_files *list, int input, const char *folder, struct err *err) {
    char **names;
    size_t n;
    int before = list->n_files, result = 0;
    if (folder_names(folder, &names, &n, err) < 0)
        return -1;
    for (size_t i = 0; i < n && result == 0; i++) {
        if (!cifar_is_training_batch(names[i]))
            continue;
        char *path = path_join(folder, names[i]);
        result = add_file(list, input, path, err);
        free(path);
    }
    strings_free(names, n);
    if (result == 0 && list->n_files == before)
        return fail(err,
                    "%s: no training batches (data_batch_*.bin or train.bin) in this folder; "
                    "name other files themselves",
                    folder);
    return result;
}

int cifar_files_open(struct cifar_files *list, const struct cifar_layout *layout,
                     const struct input *input, struct err *err) {
    *list = (struct cifar_files){.layout = layout};
    for (int i = 0; i < input->n_paths; i++) {
        const char *path = input->paths[i];
        bool folder = file_kind(path) == FILE_FOLDER;
        if ((folder ? add_folder : add_file)(list, i, path, err) < 0)
            return -1;
    }
    return 0;
}

const struct batch_file *cifar_files_find(const struct cifar_files *list, uint32_t sample) {
    const struct batch_file *file = list->files;
    while (sample - file->first >= file->n)
        file++;
    return file;
}

void cifar_files_close(struct cifar_files *list) {
    for (int i = 0; i < list->n_files; i++) {
        close(list->files[i].fd);
        free(list->files[i].path);
        free(list->files[i].name);
    }
    free(list->files);
}

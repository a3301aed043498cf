#include "sources/batches/cifar_layout.h"

#include "base/files.h"
#include "base/words.h"
#include "formats/planes.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct cifar_layout CIFAR10 = {"CIFAR-10", 1, 0, 10, "batches.meta.txt"};
const struct cifar_layout CIFAR100_FINE = {"CIFAR-100", 2, 1, 100, "fine_label_names.txt"};
const struct cifar_layout CIFAR100_COARSE = {"CIFAR-100", 2, 0, 20, "coarse_label_names.txt"};

size_t cifar_record_size(const struct cifar_layout *layout) {
    return (size_t)layout->label_bytes + CIFAR_PIXELS;
}

static bool has_prefix(const char *name, const char *prefix) {
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

/* Training batches by their customary names; test batches are read only where they are named. */
bool cifar_is_training_batch(const char *name) {
    return ends_with(name, ".bin") && (has_prefix(name, "data_batch") || has_prefix(name, "train"));
}

/* The first training batch in a folder; NULL where there is none. Owned by the caller. */
static char *first_batch(const char *folder) {
    struct err ignored;
    char **names, *found = NULL;
    size_t n;
    if (folder_names(folder, &names, &n, &ignored) < 0)
        return NULL;
    for (size_t i = 0; i < n && !found; i++)
        if (cifar_is_training_batch(names[i]))
            found = path_join(folder, names[i]);
    strings_free(names, n);
    return found;
}

static bool file_has_layout(const char *path, const struct cifar_layout *layout) {
    struct err ignored;
    uint64_t size;
    uint8_t labels[CIFAR_LABELS_MAX];
    int fd = file_open(path, &size, &ignored);
    if (fd < 0)
        return false;
    bool fits = size > 0 && size % cifar_record_size(layout) == 0 &&
                file_read_at(fd, path, labels, (size_t)layout->label_bytes, 0, &ignored) == 0 &&
                labels[layout->label_at] < layout->n_classes;
    close(fd);
    return fits;
}

/* By its bytes; a file that fits neither layout but is called as batches are goes by its name, so
 * that opening it says what is wrong. NULL: no batch. */
static const struct cifar_layout *layout_of(const char *path) {
    if (file_has_layout(path, &CIFAR10))
        return &CIFAR10;
    if (file_has_layout(path, &CIFAR100_FINE))
        return &CIFAR100_FINE;
    char *name = path_base(path);
    const struct cifar_layout *layout = NULL;
    if (ends_with(name, ".bin"))
        layout =
            has_prefix(name, "train.") || has_prefix(name, "test.") ? &CIFAR100_FINE : &CIFAR10;
    free(name);
    return layout;
}

bool cifar_probe(const char *path, const struct cifar_layout *layout) {
    enum file_kind kind = file_kind(path);
    if (kind == FILE_REGULAR)
        return layout_of(path) == layout;
    char *batch = kind == FILE_FOLDER ? first_batch(path) : NULL;
    bool fits = batch && layout_of(batch) == layout;
    free(batch);
    return fits;
}

int cifar_check_size(const struct cifar_layout *layout, const char *path, uint64_t size,
                     struct err *err) {
    size_t record = cifar_record_size(layout);
    const struct cifar_layout *other = layout == &CIFAR10 ? &CIFAR100_FINE : &CIFAR10;
    if (size == 0)
        return fail(err, "%s: empty: not one %s record of %zu bytes", path, layout->name, record);
    if (size % record == 0)
        return 0;
    if (size % cifar_record_size(other) == 0)
        return fail(err,
                    "%s: %zu bytes are no whole number of %s records (%zu bytes each), but %zu "
                    "of %s (%zu bytes): try --from %s",
                    path, (size_t)size, layout->name, record,
                    (size_t)size / cifar_record_size(other), other->name, cifar_record_size(other),
                    other == &CIFAR10 ? "cifar10" : "cifar100");
    return fail(err, "%s: record %zu is cut short: %zu of %zu bytes", path, (size_t)(size / record),
                (size_t)(size % record), record);
}

int cifar_name_classes(const struct cifar_layout *layout, const char *given, const char *batch_path,
                       int n, struct class_names *classes, struct err *err) {
    if (class_names_open(classes, given, batch_path, layout->names_file, err) < 0)
        return -1;
    if (classes->n == 0)
        class_names_number(classes, n);
    if (classes->n == n)
        return 0;
    if (n != layout->n_classes)
        return fail(err, "%s: %d class name%s, where the labels have %d class%s", classes->path,
                    classes->n, s_of(classes->n), n, es_of(n));
    return fail(err, "%s: %d class name%s, where %s has %d", classes->path, classes->n,
                s_of(classes->n), layout->name, n);
}

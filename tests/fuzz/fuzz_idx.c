/* IDX files, packed by gzip or not: the bytes are samples, and then labels. */
#include "ordeal.h"

static const uint8_t OTHERS[] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 8, 9, 6};
static const uint8_t LABELS[] = {0, 0, 8, 1, 0, 0, 0, 2, 1, 2};

static void try_pair(char *samples, const char *labels, size_t size) {
    struct input input = ordeal_input((char *[]){samples}, size);
    input.labels = labels;
    ordeal("idx", &input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct memory_file file = memory_file_open(bytes, size);
    struct memory_file others = memory_file_open(OTHERS, sizeof OTHERS);
    struct memory_file labels = memory_file_open(LABELS, sizeof LABELS);
    try_pair(file.path, labels.path, size);
    try_pair(others.path, file.path, size);
    memory_file_close(&file);
    memory_file_close(&others);
    memory_file_close(&labels);
    return 0;
}

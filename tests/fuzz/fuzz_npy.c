/* A .npy file of samples, beside three hard labels. */
#include "ordeal.h"

static const uint8_t LABELS[] = {0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2}; // as IDX

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct memory_file samples = memory_file_open(bytes, size);
    struct memory_file labels = memory_file_open(LABELS, sizeof LABELS);
    struct input input = ordeal_input((char *[]){samples.path}, size);
    input.labels = labels.path;
    input.channels = size % 2 ? 1 : 0;
    ordeal("npy", &input);
    memory_file_close(&samples);
    memory_file_close(&labels);
    return 0;
}

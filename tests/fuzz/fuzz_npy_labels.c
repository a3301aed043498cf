/* A .npy file of labels, hard or soft, beside three samples. */
#include "ordeal.h"

static const uint8_t SAMPLES[] = {0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 1, 7, 8, 9}; // as IDX

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct memory_file samples = memory_file_open(SAMPLES, sizeof SAMPLES);
    struct memory_file labels = memory_file_open(bytes, size);
    struct input input = ordeal_input((char *[]){samples.path}, size);
    input.labels = labels.path;
    ordeal("npy", &input);
    memory_file_close(&samples);
    memory_file_close(&labels);
    return 0;
}

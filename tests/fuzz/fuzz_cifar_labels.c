/* The labels.npy beside a CIFAR batch of two records, of classes 0 and 1. */
#include "ordeal.h"

enum { RECORD = 3073 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const uint8_t records[2 * RECORD] = {[RECORD] = 1};
    struct memory_file batch = memory_file_open(records, sizeof records);
    struct memory_file labels = memory_file_open(bytes, size);
    struct input input = ordeal_input((char *[]){batch.path}, size);
    input.labels = labels.path;
    ordeal("cifar10", &input);
    memory_file_close(&batch);
    memory_file_close(&labels);
    return 0;
}

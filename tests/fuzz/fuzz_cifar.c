/* A CIFAR batch, as CIFAR-10 and as CIFAR-100. */
#include "ordeal.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct memory_file batch = memory_file_open(bytes, size);
    struct input input = ordeal_input((char *[]){batch.path}, size);
    input.coarse = size % 2;
    ordeal("cifar10", &input);
    ordeal("cifar100", &input);
    memory_file_close(&batch);
    return 0;
}

/* A CIFAR batch, as CIFAR-10 and as CIFAR-100. */
#include "ordeal.h"

/* The labels are one byte of three thousand, or two: every other time they change. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed) {
    if (seed % 2 || size < 2)
        return LLVMFuzzerMutate(bytes, size, most);
    bytes[seed / 2 % 2] = (uint8_t)(seed / 4 % 128);
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct memory_file batch = memory_file_open(bytes, size);
    struct input input = ordeal_input((char *[]){batch.path}, size);
    input.coarse = size % 2;
    ordeal("cifar10", &input);
    ordeal("cifar100", &input);
    memory_file_close(&batch);
    return 0;
}

/* A tar archive, in a file. */
#include "tar_mutator.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct memory_file archive = memory_file_open(bytes, size);
    struct input input = ordeal_input((char *[]){archive.path}, size);
    ordeal("tar", &input);
    memory_file_close(&archive);
    return 0;
}

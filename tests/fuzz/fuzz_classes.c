/* A file of class names, for a list of numbers and for a list of names. */
#include "labelled_pictures.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char number[] = "good-png-grey1.png,0\n", name[] = "good-png-grey1.png,cat\n";
    struct memory_file classes = memory_file_open(bytes, size);
    try_list(number, sizeof number - 1, classes.path);
    try_list(name, sizeof name - 1, classes.path);
    memory_file_close(&classes);
    return 0;
}

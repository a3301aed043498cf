/* A list as CSV: its path has no ending, so that it is one unless it begins with a brace. */
#include "labelled_pictures.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    try_list(bytes, size, NULL);
    return 0;
}

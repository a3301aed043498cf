/* A list as JSON lines, which it is where it begins with a brace. */
#include "labelled_pictures.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size > 0 && bytes[0] == '{')
        try_list(bytes, size, NULL);
    return 0;
}

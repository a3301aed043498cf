#include "model/sample_digest.h"

#include "formats/digest.h"

uint64_t sample_digest(uint64_t id, const void *pixels, size_t n, const float *soft_label,
                       size_t n_classes) {
    return digest_of(soft_label, n_classes * sizeof *soft_label, digest_of(pixels, n, id));
}

uint64_t sample_digest_join(uint64_t all, uint64_t sample) {
    uint8_t bytes[sizeof sample];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(sample >> 8 * i);
    return digest_of(bytes, sizeof bytes, all);
}

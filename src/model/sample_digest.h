/* Digests of samples, by which two outputs are known to be the same: each has one of its own, of
 * id, pixels and soft label; that of an output runs over theirs, in order. */
#ifndef MIXSMITH_SAMPLE_DIGEST_H
#define MIXSMITH_SAMPLE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/* pixels: (n) bytes; soft_label: (n_classes) */
uint64_t sample_digest(uint64_t id, const void *pixels, size_t n, const float *soft_label,
                       size_t n_classes);

/* That of an output with one sample more; 0 before the first. */
uint64_t sample_digest_join(uint64_t all, uint64_t sample);

#endif

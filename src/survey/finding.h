/* Finding: what one sample shows when it is looked at as it is stored.
 *
 * A sample is flat when it holds next to nothing: bytes whose standard deviation lies below
 * FLAT_DEVIATION in each channel; other numbers that are all the same in each channel. */
#ifndef MIXSMITH_FINDING_H
#define MIXSMITH_FINDING_H

#include "formats/digest.h"
#include "sources/source.h"

enum { FLAT_DEVIATION = 2 }; // grey levels of 256

struct finding {
    char *reason; // it cannot be read; owned by the caller. NULL: it can, and the rest is set
    size_t bytes; // as stored
    struct picture_info info;
    struct shape shape;
    struct digest128 digest; // of shape and values
    bool flat;
};

/* Whether all channels are flat. values: (n positions, channels). */
bool bytes_are_flat(const uint8_t *values, size_t n, int channels);
bool floats_are_flat(const float *values, size_t n, int channels);

/* Reads and decodes the sample; pure, on any thread. */
struct finding finding_of(const struct source *source, const void *state,
                          const struct contents *contents, uint32_t sample, struct arena *arena);

#endif

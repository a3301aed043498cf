/* The codecs, one row each. */
#include "formats/codecs.h"

#define CODEC_ROWS                                                                                 \
    X(png)                                                                                         \
    X(jpeg)                                                                                        \
    X(bmp)                                                                                         \
    X(npy)                                                                                         \
    X(idx)                                                                                         \
    X(gzip)

#define X(name) extern const struct codec codec_##name;
CODEC_ROWS
#undef X

#define X(name) &codec_##name,
const struct codec *const CODECS[] = {CODEC_ROWS};
#undef X

const int N_CODECS = sizeof CODECS / sizeof *CODECS;

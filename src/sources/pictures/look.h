/* Look: a picture file as it is stored, for the sources whose samples are picture files. */
#ifndef MIXSMITH_LOOK_H
#define MIXSMITH_LOOK_H

#include "sources/source.h"

/* Messages do not name the file: the caller does. Any thread. */
int look_at_picture(const struct raw *raw, long max_pixels, bool upright, struct arena *arena,
                    struct stored *stored, struct err *err);

#endif

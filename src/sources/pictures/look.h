/* Look: a picture file as it is stored, for the sources whose samples are picture files. */
#ifndef MIXSMITH_LOOK_H
#define MIXSMITH_LOOK_H

#include "sources/pictures/headers.h"
#include "sources/source.h"

/* Messages do not name the file: the caller does. Any thread. */
int look_at_picture(const struct raw *raw, const struct header_rules *rules, struct arena *arena,
                    struct stored *stored, struct err *err);

#endif

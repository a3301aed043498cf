/* Fitting: what all pictures of an input become, be they files or members of archives: one size and
 * one number of channels. Both are what was asked for; else the size is the first picture's, which
 * all others then have to have, and the channels are three where any picture has colours. */
#ifndef MIXSMITH_FITTING_H
#define MIXSMITH_FITTING_H

#include "sources/pictures/headers.h"
#include "sources/source.h"

struct fitting {
    struct header_rules rules;
    enum fit fit;
    int w, h;          // pixels; 0: not settled yet
    int channels;      // 1 or 3; 0: not settled yet
    bool sized;        // w, h were asked for
    struct text first; // name of the picture that settled them; owned
};

/* What the job asks for. */
void fitting_open(struct fitting *fitting, const struct input *input);
void fitting_close(struct fitting *fitting);

/* Settles what is still open by the headers of the files, and compares their sizes where none was
 * asked for; again for each window of a stream. -1: a picture of another size. data, name: how
 * messages call a file. */
int fitting_settle(struct fitting *fitting, const struct headers *found, const void *data,
                   header_name *name, struct err *err);

/* (h, w, channels) */
struct shape fitting_shape(const struct fitting *fitting);

/* Decodes a picture into pixels of that shape. Messages do not name the file: the caller does. Any
 * thread. */
int fitting_decode(const struct fitting *fitting, const struct raw *raw, struct arena *arena,
                   void *pixels, struct err *err);

#endif

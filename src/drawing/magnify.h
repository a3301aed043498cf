/* Magnifying: pictures in another size, for people to look at. */
#ifndef MIXSMITH_MAGNIFY_H
#define MIXSMITH_MAGNIFY_H

#include "formats/picture.h"

/* The picture in w × h pixels: smaller ones with every pixel a sharp square, larger ones reduced.
 * It lies in the arena. */
struct picture picture_in_size(const struct picture *picture, int w, int h, struct arena *arena);

#endif

/* The inside of a checked PNG file. */
#ifndef MIXSMITH_PNG_DECODE_H
#define MIXSMITH_PNG_DECODE_H

#include "formats/picture.h"
#include "formats/png_check.h"

/* To 8 bits and the file's own channels, 1..4; palettes become colour. png: as png_check gave it,
 * with sides that picture.h allows. -1: the data does not inflate to just what the header implies,
 * an unknown row filter, or a pixel whose colour is not in the palette. */
int png_decode(const struct png *png, struct arena *arena, struct picture *out, struct err *err);

#endif

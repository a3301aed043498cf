/* The one thing that decoding needs of EXIF: which way up the picture is. */
#ifndef MIXSMITH_EXIF_H
#define MIXSMITH_EXIF_H

#include <stddef.h>
#include <stdint.h>

/* tiff: what follows "Exif\0\0" in a JPEG's APP1 segment, or a PNG's eXIf chunk; NULL with size 0
 * will do. Tag 0x0112 of the first directory, 1..8; 1 where it is missing or makes no sense. */
int exif_orientation(const uint8_t *tiff, size_t size);

#endif

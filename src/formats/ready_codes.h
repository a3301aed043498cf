/* Ready codes, made beforehand for what a PNG filter leaves of photographs: the further a byte is
 * from 0, on both sides, the rarer it is, by about the same factor each step (the two-sided
 * geometric distribution of Weinberger, Seroussi and Sapiro: The LOCO-I lossless image compression
 * algorithm, IEEE Trans. Image Process. 9, 2000); another factor in rough places than in smooth
 * ones. In a small picture, making a code of its own takes longer than writing the picture in it,
 * and telling it to the reader costs about what it saves. */
#ifndef MIXSMITH_READY_CODES_H
#define MIXSMITH_READY_CODES_H

#include "formats/literal_code.h"

#include <stddef.h>

/* The ready code that n bytes are shortest in. count: (LITERALS) of them. NULL: they are so many
 * that a code of their own pays, or none comes within 1/32 of what that could do at best. */
const struct literal_code *ready_code(const uint32_t *count, size_t n);

#endif

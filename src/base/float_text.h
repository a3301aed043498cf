/* Floats as text, for rows that are written by the million: cJSON prints one double in six so that
 * it does not read back, and 1.0 as 1, which readers then take for an integer. */
#ifndef MIXSMITH_FLOAT_TEXT_H
#define MIXSMITH_FLOAT_TEXT_H

#include "base/text.h"

enum { FLOAT_TEXT_MAX = 40 }; // bytes

/* A finite float as a short decimal fraction that reads back as the same float32, always with a
 * decimal point: 0.29, 1.0. Below 1e-12 and from 1e9 up with an exponent. Writes at `at`, where
 * there is room for FLOAT_TEXT_MAX; returns the place behind. */
char *put_float(char *at, float value);

/* The same, appended. */
void text_float(struct text *text, float value);

#endif

/* A sample as the bytes of a picture file, PNG or JPEG as the job says. */
#ifndef MIXSMITH_IMAGE_FILE_H
#define MIXSMITH_IMAGE_FILE_H

#include "sinks/sink.h"

/* -1: samples are no pictures of 1 or 3 channels; sink: whose name the message begins with. */
int image_check(const struct output *output, const char *sink, struct err *err);

/* pixels: (h, w, c). The bytes lie in the arena. */
int image_encode(const struct output *output, const void *pixels, struct arena *arena,
                 uint8_t **bytes, size_t *n, struct err *err);

const char *image_extension(const struct output *output); // "png"

/* Writes ID.EXTENSION at `at`, where there is room: nine digits at least, and one extension,
 * because readers split at the first dot. Returns the place behind. */
char *put_file_name(char *at, uint64_t id, const char *extension);

/* Appends ID.png. */
void image_file_name(const struct output *output, const struct sample *sample,
                     struct text *file_name);

#endif

/* Picture files: samples that are a picture file each, whatever says which files and of what class.
 * A source of such samples keeps this as the first member of its state, fills `files`, opens, and
 * puts the functions below into its row as they are. What a file is, its content says. */
#ifndef MIXSMITH_PICTURE_FILES_H
#define MIXSMITH_PICTURE_FILES_H

#include "sources/pictures/fitting.h"
#include "sources/pictures/path_list.h"
#include "sources/source.h"

struct picture_files {
    struct path_list files;
    struct fitting fitting;
    uint8_t *unusable; // (files) flags: the header is no picture's
};

/* Looks into every file and settles the size; sets all of contents but classes and labels. -1: not
 * one picture, or pictures of several sizes where none was asked for. As stored, nothing is looked
 * into or settled. */
int picture_files_open(struct picture_files *pictures, const struct input *input, struct pool *pool,
                       struct contents *contents, struct err *err);
void picture_files_close(struct picture_files *pictures);

/* As in source.h; state: begins with a struct picture_files. */
int picture_files_read(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                       struct err *err);
int picture_files_decode(const void *state, uint32_t sample, const struct raw *raw,
                         struct arena *arena, void *pixels, struct err *err);
int picture_files_look(const void *state, uint32_t sample, const struct raw *raw,
                       struct arena *arena, struct stored *stored, struct err *err);
struct origin picture_files_origin(const void *state, uint32_t sample, struct text *path);

#endif

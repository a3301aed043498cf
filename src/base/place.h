/* Place: whether an output may take a name, and how it does, be it a folder (publication.h) or a
 * file (archive.h). */
#ifndef MIXSMITH_PLACE_H
#define MIXSMITH_PLACE_H

#include "base/fail.h"

#include <stdbool.h>

/* 0: the name is free, and its folder there to be written to; 1: something has the name; -1:
 * nothing can be made there. */
int place_look(const char *path, struct err *err);

/* Refuses to replace what has the name. ours: with force it could be. */
int place_refuse(const char *path, bool ours, bool force, struct err *err);

/* Gives what is called partial a name that nobody has, as far as the file system can promise it.
 * -1: errno says why, EEXIST where somebody has. */
int place_take(const char *partial, const char *path);

#endif

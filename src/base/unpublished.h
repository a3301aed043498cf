/* Unpublished folders: what may go, and how it goes. A mark is in a folder as long as it is not
 * published: one that has it is an interrupted run's, or an old output that has been replaced and
 * is about to go. */
#ifndef MIXSMITH_UNPUBLISHED_H
#define MIXSMITH_UNPUBLISHED_H

#include "base/fail.h"

#include <stdbool.h>

/* folder: a descriptor; path: its name, for messages. Taking away a mark that is not there does
 * nothing. */
int unpublished_mark(int folder, const char *path, struct err *err);
void unpublished_unmark(int folder);
bool unpublished_is_marked(int folder);

/* Removes path and all below it; follows no link. Best effort: callers look again. The mark goes
 * last, so that a folder that is half removed still shows that it may go. */
void unpublished_remove(const char *path);

#endif

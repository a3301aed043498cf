/* Splits: the folders train, val, test, … that many data sets keep apart what is for training and
 * what is for measuring. An input has splits where all its folders are called so and at least one
 * of them holds what a source reads; else such names are the names of classes. */
#ifndef MIXSMITH_SPLITS_H
#define MIXSMITH_SPLITS_H

#include "base/fail.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* Which of the splits that there are a word of n bytes means, in small letters; -1: none. */
int split_meaning(const char *word, size_t n);

/* Whether a folder is one that the source can read as an input. */
typedef bool holds_samples(const char *folder);

/* Whether all folders of root are splits, and one of them holds samples. */
bool splits_exist(const char *root, holds_samples *holds);

/* The split to read: the one that `wanted` names, or train where it is NULL. *split: its folder,
 * owned by the caller, or NULL where root has no splits. What was chosen from several without being
 * asked is added to note. -1: there are splits but not this one, or it is wanted where there are
 * none. */
int split_choose(const char *root, const char *wanted, holds_samples *holds, char **split,
                 struct text *note, struct err *err);

#endif

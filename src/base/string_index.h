/* String index: different strings, numbered in the order in which they first come. Finding one
 * takes the same time among ten and among a million (open addressing; FNV-1a, Fowler, Noll and
 * Vo). */
#ifndef MIXSMITH_STRING_INDEX_H
#define MIXSMITH_STRING_INDEX_H

#include "base/text.h"

enum { STRING_NONE = -1 };

struct string_index {
    struct text text; // all strings, zero-terminated
    size_t *start;    // (n) where each begins in text
    int n;            // at most INT32_MAX
    int *slot;        // (n_slots) number of a string, or STRING_NONE
    size_t n_slots;   // a power of two, at least twice n
};

/* Number of the string: that of the equal one that came before, or n as it was. */
int string_index_add(struct string_index *index, const char *string);

/* Its number, or STRING_NONE. */
int string_index_find(const struct string_index *index, const char *string);

/* Valid until the next string is added. */
const char *string_index_at(const struct string_index *index, int number);

void string_index_close(struct string_index *index);

#endif

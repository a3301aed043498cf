/* String index: different strings, numbered in the order in which they first come. */
#ifndef MIXSMITH_STRING_INDEX_H
#define MIXSMITH_STRING_INDEX_H

#include "base/string_slots.h"
#include "base/text.h"

struct string_index {
    struct text text; // all strings, zero-terminated
    size_t *start;    // (n) where each begins in text
    size_t room;      // for starts
    int n;            // at most INT32_MAX
    struct string_slots slots;
};

/* Number of the string: that of the equal one that came before, or n as it was. */
int string_index_add(struct string_index *index, const char *string);

/* Its number, or STRING_NONE. */
int string_index_find(const struct string_index *index, const char *string);

/* Valid until the next string is added. */
const char *string_index_at(const struct string_index *index, int number);

void string_index_close(struct string_index *index);

#endif

/* String slots: which strings have come already, by their numbers; the strings themselves lie with
 * whoever numbers them. Finding one takes the same time among ten and among a million (open
 * addressing; FNV-1a, Fowler, Noll and Vo). */
#ifndef MIXSMITH_STRING_SLOTS_H
#define MIXSMITH_STRING_SLOTS_H

#include <stddef.h>
#include <stdint.h>

enum { STRING_NONE = -1 };

/* The hash spares most looks at the strings: those that are unlike, and all when slots grow. */
struct string_slot {
    uint32_t hash;
    uint32_t entry; // 1 + the number of the string; 0: the slot is free
};

struct string_slots {
    struct string_slot *slot; // (n_slots)
    size_t n_slots;           // 0 or a power of two, at least twice the strings
};

/* The string that has a number. */
typedef const char *string_numbered(const void *strings, int number);

/* The number of the string among those that were entered, or STRING_NONE. */
int string_slots_find(const struct string_slots *slots, const char *string, string_numbered *at,
                      const void *strings);

/* The same; where there is none yet, it gets the number n: that of strings so far, which the caller
 * adds. At most INT32_MAX. */
int string_slots_enter(struct string_slots *slots, const char *string, int n, string_numbered *at,
                       const void *strings);

void string_slots_close(struct string_slots *slots);

#endif

/* Tally: how often each of many numbers was seen; a hash table with open places. */
#ifndef MIXSMITH_TALLY_H
#define MIXSMITH_TALLY_H

#include <stddef.h>
#include <stdint.h>

struct tally_entry {
    uint64_t key, n; // n 0: an open place
};

struct tally {
    struct tally_entry *entries; // (room) a power of two, at most half of them taken
    size_t n, room;
};

/* The key was seen once more. */
void tally_add(struct tally *tally, uint64_t key);

/* The entries that are taken, in the order that compare (as qsort wants it) gives; owned by the
 * caller. */
struct tally_entry *tally_sorted(const struct tally *tally,
                                 int (*compare)(const void *a, const void *b));

void tally_close(struct tally *tally);

#endif

#include "statistics/tally.h"

#include "base/memory.h"

#include <stdlib.h>

enum { FIRST_ROOM = 64 };

/* Where key stands or would stand. Multiplying by 2^64 over the golden ratio spreads keys that are
 * near each other (Knuth, The Art of Computer Programming 3, 6.4). */
static struct tally_entry *place_of(struct tally_entry *entries, size_t room, uint64_t key) {
    size_t at = (size_t)((key ^ (key >> 32)) * 0x9e3779b97f4a7c15u >> 32) & (room - 1);
    while (entries[at].n > 0 && entries[at].key != key)
        at = (at + 1) & (room - 1);
    return &entries[at];
}

static void grow(struct tally *tally) {
    size_t room = tally->room ? tally->room * 2 : FIRST_ROOM;
    struct tally_entry *entries = must_calloc(room, sizeof *entries);
    for (size_t i = 0; i < tally->room; i++)
        if (tally->entries[i].n > 0)
            *place_of(entries, room, tally->entries[i].key) = tally->entries[i];
    free(tally->entries);
    tally->entries = entries;
    tally->room = room;
}

void tally_add(struct tally *tally, uint64_t key) {
    if (tally->n * 2 >= tally->room)
        grow(tally);
    struct tally_entry *entry = place_of(tally->entries, tally->room, key);
    tally->n += entry->n == 0;
    entry->key = key;
    entry->n++;
}

struct tally_entry *tally_sorted(const struct tally *tally,
                                 int (*compare)(const void *a, const void *b)) {
    struct tally_entry *sorted = must_calloc(tally->n, sizeof *sorted);
    size_t n = 0;
    for (size_t i = 0; i < tally->room; i++)
        if (tally->entries[i].n > 0)
            sorted[n++] = tally->entries[i];
    qsort(sorted, n, sizeof *sorted, compare);
    return sorted;
}

void tally_close(struct tally *tally) {
    free(tally->entries);
    *tally = (struct tally){0};
}

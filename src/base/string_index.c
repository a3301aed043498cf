#include "base/string_index.h"

#include "base/memory.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 64 };

static uint64_t hash(const char *string) {
    uint64_t value = 0xcbf29ce484222325;
    for (; *string; string++)
        value = (value ^ (uint8_t)*string) * 0x100000001b3;
    return value ^ value >> 32;
}

const char *string_index_at(const struct string_index *index, int number) {
    return index->text.bytes + index->start[number];
}

/* Where the string is, or where it would go. */
static size_t slot_of(const struct string_index *index, const char *string) {
    size_t mask = index->n_slots - 1, at = (size_t)hash(string) & mask;
    while (index->slot[at] != STRING_NONE &&
           strcmp(string_index_at(index, index->slot[at]), string) != 0)
        at = (at + 1) & mask;
    return at;
}

static void grow(struct string_index *index) {
    index->n_slots = index->n_slots ? index->n_slots * 2 : FIRST_SLOTS;
    index->slot = must_realloc(index->slot, index->n_slots * sizeof *index->slot);
    index->start = must_realloc(index->start, index->n_slots / 2 * sizeof *index->start);
    for (size_t i = 0; i < index->n_slots; i++)
        index->slot[i] = STRING_NONE;
    for (int i = 0; i < index->n; i++)
        index->slot[slot_of(index, string_index_at(index, i))] = i;
}

int string_index_add(struct string_index *index, const char *string) {
    if ((size_t)index->n >= index->n_slots / 2)
        grow(index);
    size_t at = slot_of(index, string);
    if (index->slot[at] == STRING_NONE) {
        index->slot[at] = index->n;
        index->start[index->n++] = index->text.used;
        text_bytes(&index->text, string, strlen(string) + 1);
    }
    return index->slot[at];
}

int string_index_find(const struct string_index *index, const char *string) {
    return index->n > 0 ? index->slot[slot_of(index, string)] : STRING_NONE;
}

void string_index_close(struct string_index *index) {
    text_close(&index->text);
    free(index->start);
    free(index->slot);
    *index = (struct string_index){0};
}

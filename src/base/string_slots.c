#include "base/string_slots.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64 };

static uint32_t hash_of(const char *string) {
    uint64_t value = 0xcbf29ce484222325;
    for (; *string; string++)
        value = (value ^ (uint8_t)*string) * 0x100000001b3;
    return (uint32_t)(value ^ value >> 32);
}

/* Where the string is, or where it would go. */
static struct string_slot *slot_of(const struct string_slots *slots, uint32_t hash,
                                   const char *string, string_numbered *at, const void *strings) {
    size_t mask = slots->n_slots - 1, place = hash & mask;
    for (;; place = (place + 1) & mask) {
        struct string_slot *slot = &slots->slot[place];
        if (slot->entry == 0 ||
            (slot->hash == hash && strcmp(at(strings, (int)(slot->entry - 1)), string) == 0))
            return slot;
    }
}

static void grow(struct string_slots *slots) {
    struct string_slots old = *slots;
    slots->n_slots = old.n_slots ? old.n_slots * 2 : FIRST_SLOTS;
    slots->slot = must_calloc(slots->n_slots, sizeof *slots->slot);
    for (size_t i = 0; i < old.n_slots; i++) {
        size_t place = old.slot[i].hash & (slots->n_slots - 1);
        while (slots->slot[place].entry > 0)
            place = (place + 1) & (slots->n_slots - 1);
        if (old.slot[i].entry > 0)
            slots->slot[place] = old.slot[i];
    }
    free(old.slot);
}

int string_slots_find(const struct string_slots *slots, const char *string, string_numbered *at,
                      const void *strings) {
    if (slots->n_slots == 0)
        return STRING_NONE;
    return (int)slot_of(slots, hash_of(string), string, at, strings)->entry - 1;
}

int string_slots_enter(struct string_slots *slots, const char *string, int n, string_numbered *at,
                       const void *strings) {
    if ((size_t)n >= slots->n_slots / 2)
        grow(slots);
    uint32_t hash = hash_of(string);
    struct string_slot *slot = slot_of(slots, hash, string, at, strings);
    if (slot->entry == 0)
        *slot = (struct string_slot){hash, (uint32_t)n + 1};
    return (int)slot->entry - 1;
}

void string_slots_close(struct string_slots *slots) {
    free(slots->slot);
    *slots = (struct string_slots){0};
}

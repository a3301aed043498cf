#include "base/string_index.h"

#include "base/memory.h"

#include <stdlib.h>

const char *string_index_at(const struct string_index *index, int number) {
    return index->text.bytes + index->start[number];
}

/* As string_slots.h asks for them. */
static const char *string_at(const void *index, int number) {
    return string_index_at(index, number);
}

int string_index_add(struct string_index *index, const char *string) {
    int number = string_slots_enter(&index->slots, string, index->n, string_at, index);
    if (number == index->n) {
        index->start =
            must_grow(index->start, (size_t)index->n, &index->room, sizeof *index->start);
        index->start[index->n++] = index->text.used;
        text_bytes(&index->text, string, strlen(string) + 1);
    }
    return number;
}

int string_index_find(const struct string_index *index, const char *string) {
    return string_slots_find(&index->slots, string, string_at, index);
}

void string_index_close(struct string_index *index) {
    text_close(&index->text);
    free(index->start);
    string_slots_close(&index->slots);
    *index = (struct string_index){0};
}

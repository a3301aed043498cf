#include "drawing/right_to_left.h"

#include "base/utf8.h"

/* --- kinds of characters --- */

static bool is_between(uint32_t character, uint32_t first, uint32_t last) {
    return character >= first && character <= last;
}

static bool is_digit(uint32_t character) {
    return is_between(character, '0', '9') || is_between(character, 0x660, 0x669) ||
           is_between(character, 0x6f0, 0x6f9);
}

bool is_right_to_left(uint32_t character) {
    bool letter = is_between(character, 0x590, 0x8ff) || is_between(character, 0xfb1d, 0xfdff) ||
                  is_between(character, 0xfe70, 0xfefc);
    return letter && !is_digit(character);
}

static bool is_mark(uint32_t character) {
    return utf8_columns(character) == 0;
}

/* --- shapes of Arabic letters --- */

/* Alone, joined to the one before, to the one after, to both: in this order from the first. */
struct shapes {
    uint32_t first;
    int n; // 4; 2: never joined to the one after; 1: to none
};

enum { ARABIC = 0x621, ARABIC_LAST = 0x64a, LAM = 0x644, TATWEEL = 0x640 };

/* The letters U+0621 to U+064A have their shapes from U+FE80 on, one after the other. */
static struct shapes shapes_of(uint32_t character) {
    static const uint8_t count[] = {1, 2, 2, 2, 2, 4, 2, 4, 2, 4, 4, 4, 4, 4, 2, 2, 2, 2, 4, 4, 4,
                                    4, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 2, 2, 4};
    static const struct {
        uint32_t character;
        struct shapes shapes;
    } persian[] = {{0x67e, {0xfb56, 4}}, {0x686, {0xfb7a, 4}}, {0x698, {0xfb8a, 2}},
                   {0x6a9, {0xfb8e, 4}}, {0x6af, {0xfb92, 4}}, {0x6cc, {0xfbfc, 4}}};
    struct shapes shapes = {0xfe80, 0};
    for (unsigned i = 0; i < sizeof persian / sizeof *persian; i++)
        if (persian[i].character == character)
            return persian[i].shapes;
    if (!is_between(character, ARABIC, ARABIC_LAST))
        return (struct shapes){0, 0};
    for (uint32_t letter = ARABIC; letter < character; letter++)
        shapes.first += count[letter - ARABIC];
    shapes.n = count[character - ARABIC];
    return shapes;
}

static bool joins_next(uint32_t character) {
    return character == TATWEEL || shapes_of(character).n == 4;
}

static bool joins_last(uint32_t character) {
    return character == TATWEEL || shapes_of(character).n > 1;
}

/* Lam and the alef after it: the first of their two shapes, or 0. */
static uint32_t lam_with(uint32_t alef) {
    return alef == 0x622   ? 0xfef5
           : alef == 0x623 ? 0xfef7
           : alef == 0x625 ? 0xfef9
           : alef == 0x627 ? 0xfefb
                           : 0;
}

/* The next that is no mark; 0 at the end. */
static uint32_t letter_after(const uint32_t *characters, int n, int i) {
    for (i++; i < n; i++)
        if (!is_mark(characters[i]))
            return characters[i];
    return 0;
}

/* last: the letter before, as it was written. */
static uint32_t shape_of(uint32_t character, uint32_t last, uint32_t next) {
    struct shapes shapes = shapes_of(character);
    bool before = shapes.n > 1 && joins_next(last), after = shapes.n == 4 && joins_last(next);
    return shapes.n == 0 ? character : shapes.first + (uint32_t)before + 2 * (uint32_t)after;
}

static int shape(uint32_t *characters, int n) {
    int kept = 0;
    uint32_t last = 0;
    for (int i = 0; i < n; i++) {
        uint32_t character = characters[i];
        uint32_t both = character == LAM && i + 1 < n ? lam_with(characters[i + 1]) : 0;
        if (both) {
            characters[kept++] = both + joins_next(last);
            last = characters[++i];
            continue;
        }
        characters[kept++] = shape_of(character, last, letter_after(characters, n, i));
        if (!is_mark(character))
            last = character;
    }
    return kept;
}

/* --- order --- */

static void turn_round(uint32_t *characters, int first, int end) {
    for (end--; first < end; first++, end--) {
        uint32_t character = characters[first];
        characters[first] = characters[end];
        characters[end] = character;
    }
}

/* Numbers, and letters with their marks, as they were. */
static void turn_back(uint32_t *characters, int first, int end) {
    for (int i = first, from; i < end; i++) {
        for (from = i; i < end && is_digit(characters[i]); i++)
            ;
        if (i == from)
            for (; i + 1 < end && is_mark(characters[i]); i++)
                ;
        else
            i--;
        turn_round(characters, from, i + 1);
    }
}

/* A run ends with its last letter that is written right to left, or the number after it. */
static int end_of_run(const uint32_t *characters, int n, int first) {
    int end = first;
    for (int i = first; i < n; i++) {
        bool latin = !is_right_to_left(characters[i]) && !is_digit(characters[i]) &&
                     characters[i] > '@' && !is_mark(characters[i]);
        if (latin)
            break;
        if (is_right_to_left(characters[i]) || is_digit(characters[i]))
            end = i + 1;
    }
    return end;
}

int order_for_drawing(uint32_t *characters, int n) {
    n = shape(characters, n);
    for (int i = 0; i < n; i++) {
        if (!is_right_to_left(characters[i]))
            continue;
        int end = end_of_run(characters, n, i);
        turn_round(characters, i, end);
        turn_back(characters, i, end);
        i = end - 1;
    }
    return n;
}

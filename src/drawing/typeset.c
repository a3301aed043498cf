#include "drawing/typeset.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* --- shortening --- */

/* Where each character begins that others are set upon, and the end. Returns how many begin. */
static int find_starts(const char *text, size_t *start) {
    int n = 0;
    const char *at = text;
    for (uint32_t character; *at;) {
        int length = utf8_next(at, &character);
        if (utf8_columns(character) > 0 || n == 0)
            start[n++] = (size_t)(at - text);
        at += length;
    }
    start[n] = (size_t)(at - text);
    return n;
}

/* Of n characters `kept`: two thirds of them from the beginning, an ellipsis, the rest from the
 * end.
 */
static void join(const char *text, const size_t *start, int n, int kept, char *joined) {
    int tail = kept / 3, head = kept - tail;
    sprintf(joined, "%.*s\xe2\x80\xa6%s", (int)start[head], text, text + start[n - tail]);
}

const char *text_shorten(const struct surface *surface, enum style style, const char *text,
                         int width, struct arena *arena) {
    if (surface->measure(surface->state, style, text) <= width)
        return text;
    size_t bytes = strlen(text);
    size_t *start = arena_take(arena, (bytes + 1) * sizeof *start);
    char *joined = arena_take(arena, bytes + sizeof "\xe2\x80\xa6");
    int n = find_starts(text, start), low = 0, high = n - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        join(text, start, n, middle, joined);
        if (surface->measure(surface->state, style, joined) <= width)
            low = middle;
        else
            high = middle - 1;
    }
    join(text, start, n, low, joined);
    return surface->measure(surface->state, style, joined) <= width ? joined : "";
}

/* --- wrapping --- */

/* The first n bytes, gaps as spaces. */
static const char *line_of(const char *text, size_t n, char gap, struct arena *arena) {
    char *line = arena_take_zeroed(arena, n + 1);
    for (size_t i = 0; i < n; i++)
        line[i] = text[i] == gap ? ' ' : text[i];
    return line;
}

/* Bytes of the characters, one at least, that fit into a line. */
static size_t fitting_characters(const struct surface *surface, enum style style, const char *text,
                                 int width, struct arena *arena) {
    size_t fits = 0;
    for (uint32_t character; text[fits];) {
        size_t more = fits + (size_t)utf8_next(text + fits, &character);
        const char *line = line_of(text, more, 0, arena);
        if (fits > 0 && surface->measure(surface->state, style, line) > width)
            break;
        fits = more;
    }
    return fits;
}

static const char *next_gap(const char *text, char gap) {
    const char *at = strchr(text, gap);
    return at ? at : text + strlen(text);
}

/* Bytes of the words that fit into a line; of the first, what fits. */
static size_t line_end(const struct surface *surface, enum style style, const char *text, char gap,
                       int width, struct arena *arena) {
    size_t fits = 0;
    for (const char *end = text; *end;) {
        end = next_gap(end + (end > text), gap);
        const char *line = line_of(text, (size_t)(end - text), gap, arena);
        if (surface->measure(surface->state, style, line) > width)
            break;
        fits = (size_t)(end - text);
    }
    return fits ? fits : fitting_characters(surface, style, text, width, arena);
}

int text_wrap(const struct surface *surface, enum style style, const char *text, char gap,
              int width, struct arena *arena, const char **lines, int most) {
    int n = 0;
    while (*text && n < most) {
        size_t end = line_end(surface, style, text, gap, width, arena);
        lines[n++] = line_of(text, end, gap, arena);
        text += end;
        text += *text && *text == gap;
    }
    return n;
}

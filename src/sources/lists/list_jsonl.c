#include "sources/lists/list_jsonl.h"

#include "base/memory.h"
#include "sources/lists/json_line.h"

#include <stdlib.h>
#include <string.h>

enum { ITEM_LINES = 32 }; // that a thread takes at a time

struct line {
    const char *text; // (length) followed by a zero byte; of the piece at hand
    size_t length;
    struct json_line says;
};

struct reading {
    struct list_rows *rows;
    size_t n_before;   // lines before the piece at hand
    struct line *line; // (n) of the piece
    size_t n, room;
    struct arena *arenas; // (threads)
};

/* piece: (n) followed by a zero byte where its last line lacks an end; lines end with one. */
static void split(struct reading *reading, char *piece, size_t n) {
    char *end = piece + n, *stop;
    bool mark = reading->n_before == 0 && n >= 3 && memcmp(piece, "\xef\xbb\xbf", 3) == 0;
    for (char *at = piece + (mark ? 3 : 0); at < end; at = stop + 1) {
        stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        *stop = 0;
        reading->line = must_grow(reading->line, reading->n, &reading->room, sizeof *reading->line);
        reading->line[reading->n++] = (struct line){.text = at, .length = (size_t)(stop - at)};
    }
}

static void read_item(void *data, int item, int thread) {
    struct reading *reading = data;
    size_t first = (size_t)item * ITEM_LINES, end = first + ITEM_LINES;
    for (size_t i = first; i < end && i < reading->n; i++) {
        struct line *line = &reading->line[i];
        line->says = json_line_read(line->text, line->length, &reading->arenas[thread]);
    }
}

/* number: of the line, from 1 */
static int add_row(struct list_rows *rows, size_t number, const struct json_line *line,
                   struct err *err) {
    if (line->wrong)
        return fail(err, "%s: line %zu: %s", rows->file, number, line->wrong);
    if (!line->file_name)
        return 0;
    if (line->form == LABEL_WORDS)
        return list_rows_word(rows, number, line->file_name, line->word, line->whole, err);
    if (line->form == LABEL_NUMBERS)
        return list_rows_numbers(rows, number, line->file_name, line->share, line->n, err);
    return list_rows_pairs(rows, number, line->file_name, line->class, line->share, line->n, err);
}

/* Threads read what lines say; it counts in order. */
static int read_piece(struct reading *reading, char *piece, size_t n, struct pool *pool,
                      struct err *err) {
    reading->n = 0;
    split(reading, piece, n);
    parallel_for(pool, (int)((reading->n + ITEM_LINES - 1) / ITEM_LINES), read_item, reading);
    for (size_t i = 0; i < reading->n; i++)
        if (add_row(reading->rows, ++reading->n_before, &reading->line[i].says, err) < 0)
            return -1;
    for (int i = 0; i < pool_threads(pool); i++)
        arena_reset(&reading->arenas[i]);
    return 0;
}

int list_jsonl_read(struct list_rows *rows, struct pieces *list, struct pool *pool,
                    struct err *err) {
    struct reading reading = {.rows = rows, .arenas = arenas_open(pool)};
    char *piece;
    size_t n;
    int found;
    while ((found = pieces_next(list, pieces_lines, &piece, &n, err)) > 0)
        if ((found = read_piece(&reading, piece, n, pool, err)) < 0)
            break;
    arenas_close(reading.arenas, pool);
    free(reading.line);
    return found;
}

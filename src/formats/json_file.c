#include "formats/json_file.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/pieces.h"

#include <string.h>

enum { FILE_BYTES_MAX = 1 << 28 };

cJSON *json_file_read(const char *path) {
    struct arena arena = {0};
    struct err ignored;
    uint8_t *bytes;
    size_t size;
    cJSON *value = NULL;
    if (file_read(path, FILE_BYTES_MAX, &arena, &bytes, &size, &ignored) == 0)
        value = json_parse((const char *)bytes, size);
    arena_close(&arena);
    return value;
}

struct rows {
    const char *path;
    uint64_t line; // the number of the row at hand, from 1
    json_take *take;
    json_refuse *refuse;
    void *data; // for both
};

/* line: (n) */
static int take_line(const struct rows *rows, const char *line, size_t n, struct err *err) {
    struct err why;
    cJSON *row = json_parse(line, n);
    int result =
        cJSON_IsObject(row) ? rows->take(rows->data, row, &why) : fail(&why, "no JSON object");
    cJSON_Delete(row);
    if (result == 0)
        return 0;
    fail(err, "%s: line %llu: %s", rows->path, (unsigned long long)rows->line, why.text);
    return rows->refuse ? rows->refuse(rows->data, err) : -1;
}

/* piece: (n), whole lines, of which the last may lack its end */
static int take_piece(struct rows *rows, const char *piece, size_t n, struct err *err) {
    const char *end = piece + n, *stop;
    for (const char *at = piece; at < end; at = stop + 1) {
        stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        rows->line++;
        if (interrupt_check(err) < 0 || take_line(rows, at, (size_t)(stop - at), err) < 0)
            return -1;
    }
    return 0;
}

int json_file_rows(const char *path, json_take *take, json_refuse *refuse, void *data,
                   struct err *err) {
    struct rows rows = {.path = path, .take = take, .refuse = refuse, .data = data};
    struct pieces file;
    char *piece;
    size_t n;
    int found = pieces_open(&file, path, err);
    while (found == 0 && (found = pieces_next(&file, pieces_lines, &piece, &n, err)) > 0)
        found = take_piece(&rows, piece, n, err);
    pieces_close(&file);
    return found;
}

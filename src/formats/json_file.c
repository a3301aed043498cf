#include "formats/json_file.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/lines.h"

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

/* line: (n) */
static int take_line(const char *line, size_t n, json_take *take, void *data, struct err *err) {
    cJSON *row = json_parse(line, n);
    int result = cJSON_IsObject(row) ? take(data, row, err) : fail(err, "no JSON object");
    cJSON_Delete(row);
    return result;
}

int json_file_rows(const char *path, json_take *take, json_refuse *refuse, void *data,
                   struct err *err) {
    struct lines lines;
    struct err why;
    const char *line;
    size_t n;
    bool more = true;
    int result = lines_open(&lines, path, err);
    while (result == 0 && (result = lines_next(&lines, &line, &n, &more, err)) == 0 && more) {
        if ((result = interrupt_check(err)) < 0)
            break;
        if (take_line(line, n, take, data, &why) == 0)
            continue;
        fail(err, "%s: line %llu: %s", path, (unsigned long long)lines.number, why.text);
        result = refuse ? refuse(data, err) : -1;
    }
    lines_close(&lines);
    return result;
}

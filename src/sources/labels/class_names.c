#include "sources/labels/class_names.h"

#include "base/files.h"
#include "base/memory.h"
#include "base/names.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_BYTES_MAX = 1 << 26 };

/* A name and where it stands, to find those that are there twice. */
struct line {
    const char *name;
    int number; // from 1
};

static int by_name(const void *a, const void *b) {
    const struct line *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static int check_different(const char *path, char **names, int n, struct err *err) {
    struct line *lines = must_calloc((size_t)n, sizeof *lines);
    int result = 0;
    for (int i = 0; i < n; i++)
        lines[i] = (struct line){names[i], i + 1};
    qsort(lines, (size_t)n, sizeof *lines, by_name);
    for (int i = 1; i < n && result == 0; i++)
        if (strcmp(lines[i - 1].name, lines[i].name) == 0)
            result = fail(err, "%s: lines %d and %d are both '%s', where class names differ", path,
                          lines[i - 1].number, lines[i].number, lines[i].name);
    free(lines);
    return result;
}

/* The lines of a text that a zero byte ends: cuts it up. */
static int split(const char *path, char *text, char ***names, int *n, struct err *err) {
    size_t room = 0;
    for (char *line = text, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        size_t length = strlen(line);
        if (length > 0 && line[length - 1] == '\r')
            line[--length] = 0;
        if (length == 0)
            return fail(err, "%s: line %d is empty, where a class name is expected", path, *n + 1);
        if (*n == CLASSES_MAX)
            return fail(err, "%s: more than %d class names", path, CLASSES_MAX);
        *names = must_grow(*names, (size_t)*n, &room, sizeof **names);
        (*names)[(*n)++] = escape_listed(line);
    }
    return 0;
}

/* Without a mark of byte order in front and without line ends behind. */
static char *trim(char *text, size_t size) {
    while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r'))
        text[--size] = 0;
    return strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
}

static int read_names(const char *path, struct arena *arena, char ***names, int *n,
                      struct err *err) {
    uint8_t *text;
    size_t size;
    if (file_read(path, NAMES_BYTES_MAX, arena, &text, &size, err) < 0)
        return -1;
    if (size == NAMES_BYTES_MAX || memchr(text, 0, size))
        return fail(err, "%s: not a file of class names, one a line: %s", path,
                    size == NAMES_BYTES_MAX ? "too long" : "it holds zero bytes");
    if (split(path, trim((char *)text, size), names, n, err) < 0)
        return -1;
    return check_different(path, *names, *n, err);
}

int class_names_read(const char *path, char ***names, int *n, struct err *err) {
    struct arena arena = {0};
    *names = NULL;
    *n = 0;
    int result = read_names(path, &arena, names, n, err);
    arena_close(&arena);
    if (result == 0)
        return 0;
    strings_free(*names, (size_t)*n);
    *names = NULL;
    *n = 0;
    return -1;
}

int class_names_open(struct class_names *classes, const char *given, const char *data_path,
                     const char *beside, struct err *err) {
    *classes = (struct class_names){0};
    char *folder = path_parent(data_path);
    char *path = given ? must_strdup(given) : path_join(folder, beside);
    free(folder);
    if (!given && file_kind(path) == FILE_MISSING) {
        free(path);
        return 0;
    }
    classes->path = path;
    return class_names_read(path, &classes->names, &classes->n, err);
}

static bool are_same(const struct class_names *a, const struct class_names *b) {
    bool same = a->n == b->n;
    for (int k = 0; k < a->n && same; k++)
        same = strcmp(a->names[k], b->names[k]) == 0;
    return same;
}

int class_names_compare(const struct class_names *classes, const char *data_path,
                        const char *beside, struct err *err) {
    struct class_names other;
    int result = class_names_open(&other, NULL, data_path, beside, err);
    if (result == 0 && other.n > 0 && !are_same(classes, &other))
        result = fail(err, "%s: other classes than %s names: give --classes FILE", other.path,
                      classes->n ? classes->path : "the first input");
    class_names_close(&other);
    return result;
}

void class_names_number(struct class_names *classes, int n) {
    int digits = snprintf(NULL, 0, "%d", n - 1);
    classes->names = must_calloc((size_t)n, sizeof(char *));
    for (classes->n = 0; classes->n < n; classes->n++) {
        char name[16];
        snprintf(name, sizeof name, "%0*d", digits, classes->n);
        classes->names[classes->n] = must_strdup(name);
    }
}

void class_names_close(struct class_names *classes) {
    strings_free(classes->names, (size_t)classes->n);
    free(classes->path);
}

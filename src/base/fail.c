#include "base/fail.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CACHE_LINE = 64 };

void printable(char *out, size_t size, const char *text) {
    size_t used = 0;
    while (*text) {
        int length = utf8_length(text);
        bool plain = length > 0 && !utf8_is_control(text);
        size_t need = plain ? (size_t)length : 4;
        if (used + need + 1 > size)
            break;
        if (plain)
            memcpy(out + used, text, need);
        else
            snprintf(out + used, 5, "\\x%02x", (unsigned)(uint8_t)*text);
        used += need;
        text += plain ? length : 1;
    }
    out[used] = 0;
}

int(fail)(struct err *err, const char *format, ...) {
    char raw[ERR_TEXT];
    va_list args;
    va_start(args, format);
    vsnprintf(raw, sizeof raw, format, args);
    va_end(args);
    printable(err->text, sizeof err->text, raw);
    return -1;
}

_Noreturn void die_of_memory(size_t bytes) {
    char line[96], need[48] = "";
    if (bytes > 0)
        snprintf(need, sizeof need, ": %zu bytes more are needed", bytes);
    int n = snprintf(line, sizeof line, "mixsmith: out of memory%s\n", need);
    ssize_t ignored = write(STDERR_FILENO, line, (size_t)n);
    (void)ignored;
    _exit(1);
}

void *must_calloc(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory)
        die_of_memory(count * size);
    return memory;
}

void *must_align(size_t bytes) {
    size_t whole = (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    void *memory = aligned_alloc(CACHE_LINE, whole);
    if (memory)
        return memset(memory, 0, whole);
    die_of_memory(bytes);
}

void *must_realloc(void *memory, size_t bytes) {
    void *grown = realloc(memory, bytes ? bytes : 1);
    if (!grown)
        die_of_memory(bytes);
    return grown;
}

char *must_strdup(const char *text) {
    size_t size = strlen(text) + 1;
    return memcpy(must_calloc(size, 1), text, size);
}

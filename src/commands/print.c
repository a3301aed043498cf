#include "commands/print.h"

#include "base/fail.h"
#include "base/files.h"
#include "commands/command.h"
#include "engine/version.h"
#include "formats/json_tree.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void complain(const char *format, ...) {
    struct err err;
    char text[ERR_TEXT];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fail(&err, "%s", text);
    fprintf(stderr, "mixsmith: %s\n", err.text);
}

void print_bytes(const void *bytes, size_t n) {
    struct err err;
    if (file_write(STDOUT_FILENO, "standard output", bytes, n, &err) == 0)
        return;
    if (err.reader_gone)
        _exit(EXIT_NO_READER);
    complain("%s", err.text);
    _exit(EXIT_FAILED);
}

void print_out(const char *text) {
    print_bytes(text, strlen(text));
}

void print_version(void) {
    print_out("mixsmith " MIXSMITH_VERSION "\n");
}

void print_json_line(cJSON *object) {
    struct text line = {0};
    json_tree_line(object, &line);
    print_bytes(line.bytes, line.used);
    text_close(&line);
}

#include "formats/json_object.h"

#include "base/names.h"
#include "formats/json_row.h"

#include <stdlib.h>

static void put_key(struct text *text, const char *key) {
    char last = text->used > 0 ? text->bytes[text->used - 1] : 0;
    if (last != '{')
        text_string(text, ",");
    json_string(text, key);
    text_string(text, ":");
}

void json_put_whole(struct text *text, const char *key, uint64_t value) {
    put_key(text, key);
    text_unsigned(text, value);
}

void json_put_string(struct text *text, const char *key, const char *value) {
    put_key(text, key);
    json_string(text, value);
}

void json_put_name(struct text *text, const char *key, const char *name) {
    char *escaped = escape_path(name);
    json_put_string(text, key, escaped);
    free(escaped);
}

void json_put_fixed(struct text *text, const char *key, double value) {
    put_key(text, key);
    text_format(text, "%.6f", value);
}

void json_open_object(struct text *text, const char *key) {
    put_key(text, key);
    text_string(text, "{");
}

void json_open_item(struct text *text, size_t start, const char *bracket) {
    text_string(text, text->used > start ? "," : "");
    text_string(text, bracket);
}

size_t json_open_list(struct text *text, const char *key) {
    put_key(text, key);
    text_string(text, "[");
    return text->used;
}

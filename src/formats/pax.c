#include "formats/pax.h"

#include <ctype.h>

/* Decimal digits alone, below 2^63. */
static int parse_decimal(const uint8_t *at, size_t n, uint64_t *value) {
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isdigit(at[i]) || *value > (UINT64_MAX >> 1) / 10 - 1)
            return -1;
        *value = *value * 10 + (uint64_t)(at[i] - '0');
    }
    return n > 0 ? 0 : -1;
}

static bool is_key(const uint8_t *key, size_t n, const char *name) {
    return n == strlen(name) && memcmp(key, name, n) == 0;
}

static int take_value(struct pax *pax, const uint8_t *key, size_t key_length, const uint8_t *value,
                      size_t n, struct err *err) {
    if (is_key(key, key_length, "path")) {
        if (memchr(value, 0, n))
            return fail(err, "a pax record names a path with a zero byte");
        pax->path.used = 0;
        text_bytes(&pax->path, value, n);
    } else if (is_key(key, key_length, "size")) {
        if (parse_decimal(value, n, &pax->size) < 0)
            return fail(err, "a pax record gives the size '%.*s'", n < 40 ? (int)n : 40,
                        (const char *)value);
        pax->has_size = true;
    } else if (key_length > 11 && memcmp(key, "GNU.sparse.", 11) == 0) {
        pax->sparse = true;
    }
    return 0;
}

/* One record at the beginning of size bytes; its length, or 0 where there is none. */
static size_t record_length(const uint8_t *bytes, size_t size, size_t *key) {
    const uint8_t *space = memchr(bytes, ' ', size < 20 ? size : 20);
    uint64_t length;
    if (!space || parse_decimal(bytes, (size_t)(space - bytes), &length) < 0)
        return 0;
    *key = (size_t)(space - bytes) + 1;
    return length <= size && length > *key && bytes[length - 1] == '\n' ? (size_t)length : 0;
}

int pax_parse(struct pax *pax, const uint8_t *bytes, size_t size, struct err *err) {
    for (size_t at = 0, length; at < size; at += length) {
        const uint8_t *record = bytes + at;
        size_t key;
        length = record_length(record, size - at, &key);
        const uint8_t *equals = length ? memchr(record + key, '=', length - key) : NULL;
        if (!equals)
            return fail(err, "a pax header is broken at its byte %zu of %zu", at, size);
        const uint8_t *end = record + length - 1;
        if (take_value(pax, record + key, (size_t)(equals - record) - key, equals + 1,
                       (size_t)(end - equals) - 1, err) < 0)
            return -1;
    }
    return 0;
}

/* The reading side of npy.h. The header is parsed by its grammar, not by places: other programs
 * than NumPy order and pad it in their own way. */
#include "base/words.h"
#include "formats/byte_order.h"
#include "formats/npy.h"

#include <string.h>

enum { MAGIC = 6, VERSION = 2, WORD_MAX = 32 };

/* What is left of the dictionary. */
struct scan {
    const char *at, *end;
};

static void skip_space(struct scan *scan) {
    while (scan->at < scan->end && strchr(" \t\r\n", *scan->at) && *scan->at)
        scan->at++;
}

/* Whether the next mark is this one; then it is passed. */
static bool take(struct scan *scan, char mark) {
    skip_space(scan);
    if (scan->at == scan->end || *scan->at != mark)
        return false;
    scan->at++;
    return true;
}

static bool take_word(struct scan *scan, const char *word) {
    size_t n = strlen(word);
    skip_space(scan);
    if ((size_t)(scan->end - scan->at) < n || memcmp(scan->at, word, n) != 0)
        return false;
    scan->at += n;
    return true;
}

static bool take_string(struct scan *scan, char string[WORD_MAX]) {
    size_t n = 0;
    char quote = take(scan, '\'') ? '\'' : take(scan, '"') ? '"' : 0;
    if (!quote)
        return false;
    while (scan->at < scan->end && *scan->at != quote && n + 1 < WORD_MAX)
        string[n++] = *scan->at++;
    string[n] = 0;
    return scan->at < scan->end && *scan->at++ == quote;
}

static bool take_length(struct scan *scan, uint64_t *length) {
    skip_space(scan);
    const char *first = scan->at;
    *length = 0;
    for (; scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9'; scan->at++) {
        uint64_t digit = (uint64_t)(*scan->at - '0');
        if (*length > (INT64_MAX - digit) / 10)
            return false;
        *length = *length * 10 + digit;
    }
    return scan->at > first;
}

/* --- the three values --- */

static const struct {
    const char *descr;
    enum number type;
} TYPES[] = {
    {"|b1", NUMBER_BOOL},    {"|u1", NUMBER_UINT8},   {"|i1", NUMBER_INT8},
    {"<u2", NUMBER_UINT16},  {"<i2", NUMBER_INT16},   {"<u4", NUMBER_UINT32},
    {"<i4", NUMBER_INT32},   {"<u8", NUMBER_UINT64},  {"<i8", NUMBER_INT64},
    {"<f2", NUMBER_FLOAT16}, {"<f4", NUMBER_FLOAT32}, {"<f8", NUMBER_FLOAT64},
};

static int parse_descr(struct scan *scan, struct array *array, struct err *err) {
    char descr[WORD_MAX];
    if (take(scan, '['))
        return fail(err, "an array of records with named fields: save each field as an array");
    if (!take_string(scan, descr))
        return fail(err, "broken header: 'descr' is no string");
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (strcmp(descr, TYPES[i].descr) == 0) {
            array->type = TYPES[i].type;
            return 0;
        }
    if (strchr(descr, 'O'))
        return fail(err, "holds Python objects (a pickle), which are never loaded: save numbers");
    if (descr[0] == '>')
        return fail(err, "type '%s' is big-endian: save it with .astype('<%s')", descr, descr + 1);
    return fail(err, "type '%s' is not read: save numbers, such as '|u1', '<f4' or '<i8'", descr);
}

static int parse_order(struct scan *scan, struct err *err) {
    if (take_word(scan, "False"))
        return 0;
    if (take_word(scan, "True"))
        return fail(err, "in Fortran order: save it with numpy.ascontiguousarray");
    return fail(err, "broken header: 'fortran_order' is neither True nor False");
}

/* "(5,)", "(5, 3)", "(5, 3,)"; not "(5)", which is no tuple. */
static int parse_shape(struct scan *scan, struct array *array, struct err *err) {
    bool comma = true, ended = false;
    array->rank = 0;
    if (!take(scan, '('))
        return fail(err, "broken header: 'shape' is no tuple");
    while (!(ended = take(scan, ')')) && comma) {
        uint64_t length;
        if (!take_length(scan, &length))
            return fail(err, "broken header: 'shape' has no length, or too great a one, on axis %d",
                        array->rank);
        if (array->rank == ARRAY_RANK_MAX)
            return fail(err, "more than %d axes", ARRAY_RANK_MAX);
        array->dim[array->rank++] = length;
        comma = take(scan, ',');
    }
    if (!ended || (array->rank == 1 && !comma))
        return fail(err, "broken header: 'shape' is no tuple");
    return array->rank > 0 ? 0 : fail(err, "one number without axes, where an array is expected");
}

/* --- the dictionary --- */

enum { KEY_DESCR, KEY_ORDER, KEY_SHAPE, KEYS };
static const char *const KEY_NAMES[KEYS] = {"descr", "fortran_order", "shape"};

/* Its number, or -1. */
static int parse_key(struct scan *scan, bool seen[KEYS], struct err *err) {
    char word[WORD_MAX];
    int key = 0;
    if (!take_string(scan, word) || !take(scan, ':'))
        return fail(err, "broken header: no dictionary of 'descr', 'fortran_order' and 'shape'");
    while (key < KEYS && strcmp(word, KEY_NAMES[key]) != 0)
        key++;
    if (key == KEYS || seen[key])
        return fail(err, "broken header: the key '%s' is %s", word,
                    key == KEYS ? "unknown" : "there twice");
    seen[key] = true;
    return key;
}

static int parse_value(struct scan *scan, int key, struct array *array, struct err *err) {
    return key == KEY_DESCR   ? parse_descr(scan, array, err)
           : key == KEY_ORDER ? parse_order(scan, err)
                              : parse_shape(scan, array, err);
}

static int parse_dictionary(struct scan *scan, struct array *array, struct err *err) {
    bool seen[KEYS] = {false}, comma = true, ended = false;
    if (!take(scan, '{'))
        return fail(err, "broken header: no dictionary");
    while (!(ended = take(scan, '}')) && comma) {
        int key = parse_key(scan, seen, err);
        if (key < 0 || parse_value(scan, key, array, err) < 0)
            return -1;
        comma = take(scan, ',');
    }
    skip_space(scan);
    if (!ended || scan->at != scan->end)
        return fail(err, "broken header: the dictionary does not end where the header does");
    for (int key = 0; key < KEYS; key++)
        if (!seen[key])
            return fail(err, "broken header: no key '%s'", KEY_NAMES[key]);
    return 0;
}

bool npy_is_known(const uint8_t *bytes, size_t size) {
    return size >= MAGIC && memcmp(bytes, "\x93NUMPY", MAGIC) == 0;
}

int npy_parse(const uint8_t *bytes, size_t size, uint64_t file_size, struct array *array,
              struct err *err) {
    *array = (struct array){0};
    if (!npy_is_known(bytes, size))
        return fail(err, "not a .npy file");
    if (size < MAGIC + VERSION + 4)
        return fail(err, "cut short: no whole header in %zu byte%s", size, s_of(size));
    int version = bytes[MAGIC], minor = bytes[MAGIC + 1];
    if (version < 1 || version > 3 || minor != 0)
        return fail(err, "version %d.%d of .npy, where 1.0, 2.0 and 3.0 are read", version, minor);
    int length_bytes = version == 1 ? 2 : 4;
    size_t text_at = (size_t)(MAGIC + VERSION + length_bytes);
    uint32_t length = read_little_endian(bytes + MAGIC + VERSION, length_bytes);
    if (length > size - text_at)
        return fail(err, "%s: a header of %u bytes in a file of %llu",
                    size < file_size ? "broken header" : "cut short", length,
                    (unsigned long long)file_size);
    const char *text = (const char *)bytes + text_at;
    if (parse_dictionary(&(struct scan){text, text + length}, array, err) < 0)
        return -1;
    array->data_at = text_at + length;
    return array_check(array, file_size, err);
}

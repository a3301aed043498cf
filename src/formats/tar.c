#include "formats/tar.h"

#include <string.h>

/* Where the fields stand, and how long they are. */
enum {
    MODE_AT = 100,
    SIZE_AT = 124,
    SIZE_LENGTH = 12,
    CHECKSUM_AT = 148,
    CHECKSUM_LENGTH = 8,
    TYPE_AT = 156,
    MAGIC_AT = 257,
    PREFIX_AT = 345,
};

#define SIZE_MOST ((UINT64_C(1) << 33) - 1) // eleven octal digits

/* --- writing --- */

/* From the mode to the version: what all headers share. The checksum is taken over spaces. */
static const char TEMPLATE[PREFIX_AT - MODE_AT] = "0000644\0"     // mode
                                                  "0000000\0"     // user
                                                  "0000000\0"     // group
                                                  "00000000000\0" // size
                                                  "00000000000\0" // time
                                                  "        "      // checksum
                                                  "0";            // type

static const char MAGIC[] = {'u', 's', 't', 'a', 'r', 0, '0', '0'};

/* The sum of the bytes of both. */
enum { SUM = 46 * '0' + 6 + 4 + 4 + CHECKSUM_LENGTH * ' ' + 'u' + 's' + 't' + 'a' + 'r' };

/* Returns the sum of the digits. */
static uint32_t put_octal(uint8_t *field, int digits, uint64_t value) {
    uint32_t sum = 0;
    for (int i = digits - 1; i >= 0; i--, value >>= 3) {
        uint32_t digit = value & 7;
        field[i] = (uint8_t)('0' + digit);
        sum += digit;
    }
    return sum;
}

static uint32_t sum_of(const void *bytes, size_t n) {
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += ((const uint8_t *)bytes)[i];
    return sum;
}

/* Where the prefix ends: at the first slash that leaves a name short enough. NULL: nowhere. */
static const char *split(const char *name, size_t length) {
    if (length > TAR_PREFIX + 1 + TAR_NAME)
        return NULL;
    const char *from = name + (length - TAR_NAME - 1);
    const char *slash = memchr(from, '/', TAR_NAME);
    return slash && slash > name && slash - name <= TAR_PREFIX ? slash : NULL;
}

int tar_header(uint8_t block[TAR_BLOCK], const char *name, size_t length, uint64_t size,
               struct err *err) {
    size_t prefix = 0, skip = 0;
    if (size > SIZE_MOST)
        return fail(err, "%.*s: %llu bytes: a tar archive takes files of up to %llu", (int)length,
                    name, (unsigned long long)size, (unsigned long long)SIZE_MOST);
    if (length > TAR_NAME) {
        const char *slash = split(name, length);
        if (!slash)
            return fail(err, "%.*s: a name of %zu bytes does not fit into a tar archive",
                        (int)length, name, length);
        prefix = (size_t)(slash - name);
        skip = prefix + 1;
    }
    memset(block, 0, TAR_BLOCK);
    memcpy(block, name + skip, length - skip);
    memcpy(block + MODE_AT, TEMPLATE, sizeof TEMPLATE);
    memcpy(block + MAGIC_AT, MAGIC, sizeof MAGIC);
    memcpy(block + PREFIX_AT, name, prefix);
    uint32_t sum = SUM + sum_of(name, prefix) + sum_of(name + skip, length - skip) +
                   put_octal(block + SIZE_AT, SIZE_LENGTH - 1, size);
    put_octal(block + CHECKSUM_AT, CHECKSUM_LENGTH - 2, sum);
    block[CHECKSUM_AT + CHECKSUM_LENGTH - 2] = 0;
    return 0;
}

/* --- reading --- */

/* Octal digits after spaces, up to a space, a zero byte or the end of the field; none: 0. */
static int parse_octal(const uint8_t *field, int length, uint64_t *value) {
    int i = 0;
    *value = 0;
    while (i < length && field[i] == ' ')
        i++;
    for (; i < length && field[i] >= '0' && field[i] <= '7'; i++)
        *value = *value << 3 | (uint64_t)(field[i] - '0');
    return i == length || field[i] == ' ' || field[i] == 0 ? 0 : -1;
}

/* As GNU tar writes sizes of 8 GiB and more: binary, the most significant byte first, the highest
 * bit marking it so and the next its sign. */
static int parse_binary(const uint8_t *field, int length, uint64_t *value) {
    *value = field[0] & 0x7f;
    for (int i = 1; i < length; i++) {
        if (*value >> 55)
            return -1;
        *value = *value << 8 | field[i];
    }
    return field[0] & 0x40 ? -1 : 0;
}

static int parse_size(const uint8_t *field, uint64_t *value, struct err *err) {
    bool binary = field[0] & 0x80;
    if ((binary ? parse_binary : parse_octal)(field, SIZE_LENGTH, value) < 0)
        return fail(err, "the size in the tar header is %s: '%.*s'",
                    binary ? "negative or beyond 2^63" : "no octal number", SIZE_LENGTH,
                    (const char *)field);
    return 0;
}

bool tar_is_end(const uint8_t block[TAR_BLOCK]) {
    return block[0] == 0 && memcmp(block, block + 1, TAR_BLOCK - 1) == 0;
}

/* Some old writers summed signed bytes. */
bool tar_is_header(const uint8_t block[TAR_BLOCK]) {
    const uint8_t *field = block + CHECKSUM_AT;
    uint64_t said;
    uint32_t sum = sum_of(block, TAR_BLOCK) + CHECKSUM_LENGTH * ' ', high = 0;
    if (tar_is_end(block) || parse_octal(field, CHECKSUM_LENGTH, &said) < 0)
        return false;
    for (int i = 0; i < CHECKSUM_LENGTH; i++)
        sum -= field[i];
    for (int i = 0; i < TAR_BLOCK; i++)
        high += block[i] >> 7;
    return said == sum || (uint32_t)said == sum - 256 * high;
}

/* Behind the GNU magic, "ustar  ", other things stand in the prefix's place. */
static void parse_name(const uint8_t *block, char *name) {
    const char *prefix = (const char *)block + PREFIX_AT;
    size_t n = memcmp(block + MAGIC_AT, "ustar", 6) == 0 ? strnlen(prefix, TAR_PREFIX) : 0;
    size_t length = strnlen((const char *)block, TAR_NAME);
    memcpy(name, prefix, n);
    if (n > 0)
        name[n++] = '/';
    memcpy(name + n, block, length);
    name[n + length] = 0;
}

/* A folder of old was a file whose name ends in a slash; links, devices and folders hold no data,
 * whatever size they state. */
int tar_parse(const uint8_t block[TAR_BLOCK], struct tar_member *member, struct err *err) {
    if (!tar_is_header(block))
        return fail(err, "not a tar header: its checksum is wrong");
    if (parse_size(block + SIZE_AT, &member->size, err) < 0)
        return -1;
    parse_name(block, member->name);
    int type = block[TYPE_AT];
    size_t length = strlen(member->name);
    if (type == 0 || type == '7')
        type = TAR_FILE;
    if (type == TAR_FILE && length > 0 && member->name[length - 1] == '/')
        type = TAR_FOLDER;
    if (type > TAR_FILE && type <= TAR_FIFO)
        member->size = 0;
    member->type = type;
    return 0;
}

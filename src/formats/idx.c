#include "formats/idx.h"

#include "base/words.h"
#include "formats/byte_order.h"
#include "formats/codecs.h"

enum { MAGIC = 4, LENGTH = 4 }; // bytes

/* NULL: no type of IDX. */
static const char *type_name(int type) {
    static const char *const names[] = {
        [0x08] = "unsigned bytes",  [0x09] = "signed bytes", [0x0B] = "16-bit integers",
        [0x0C] = "32-bit integers", [0x0D] = "float32",      [0x0E] = "float64",
    };
    return type < (int)(sizeof names / sizeof *names) ? names[type] : NULL;
}

bool idx_is_known(const uint8_t *bytes, size_t size) {
    if (size < MAGIC || bytes[0] || bytes[1] || !type_name(bytes[2]) || bytes[3] < 1 ||
        bytes[3] > ARRAY_RANK_MAX || size < MAGIC + (size_t)bytes[3] * LENGTH)
        return false;
    for (int i = 0; i < bytes[3]; i++)
        if (read_big_endian(bytes + MAGIC + i * LENGTH, LENGTH) == 0)
            return false;
    return true;
}

int idx_parse(const uint8_t *bytes, size_t size, uint64_t file_size, struct array *array,
              struct err *err) {
    *array = (struct array){.type = NUMBER_UINT8};
    if (size < MAGIC)
        return fail(err, "cut short: no whole header in %zu byte%s", size, s_of(size));
    if (bytes[0] || bytes[1] || !type_name(bytes[2]))
        return fail(err, "neither .npy nor IDX: begins with the bytes %02x %02x %02x %02x",
                    bytes[0], bytes[1], bytes[2], bytes[3]);
    if (bytes[2] != 0x08)
        return fail(err, "holds %s (type 0x%02x of IDX), where only unsigned bytes are read",
                    type_name(bytes[2]), bytes[2]);
    if (bytes[3] < 1 || bytes[3] > ARRAY_RANK_MAX)
        return fail(err, "%d axes, where 1 to %d are read", bytes[3], ARRAY_RANK_MAX);
    array->rank = bytes[3];
    array->data_at = MAGIC + (uint64_t)array->rank * LENGTH;
    if (size < array->data_at)
        return fail(err, "cut short: no whole header in %zu byte%s", size, s_of(size));
    for (int i = 0; i < array->rank; i++)
        array->dim[i] = read_big_endian(bytes + MAGIC + i * LENGTH, LENGTH);
    return array_check(array, file_size, err);
}

const struct codec codec_idx = {
    .name = "idx",
    .help = "IDX arrays, as MNIST has them",
    .reader = "mixsmith itself",
};

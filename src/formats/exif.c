/* EXIF 2.32 is TIFF 6.0: a header of eight bytes (byte order, 42, offset of the first directory),
 * and directories of twelve-byte entries (tag, type, count, value). Offsets are checked against the
 * end before they are followed; nothing here points on, so nothing can loop. */
#include "formats/exif.h"

#include "formats/byte_order.h"

#include <stdbool.h>

enum { HEADER = 8, ENTRY = 12, TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3 };

static uint32_t number(const uint8_t *at, int bytes, bool big) {
    return (big ? read_big_endian : read_little_endian)(at, bytes);
}

static int orientation_of(const uint8_t *entry, bool big) {
    bool one_short = number(entry + 2, 2, big) == TYPE_SHORT && number(entry + 4, 4, big) == 1;
    uint32_t value = number(entry + 8, 2, big);
    return one_short && value >= 1 && value <= 8 ? (int)value : 1;
}

int exif_orientation(const uint8_t *tiff, size_t size) {
    if (size < HEADER || tiff[0] != tiff[1] || (tiff[0] != 'I' && tiff[0] != 'M'))
        return 1;
    bool big = tiff[0] == 'M';
    size_t at = number(tiff + 4, 4, big);
    if (number(tiff + 2, 2, big) != 42 || at > size - 2)
        return 1;
    size_t n = number(tiff + at, 2, big);
    at += 2;
    for (; n > 0 && size - at >= ENTRY; n--, at += ENTRY)
        if (number(tiff + at, 2, big) == TAG_ORIENTATION)
            return orientation_of(tiff + at, big);
    return 1;
}

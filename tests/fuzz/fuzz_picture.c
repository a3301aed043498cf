/* A picture: PNG, JPEG or BMP. */
#include "ordeal.h"

#include "formats/deflate.h"
#include "formats/picture.h"

#include <string.h>

enum { MAX_PIXELS = 10000, PNG_BEGIN = 8, CHUNK = 12 };

static size_t big_endian(const uint8_t *at) {
    return (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
}

/* A PNG is mostly given right check sums: those whose are wrong are all refused alike. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed) {
    size = LLVMFuzzerMutate(bytes, size, most);
    if (size < PNG_BEGIN || memcmp(bytes, "\x89PNG", 4) != 0 || seed % 8 == 0)
        return size;
    for (size_t at = PNG_BEGIN, data; at + CHUNK <= size; at += data + CHUNK) {
        data = big_endian(bytes + at);
        if (data > size - at - CHUNK)
            break;
        uint32_t sum = crc32_of(bytes + at + 4, data + 4);
        for (int i = 0; i < 4; i++)
            bytes[at + data + 8 + (size_t)i] = (uint8_t)(sum >> (24 - 8 * i));
    }
    return size;
}

static uint64_t sum_up(const struct picture *picture) {
    uint64_t sum = 0;
    for (size_t i = 0; i < (size_t)picture->w * (size_t)picture->h * (size_t)picture->c; i++)
        sum = sum * 31 + picture->pixels[i];
    return sum;
}

static void decode(const uint8_t *bytes, size_t size, int channels, const struct picture_info *info,
                   struct arena *arena) {
    struct picture picture, again;
    struct err err = {.text = ""};
    int result = picture_decode(bytes, size, MAX_PIXELS, channels, size % 2, arena, &picture, &err);
    ordeal_note(result < 0 ? &err : NULL);
    if (result < 0)
        return;
    expect(info->w * info->h == picture.w * picture.h && picture.c == channels,
           "the picture is as its header says");
    expect(picture_decode(bytes, size, MAX_PIXELS, channels, size % 2, arena, &again, &err) == 0 &&
               sum_up(&picture) == sum_up(&again),
           "decoding is pure");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct arena arena = {0};
    struct picture_info info;
    struct err err = {.text = ""};
    int result = picture_probe(bytes, size, MAX_PIXELS, &info, &err);
    if (result < 0) {
        ordeal_note(&err);
        return 0;
    }
    expect(info.w >= 1 && info.h >= 1 && info.w * info.h <= MAX_PIXELS, "pictures have pixels");
    expect(info.channels >= 1 && info.channels <= 4, "pictures have channels");
    expect(info.orientation >= 1 && info.orientation <= 8, "pictures stand somehow");
    for (int channels = 1; channels <= 3; channels += 2)
        decode(bytes, size, channels, &info, &arena);
    arena_close(&arena);
    return 0;
}

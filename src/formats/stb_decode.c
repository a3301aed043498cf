/* The only file that names stb_image. It reads through callbacks, because from memory it takes what
 * lies past the end for zeros and says nothing; it allocates from the caller's arena, zeroed and up
 * to a bound, because it believes sizes it reads; and this file is compiled with
 * -ftrivial-auto-var-init=zero, because it reads palette entries of its stack that no file has set.
 */
#include "formats/stb_decode.h"

#include <string.h>

/* Bytes: a pixel of four 16-bit samples deflated, inflated (twice, when the first guess is short),
 * as 16 and as 8 bits, and as much again for interlacing; and small pictures' least sizes. */
enum { BUDGET_PIXEL = 64, BUDGET_BASE = 1 << 16 };

/* What stb_image may still take for the picture that this thread is decoding. */
struct allowance {
    struct arena *arena;
    size_t left; // bytes
};

static _Thread_local struct allowance allowance;

static void *allowed_take(size_t size) {
    if (size > allowance.left)
        return NULL;
    allowance.left -= size;
    return arena_take_zeroed(allowance.arena, size);
}

static void *allowed_grow(void *old, size_t old_size, size_t size) {
    void *grown = allowed_take(size);
    if (grown && old)
        memcpy(grown, old, old_size);
    return grown;
}

#define STBI_MALLOC(size)                           allowed_take(size)
#define STBI_REALLOC_SIZED(old, old_size, new_size) allowed_grow(old, old_size, new_size)
#define STBI_FREE(memory)                           ((void)(memory)) // the arena's owner resets it
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#define STBI_ONLY_BMP
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#pragma GCC diagnostic ignored "-Wunused-function" // of its functions we need one
#include <stb/stb_image.h>

struct reader {
    const uint8_t *bytes;
    size_t size, at;
    bool past_end;
};

static int reader_read(void *user, char *data, int size) {
    struct reader *reader = user;
    size_t left = reader->size - reader->at;
    size_t n = (size_t)size < left ? (size_t)size : left;
    if (left == 0)
        reader->past_end = true;
    memcpy(data, reader->bytes + reader->at, n);
    reader->at += n;
    return (int)n;
}

static void reader_skip(void *user, int n) {
    struct reader *reader = user;
    size_t left = reader->size - reader->at;
    if (n < 0 || (size_t)n > left)
        reader->past_end = true;
    else
        reader->at += (size_t)n;
}

static int reader_eof(void *user) {
    const struct reader *reader = user;
    return reader->at == reader->size;
}

static const stbi_io_callbacks callbacks = {reader_read, reader_skip, reader_eof};

int stb_decode(const uint8_t *bytes, size_t size, size_t n_pixels, struct arena *arena,
               struct picture *out, struct err *err) {
    struct reader reader = {.bytes = bytes, .size = size};
    allowance = (struct allowance){arena, BUDGET_BASE + BUDGET_PIXEL * n_pixels};
    out->pixels = stbi_load_from_callbacks(&callbacks, &reader, &out->w, &out->h, &out->c, 0);
    if (!out->pixels)
        return fail(err, "stb_image: %s", stbi_failure_reason());
    if (reader.past_end)
        return fail(err, "cut short: %zu bytes are too few", size);
    return 0;
}

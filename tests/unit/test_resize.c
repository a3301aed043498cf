/* Laws of resizing, and Pillow's own results (tests/data/resize.bin, made by tests/data/make.py).
 * Runs from the repository's root. */
#include "base/memory.h"
#include "formats/resize.h"
#include "formats/transpose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static uint8_t *resized(const struct picture *picture, enum fit fit, int w, int h) {
    uint8_t *out = must_calloc((size_t)w * (size_t)h * (size_t)picture->c, 1);
    arena_reset(&arena);
    resize_fit(picture, fit, w, h, &arena, out);
    return out;
}

static uint8_t *read_bytes(FILE *stream, size_t size) {
    uint8_t *bytes = must_calloc(size, 1);
    assert_int_equal(fread(bytes, 1, size, stream), size);
    return bytes;
}

/* n little-endian int32; false at the end of the file. */
static bool read_ints(FILE *stream, int *values, int n) {
    uint8_t b[4];
    for (int i = 0; i < n; i++) {
        if (fread(b, 1, 4, stream) != 4)
            return false;
        values[i] = b[0] | b[1] << 8 | b[2] << 16 | b[3] << 24;
    }
    return true;
}

static bool check_case(FILE *stream) {
    int head[6]; // w, h, c, fit, w to, h to
    if (!read_ints(stream, head, 6))
        return false;
    int w = head[0], h = head[1], c = head[2], fit = head[3], to_w = head[4], to_h = head[5];
    size_t size = (size_t)to_w * (size_t)to_h * (size_t)c;
    struct picture picture = {w, h, c, read_bytes(stream, (size_t)w * (size_t)h * (size_t)c)};
    uint8_t *pillow = read_bytes(stream, size);
    uint8_t *ours = resized(&picture, (enum fit)fit, to_w, to_h);
    if (memcmp(ours, pillow, size))
        fail_msg("%d × %d × %d to %d × %d, fit %d: not Pillow's bytes", w, h, c, to_w, to_h, fit);
    free(picture.pixels);
    free(pillow);
    free(ours);
    return true;
}

static void same_bytes_as_pillow(void **state) {
    (void)state;
    FILE *stream = fopen("tests/data/resize.bin", "rb");
    assert_non_null(stream);
    int n = 0;
    while (check_case(stream))
        n++;
    assert_in_range(n, 40, 1000);
    fclose(stream);
}

static struct picture plain_picture(int w, int h, int c, int value) {
    size_t size = (size_t)w * (size_t)h * (size_t)c;
    struct picture picture = {w, h, c, must_calloc(size, 1)};
    memset(picture.pixels, value, size);
    return picture;
}

/* The weights sum to 1, whatever the sizes: no sum leaves 0..255 and none falls short. */
static void a_plain_picture_stays_plain(void **state) {
    (void)state;
    for (int i = 0; i < 300; i++) {
        int value = i % 3 == 0 ? 255 : i % 3 == 1 ? 128 : 1, w = 1 + rand() % 50;
        struct picture picture =
            plain_picture(1 + rand() % 900, 1 + rand() % 90, i % 2 ? 3 : 1, value);
        uint8_t *out = resized(&picture, i & 4 ? FIT_CROP : FIT_SQUASH, w, 20);
        for (int k = 0; k < w * 20 * picture.c; k++)
            assert_int_equal(out[k], value);
        free(picture.pixels);
        free(out);
    }
}

static void the_widest_picture_stays_plain(void **state) {
    (void)state;
    struct picture picture = plain_picture(PICTURE_MAX_SIDE, 2, 1, 255);
    uint8_t *out = resized(&picture, FIT_SQUASH, 1, 1);
    assert_int_equal(out[0], 255);
    free(picture.pixels);
    free(out);
}

static void padding_is_black_and_centred(void **state) {
    (void)state;
    struct picture picture = plain_picture(20, 10, 1, 255);
    uint8_t *out = resized(&picture, FIT_PAD, 8, 8);
    for (int y = 0; y < 8; y++)
        for (int x = 0; x < 8; x++)
            assert_int_equal(out[y * 8 + x], y >= 2 && y < 6 ? 255 : 0);
    free(out);
    out = resized(&picture, FIT_PAD, 1, 1000); // the bar would be half a pixel high
    assert_int_equal(out[500], 255);
    free(out);
    free(picture.pixels);
}

static void transposing_back_is_the_identity(void **state) {
    (void)state;
    enum { SIDE = TRANSPOSE_SIDE, MAX = 70 };
    uint8_t rows[SIDE * MAX], columns[MAX * SIDE], back[SIDE * MAX];
    for (int i = 0; i < SIDE * MAX; i++)
        rows[i] = (uint8_t)rand();
    for (int n = SIDE; n <= MAX; n++) {
        transpose_to_columns(rows, MAX, n, columns);
        transpose_to_rows(columns, n, back, MAX);
        for (int y = 0; y < SIDE; y++) {
            assert_memory_equal(back + y * MAX, rows + y * MAX, (size_t)n);
            for (int x = 0; x < n; x++)
                assert_int_equal(columns[x * SIDE + y], rows[y * MAX + x]);
        }
    }
}

static void assert_within(int w, int h, int most, int new_w, int new_h) {
    size_within(&w, &h, most);
    assert_int_equal(w, new_w);
    assert_int_equal(h, new_h);
}

static void sizes_shrink_in_proportion(void **state) {
    (void)state;
    assert_within(30, 20, 30, 30, 20);
    assert_within(30, 20, 15, 15, 10);
    assert_within(30, 20, 10, 10, 7);
    assert_within(20, 33, 10, 6, 10);
    assert_within(1000, 1, 10, 10, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_bytes_as_pillow),
        cmocka_unit_test(a_plain_picture_stays_plain),
        cmocka_unit_test(the_widest_picture_stays_plain),
        cmocka_unit_test(padding_is_black_and_centred),
        cmocka_unit_test(transposing_back_is_the_identity),
        cmocka_unit_test(sizes_shrink_in_proportion),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&arena);
    return failed != 0;
}

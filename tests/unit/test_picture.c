/* Laws of the picture codecs: PNG gives back what it was given; what tests/data calls good decodes
 * to what Pillow decodes; what it calls bad, every cut and every flipped bit of a PNG are refused.
 * Runs from the repository's root. */
#include "base/memory.h"
#include "formats/exif.h"
#include "formats/picture.h"
#include "formats/pixels.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_PIXELS = 1 << 20 };

static struct arena arena;
static struct err err;

struct file {
    uint8_t *bytes; // (size) of their own, so that sanitisers see a byte too many
    size_t size;
};

static struct file file_read(const char *path) {
    FILE *stream = fopen(path, "rb");
    if (!stream)
        fail_msg("%s: cannot be opened", path);
    struct file file = {must_calloc(1, 1 << 20), 0};
    file.size = fread(file.bytes, 1, 1 << 20, stream);
    fclose(stream);
    file.bytes = must_realloc(file.bytes, file.size);
    return file;
}

static int decode(const uint8_t *bytes, size_t size, int channels, struct picture *out) {
    arena_reset(&arena);
    return picture_decode(bytes, size, MAX_PIXELS, channels, true, &arena, out, &err);
}

/* Calls check for each file that matches pattern. */
static void each_file(const char *pattern, void (*check)(const char *path, struct file file)) {
    glob_t found;
    if (glob(pattern, GLOB_BRACE, NULL, &found))
        fail_msg("%s: no such file (run from the repository's root)", pattern);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct file file = file_read(found.gl_pathv[i]);
        check(found.gl_pathv[i], file);
        free(file.bytes);
    }
    globfree(&found);
}

/* --- PNG out and in again --- */

static struct picture random_picture(int w, int h, int c) {
    size_t size = (size_t)w * (size_t)h * (size_t)c;
    struct picture picture = {w, h, c, must_calloc(size, 1)};
    for (size_t i = 0; i < size; i++)
        picture.pixels[i] = (uint8_t)(rand() >> 7);
    return picture;
}

static void check_png_identity(int w, int h, int c, int level) {
    struct picture picture = random_picture(w, h, c), back;
    struct arena encoded = {0};
    uint8_t *bytes;
    size_t size;
    assert_int_equal(picture_encode_png(&picture, level, &encoded, &bytes, &size, &err), 0);
    if (decode(bytes, size, c, &back))
        fail_msg("%d × %d × %d: %s", w, h, c, err.text);
    assert_int_equal(back.w, w);
    assert_int_equal(back.h, h);
    assert_int_equal(back.c, c);
    assert_memory_equal(back.pixels, picture.pixels, (size_t)w * (size_t)h * (size_t)c);
    arena_close(&encoded);
    free(picture.pixels);
}

static void png_gives_back_its_pixels(void **state) {
    (void)state;
    for (int i = 0; i < 400; i++)
        check_png_identity(1 + rand() % 40, 1 + rand() % 40, i % 2 ? 3 : 1, i % 13);
    check_png_identity(257, 131, 3, 1); // more than one stored block on the way back
}

/* --- good and bad files --- */

static void check_good(const char *path, struct file file) {
    char name[512], start[32];
    snprintf(name, sizeof name, "%s.ppm", path);
    struct file expected = file_read(name);
    struct picture picture;
    if (decode(file.bytes, file.size, 3, &picture))
        fail_msg("%s: %s", path, err.text);
    int n = snprintf(start, sizeof start, "P6 %d %d 255\n", picture.w, picture.h);
    size_t size = (size_t)picture.w * (size_t)picture.h * 3;
    if (expected.size != (size_t)n + size || memcmp(expected.bytes, start, (size_t)n) ||
        memcmp(expected.bytes + n, picture.pixels, size))
        fail_msg("%s: other pixels than in %s", path, name);
    free(expected.bytes);
}

static void good_files_decode_as_pillow_does(void **state) {
    (void)state;
    each_file("tests/data/good-*.{png,bmp,jpg}", check_good);
}

static void check_bad(const char *path, struct file file) {
    struct picture picture;
    if (!decode(file.bytes, file.size, 3, &picture))
        fail_msg("%s: decoded", path);
}

static void bad_files_are_refused(void **state) {
    (void)state;
    each_file("tests/data/bad-*.{png,bmp,jpg,gif}", check_bad);
}

static void check_cuts(const char *path, struct file file) {
    struct picture picture;
    if (strstr(path, "trailing"))
        return;
    for (size_t size = 0; size < file.size; size++) {
        uint8_t *cut = memcpy(must_calloc(size, 1), file.bytes, size);
        if (!decode(cut, size, 3, &picture))
            fail_msg("%s: decoded from %zu of %zu bytes", path, size, file.size);
        free(cut);
    }
}

static void every_cut_is_refused(void **state) {
    (void)state;
    each_file("tests/data/good-*.{png,bmp,jpg}", check_cuts);
}

static void check_flips(const char *path, struct file file) {
    struct picture picture;
    if (strstr(path, "trailing"))
        return;
    for (size_t bit = 0; bit < 8 * file.size; bit++) {
        file.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (!decode(file.bytes, file.size, 3, &picture))
            fail_msg("%s: decoded with bit %zu of byte %zu flipped", path, bit % 8, bit / 8);
        file.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static void every_flipped_bit_of_a_png_is_refused(void **state) {
    (void)state;
    each_file("tests/data/good-*.png", check_flips);
}

/* --- channels --- */

static void check_grey(const char *path, struct file file) {
    struct picture picture, grey;
    assert_int_equal(decode(file.bytes, file.size, 3, &picture), 0);
    size_t n = (size_t)picture.w * (size_t)picture.h;
    uint8_t *luma = must_calloc(n, 1);
    pixels_convert(picture.pixels, n, 3, luma, 1);
    assert_int_equal(decode(file.bytes, file.size, 1, &grey), 0);
    assert_int_equal(grey.c, 1);
    if (memcmp(grey.pixels, luma, n))
        fail_msg("%s: its grey is not the luma of its colours", path);
    free(luma);
}

static void grey_is_the_luma_of_colour(void **state) {
    (void)state;
    each_file("tests/data/good-*.{png,bmp,jpg}", check_grey);
}

static void luma_is_rec_601(void **state) {
    (void)state;
    const uint8_t rgb[4][3] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}};
    uint8_t grey[4];
    pixels_convert(rgb[0], 4, 3, grey, 1);
    const uint8_t pillow[4] = {76, 150, 29, 255};
    assert_memory_equal(grey, pillow, 4);
}

/* --- orientation --- */

static void orientations_undo_each_other(void **state) {
    (void)state;
    const int inverse[9] = {0, 1, 2, 3, 4, 5, 8, 7, 6};
    uint8_t once[7 * 4 * 3], twice[7 * 4 * 3];
    struct picture picture = random_picture(7, 4, 3);
    for (int o = 2; o <= 8; o++) {
        struct picture turned = {.pixels = once}, back = {.pixels = twice};
        pixels_orient(&picture, o, &turned);
        pixels_orient(&turned, inverse[o], &back);
        assert_int_equal(turned.w, o < 5 ? 7 : 4);
        assert_int_equal(back.w, 7);
        assert_memory_equal(twice, picture.pixels, sizeof twice);
        assert_memory_not_equal(once, picture.pixels, sizeof once);
    }
    free(picture.pixels);
}

static void check_probe(const char *path, struct file file) {
    struct picture_info info;
    assert_int_equal(picture_probe(file.bytes, file.size, MAX_PIXELS, &info, &err), 0);
    assert_int_equal(info.format, PICTURE_JPEG);
    assert_int_equal(info.orientation, path[strlen("tests/data/good-jpg-exif")] - '0');
    assert_int_equal(info.w, 20);
    assert_int_equal(info.h, 13);
}

static void probe_names_the_orientation(void **state) {
    (void)state;
    each_file("tests/data/good-jpg-exif[1-8].jpg", check_probe);
}

static void raw_orientation_leaves_the_picture(void **state) {
    (void)state;
    struct file file = file_read("tests/data/good-jpg-exif6.jpg");
    struct picture picture;
    arena_reset(&arena);
    assert_int_equal(
        picture_decode(file.bytes, file.size, MAX_PIXELS, 3, false, &arena, &picture, &err), 0);
    assert_int_equal(picture.w, 20);
    assert_int_equal(picture.h, 13);
    free(file.bytes);
}

/* Any bytes for EXIF: an answer in 1..8 and no byte beyond the end. */
static void exif_survives_noise(void **state) {
    (void)state;
    const uint8_t start[10] = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 2};
    for (int i = 0; i < 100000; i++) {
        size_t size = (size_t)(rand() % 40);
        uint8_t *tiff = must_calloc(size, 1);
        for (size_t k = 0; k < size; k++)
            tiff[k] = k < sizeof start && rand() % 16 ? start[k] : (uint8_t)(rand() % 7);
        int orientation = exif_orientation(tiff, size);
        assert_in_range(orientation, 1, 8);
        free(tiff);
    }
}

/* --- bounds --- */

static void probe_says_what_the_header_says(void **state) {
    (void)state;
    struct file file = file_read("tests/data/good-png-grey-alpha16.png");
    struct picture_info info;
    assert_int_equal(picture_probe(file.bytes, file.size, MAX_PIXELS, &info, &err), 0);
    assert_int_equal(info.format, PICTURE_PNG);
    assert_int_equal(info.channels, 2);
    assert_int_equal(info.orientation, 1);
    assert_int_equal(picture_probe(file.bytes, file.size, 7 * 4 - 1, &info, &err), -1);
    assert_string_equal(err.text, "7 × 4 pixels are more than 27 (--max-pixels)");
    free(file.bytes);
}

/* --- JPEG out --- */

static void jpeg_comes_back_nearly(void **state) {
    (void)state;
    for (int c = 1; c <= 3; c += 2) {
        struct picture picture = {24, 17, c, must_calloc(24 * 17 * 3, 1)}, back;
        struct arena encoded = {0};
        uint8_t *bytes;
        size_t size;
        for (int i = 0; i < 24 * 17 * c; i++)
            picture.pixels[i] = (uint8_t)(i / c % 24 * 5 + i / c / 24 * 7);
        assert_int_equal(picture_encode_jpeg(&picture, 95, &encoded, &bytes, &size, &err), 0);
        assert_int_equal(decode(bytes, size, c, &back), 0);
        assert_int_equal(back.w, 24);
        assert_int_equal(back.h, 17);
        for (int i = 0; i < 24 * 17 * c; i++)
            assert_in_range(back.pixels[i] + 12 - picture.pixels[i], 0, 24);
        arena_close(&encoded);
        free(picture.pixels);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(png_gives_back_its_pixels),
        cmocka_unit_test(good_files_decode_as_pillow_does),
        cmocka_unit_test(bad_files_are_refused),
        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(every_flipped_bit_of_a_png_is_refused),
        cmocka_unit_test(grey_is_the_luma_of_colour),
        cmocka_unit_test(luma_is_rec_601),
        cmocka_unit_test(orientations_undo_each_other),
        cmocka_unit_test(probe_names_the_orientation),
        cmocka_unit_test(raw_orientation_leaves_the_picture),
        cmocka_unit_test(exif_survives_noise),
        cmocka_unit_test(probe_says_what_the_header_says),
        cmocka_unit_test(jpeg_comes_back_nearly),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_close(&arena);
    return failed != 0;
}

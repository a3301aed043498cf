/* Source of IDX files: plain and packed, they are found, read and, where they are cut, refused. */
#include "gzip_bytes.h"
#include "tensor_rig.h"

static const uint8_t DIGITS[] = {0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2,  0,  0,
                                 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
static const uint8_t DIGIT_LABELS[] = {0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 9};

static void write_packed(const char *folder, const char *name, const uint8_t *bytes, size_t n) {
    struct arena arena = {0};
    size_t size;
    const uint8_t *packed = gzip_bytes(bytes, n, 6, &arena, &size);
    scratch_write(folder, name, packed, size);
    arena_close(&arena);
}

static void check_digits(struct trial *trial) {
    struct err err;
    uint8_t out[4];
    assert_opened(trial);
    const struct contents *contents = &trial->opened.contents;
    assert_int_equal(contents->n, 3);
    assert_int_equal(contents->n_classes, 10);
    assert_int_equal(contents->shape.rank, 3);
    assert_int_equal(contents->shape.dim[2], 1);
    assert_int_equal(contents->label[0], 5);
    assert_int_equal(contents->label[2], 9);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(take_sample(&trial->opened, i, out, &err), 0);
        assert_memory_equal(out, DIGITS + 16 + 4 * i, 4);
    }
    end_trial(trial);
}

/* Plain and packed, by the folder and by the file; detected as what they are. */
static void digits_are_found_and_read(void **state) {
    (void)state;
    char *folder = scratch_open(), *path;
    struct err err;
    struct trial trial;
    scratch_write(folder, "train-images.idx3-ubyte", DIGITS, sizeof DIGITS);
    write_packed(folder, "train-labels.idx1-ubyte.gz", DIGIT_LABELS, sizeof DIGIT_LABELS);
    assert_ptr_equal(source_detect(folder, NULL, &err), source_called("idx"));
    trial = try_input(folder, "idx", NULL, NULL);
    assert_null(trial.opened.contents.note);
    check_digits(&trial);
    trial = try_input(folder, "idx", "train-images.idx3-ubyte", NULL);
    check_digits(&trial);

    write_packed(folder, "t10k-images-idx3-ubyte.gz", DIGITS, sizeof DIGITS);
    scratch_write(folder, "t10k-labels-idx1-ubyte", DIGIT_LABELS, sizeof DIGIT_LABELS);
    path = path_join(folder, "t10k-images-idx3-ubyte.gz");
    assert_ptr_equal(source_detect(path, NULL, &err), source_called("idx"));
    free(path);
    trial = try_input(folder, "idx", "t10k-images-idx3-ubyte.gz", NULL);
    check_digits(&trial);
    trial = try_input(folder, "idx", NULL, NULL);
    assert_contains(trial.opened.contents.note, "reading the split train of");
    check_digits(&trial);
    scratch_remove(folder, "train-images.idx3-ubyte");
    check_refused(folder, "idx", NULL, NULL, "but those of the other --split");
    scratch_remove(folder, "t10k-labels-idx1-ubyte");
    check_refused(folder, "idx", "t10k-images-idx3-ubyte.gz", NULL, "give --labels FILE");
    scratch_close(folder);
}

static void idx_cut_short_is_refused(void **state) {
    (void)state;
    char *folder = scratch_open();
    struct arena arena = {0};
    size_t size;
    const uint8_t *packed = gzip_bytes(DIGITS, sizeof DIGITS, 6, &arena, &size);
    scratch_write(folder, "images", DIGITS, sizeof DIGITS);
    scratch_write(folder, "labels", DIGIT_LABELS, sizeof DIGIT_LABELS);
    check_cuts(folder, "images", DIGITS, sizeof DIGITS, "idx", "images", "labels");
    check_cuts(folder, "labels", DIGIT_LABELS, sizeof DIGIT_LABELS, "idx", "images", "labels");
    check_cuts(folder, "images", packed, size, "idx", "images", "labels");
    arena_close(&arena);
    scratch_close(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_found_and_read),
        cmocka_unit_test(idx_cut_short_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

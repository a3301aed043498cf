/* Sources of arrays: what .npy holds comes out, several inputs agree, and whatever bytes stand
 * there, they are refused or read right. */
#include "tensor_rig.h"

static void floats_come_out_as_they_are(void **state) {
    (void)state;
    char *folder = scratch_open();
    struct err err;
    float point[2];
    write_points(folder);
    scratch_npy(folder, "y.npy", "|u1", "(6,)", "\0\1\2\0\1\4", N);
    struct trial trial = try_input(folder, "npy", "x.npy", NULL);
    assert_opened(&trial);
    const struct contents *contents = &trial.opened.contents;
    assert_int_equal(contents->n, N);
    assert_int_equal(contents->dtype, DTYPE_FLOAT32);
    assert_int_equal(contents->shape.rank, 1);
    assert_int_equal(contents->shape.dim[0], 2);
    assert_int_equal(contents->n_classes, 5);
    assert_string_equal(contents->class_names[4], "4");
    assert_false(contents->soft);
    assert_int_equal(contents->label[5], 4);
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(take_sample(&trial.opened, i, point, &err), 0);
        assert_memory_equal(point, POINTS[i], sizeof point);
    }
    end_trial(&trial);
    scratch_close(folder);
}

static void numbers_that_are_none_are_named(void **state) {
    (void)state;
    char *folder = scratch_open();
    struct err err;
    float words[2][2][3] = {{{0}}};
    words[1][1][2] = NAN;
    scratch_npy(folder, "x.npy", "<f4", "(2, 2, 3)", words, sizeof words);
    scratch_npy(folder, "labels.npy", "|u1", "(2,)", "\0\1", 2);
    struct trial trial = try_input(folder, "npy", "x.npy", NULL);
    assert_opened(&trial);
    assert_int_equal(take_sample(&trial.opened, 0, words, &err), 0);
    assert_int_equal(take_sample(&trial.opened, 1, words, &err), -1);
    assert_contains(err.text, "x.npy: sample 1 has nan at [1, 2]");
    end_trial(&trial);
    scratch_close(folder);
}

/* Grey and colour pictures in their own size and channels, and in others. */
static void pictures_are_fitted(void **state) {
    (void)state;
    char *folder = scratch_open();
    struct err err;
    uint8_t grey[2][2][2] = {{{10, 20}, {30, 40}}, {{7, 7}, {7, 7}}}, out[4 * 4 * 3];
    scratch_npy(folder, "images.npy", "|u1", "(2, 2, 2)", grey, sizeof grey);
    scratch_npy(folder, "labels.npy", "<i8", "(2, 1)", "\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0", 16);
    struct trial trial = try_input(folder, "npy", NULL, NULL);
    assert_opened(&trial);
    assert_int_equal(trial.opened.contents.shape.rank, 3);
    assert_int_equal(trial.opened.contents.shape.dim[2], 1);
    assert_int_equal(trial.opened.contents.label[1], 1);
    assert_int_equal(take_sample(&trial.opened, 0, out, &err), 0);
    assert_memory_equal(out, grey[0], 4);
    close_input(&trial.opened);

    struct input input = input_of(&trial.path, 1);
    input.w = input.h = 4;
    input.channels = 3;
    trial.opened = open_input("npy", &input);
    assert_opened(&trial);
    assert_int_equal(trial.opened.contents.shape.dim[0], 4);
    assert_int_equal(trial.opened.contents.shape.dim[2], 3);
    assert_int_equal(take_sample(&trial.opened, 1, out, &err), 0);
    for (size_t i = 0; i < sizeof out; i++)
        assert_int_equal(out[i], 7);
    end_trial(&trial);
    scratch_close(folder);
}

static void check_samples(const char *descr, const char *shape, size_t n, const char *why) {
    char *folder = scratch_open();
    uint8_t *zeros = must_calloc(n, 1);
    scratch_npy(folder, "x.npy", descr, shape, zeros, n);
    scratch_npy(folder, "y.npy", "|u1", "(2,)", "\0\1", 2);
    check_refused(folder, "npy", "x.npy", NULL, why);
    free(zeros);
    scratch_close(folder);
}

static void what_cannot_be_mixed_is_refused(void **state) {
    (void)state;
    check_samples("<f8", "(2, 3)", 48, "samples of float64 are not read");
    check_samples("<i8", "(2, 3)", 48, "token ids");
    check_samples("<f4", "(2,)", 8, "no axes for a sample");
    check_samples("<f4", "(3, 1)", 12, "y.npy: labels of 2 samples, where the data has 3");
}

static void inputs_are_joined_where_they_agree(void **state) {
    (void)state;
    char *folder = scratch_open(), *paths[2];
    struct text name = {0};
    write_points(folder);
    scratch_npy(folder, "y.npy", "|u1", "(6,)", "\0\1\2\0\1\4", N);
    scratch_npy(folder, "x_more.npy", "<f4", "(1, 2)", POINTS[3], sizeof POINTS[3]);
    scratch_npy(folder, "y_more.npy", "<i4", "(1,)", "\7\0\0", 4);
    scratch_npy(folder, "x_odd.npy", "<f4", "(1, 1, 2)", POINTS[3], sizeof POINTS[3]);
    scratch_npy(folder, "y_odd.npy", "|u1", "(1,)", "", 1);
    paths[0] = path_join(folder, "x.npy");
    paths[1] = path_join(folder, "x_more.npy");
    struct input input = input_of(paths, 2);
    struct opened opened = open_input("npy", &input);
    assert_int_equal(opened.result, 0);
    assert_int_equal(opened.contents.n, N + 1);
    assert_int_equal(opened.contents.n_classes, 8);
    assert_int_equal(opened.contents.label[N], 7);
    struct origin origin = opened.source->origin(opened.state, N, &name);
    assert_int_equal(origin.input, 1);
    assert_int_equal(origin.record, 0);
    assert_string_equal(text_terminate(&name), "x_more.npy");
    close_input(&opened);

    free(paths[1]);
    paths[1] = path_join(folder, "x_odd.npy");
    opened = open_input("npy", &input);
    assert_int_equal(opened.result, -1);
    assert_contains(opened.err.text, "samples must be alike");
    close_input(&opened);
    input.labels = "y.npy";
    opened = open_input("npy", &input);
    assert_int_equal(opened.result, -1);
    assert_contains(opened.err.text, "the labels of one input, where 2 are given");
    close_input(&opened);
    text_close(&name);
    free(paths[0]);
    free(paths[1]);
    scratch_close(folder);
}

static void arrays_cut_short_are_refused(void **state) {
    (void)state;
    static const char x_header[] = "{'descr': '<f4', 'fortran_order': False, 'shape': (6, 2), }";
    static const char y_header[] = "{'descr': '<f2', 'fortran_order': False, 'shape': (6, 2), }";
    static const uint16_t halves[N][2] = {{0x3800, 0x3800}, {0x3c00, 0},      {0x3c00, 0x3c00},
                                          {0, 0x3c00},      {0x3400, 0x3a00}, {0, 0x3c00}};
    char *folder = scratch_open();
    size_t x_size, y_size;
    uint8_t *x = npy_bytes(x_header, POINTS, sizeof POINTS, &x_size);
    uint8_t *y = npy_bytes(y_header, halves, sizeof halves, &y_size);
    scratch_write(folder, "x.npy", x, x_size);
    scratch_write(folder, "y.npy", y, y_size);
    check_cuts(folder, "x.npy", x, x_size, "npy", "x.npy", NULL);
    check_cuts(folder, "y.npy", y, y_size, "npy", "x.npy", NULL);
    free(x);
    free(y);
    scratch_close(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(floats_come_out_as_they_are),
        cmocka_unit_test(numbers_that_are_none_are_named),
        cmocka_unit_test(pictures_are_fitted),
        cmocka_unit_test(what_cannot_be_mixed_is_refused),
        cmocka_unit_test(inputs_are_joined_where_they_agree),
        cmocka_unit_test(arrays_cut_short_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

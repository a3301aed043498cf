/* Sources of arrays: what .npy and IDX hold comes out, labels are what they say, and whatever bytes
 * stand there, they are refused or read right. */
#include "base/memory.h"

#include "gzip_bytes.h"
#include "scratch.h"
#include "support.h"

enum { N = 6, K = 3 };

static const float POINTS[N][2] = {{1, 2}, {3, 4}, {5, 6}, {-7, 8}, {0, 0}, {1e-30f, 1e30f}};

/* What is opened, or why it is not, from paths in one folder. */
struct trial {
    char *path, *labels;
    struct opened opened;
};

/* name, labels: in the folder; NULL: the folder itself, or none. */
static struct trial try_input(char *folder, const char *source, const char *name,
                              const char *labels) {
    struct trial trial;
    trial.path = name ? path_join(folder, name) : must_strdup(folder);
    trial.labels = labels ? path_join(folder, labels) : NULL;
    struct input input = input_of(&trial.path, 1);
    input.labels = trial.labels;
    trial.opened = open_input(source, &input);
    return trial;
}

static void end_trial(struct trial *trial) {
    close_input(&trial->opened);
    free(trial->path);
    free(trial->labels);
}

static void assert_opened(const struct trial *trial) {
    if (trial->opened.result < 0)
        fail_msg("%s", trial->opened.err.text);
}

static void check_refused(char *folder, const char *source, const char *name, const char *labels,
                          const char *why) {
    struct trial trial = try_input(folder, source, name, labels);
    assert_int_equal(trial.opened.result, -1);
    assert_contains(trial.opened.err.text, why);
    end_trial(&trial);
}

/* The sample as it is handed over; out has room for it. */
static int take_sample(const struct opened *opened, uint32_t sample, void *out, struct err *err) {
    struct arena arena = {0};
    struct raw raw;
    int result = opened->source->read(opened->state, sample, &arena, &raw, err);
    if (result == 0)
        result = opened->source->decode(opened->state, sample, &raw, &arena, out, err);
    arena_close(&arena);
    return result;
}

static int take_row(const struct opened *opened, uint32_t sample, float *row, struct err *err) {
    struct arena arena = {0};
    int result = opened->source->soft_label(opened->state, sample, &arena, row, err);
    arena_close(&arena);
    return result;
}

static void write_points(const char *folder) {
    scratch_npy(folder, "x.npy", "<f4", "(6, 2)", POINTS, sizeof POINTS);
}

/* --- samples --- */

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

/* --- labels --- */

/* Rows that are labels as they stand, or after division by their sum. */
static void soft_rows_keep_their_bits(void **state) {
    (void)state;
    static const float rows[N][K] = {{0.1f, 0.2f, 0.7f}, {1, 0, 0},          {0, 1, 1},
                                     {1, 1, 1},          {0.3f, 0.4f, 0.3f}, {0.5f, 0.5f, 0}};
    static const int argmax[N] = {2, 0, 1, 0, 1, 0};
    char *folder = scratch_open();
    struct err err;
    float row[K];
    write_points(folder);
    scratch_npy(folder, "labels.npy", "<f4", "(6, 3)", rows, sizeof rows);
    struct trial trial = try_input(folder, "npy", "x.npy", NULL);
    assert_opened(&trial);
    assert_true(trial.opened.contents.soft);
    assert_int_equal(trial.opened.contents.n_classes, K);
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(take_row(&trial.opened, i, row, &err), 0);
        assert_memory_equal(row, rows[i], sizeof row);
        assert_int_equal(trial.opened.contents.label[i], argmax[i]);
    }
    end_trial(&trial);

    static const double near[N][K] = {{0.2501, 0.25, 0.5}, {1.0009, 0, 0},   {0, 0.9995, 0},
                                      {1, 1e-7, 0},        {0.5, 0.4999, 0}, {0, 0, 1}};
    scratch_npy(folder, "labels.npy", "<f8", "(6, 3)", near, sizeof near);
    trial = try_input(folder, "npy", "x.npy", NULL);
    assert_opened(&trial);
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(take_row(&trial.opened, i, row, &err), 0);
        double sum = 0, whole = near[i][0] + near[i][1] + near[i][2];
        for (int k = 0; k < K; k++) {
            sum += (double)row[k];
            assert_true(row[k] >= 0 && row[k] <= 1);
            if (fabs(whole - 1) > 1e-6)
                assert_true(row[k] == (float)(near[i][k] / whole));
        }
        assert_near("sum", sum, 1, 1e-6);
    }
    end_trial(&trial);
    scratch_close(folder);
}

static void one_hot_rows_are_hard_labels(void **state) {
    (void)state;
    char *folder = scratch_open();
    write_points(folder);
    scratch_npy(folder, "y.npy", "|b1", "(6, 3)", "\1\0\0\0\1\0\0\0\1\1\0\0\0\1\0\0\0\1", N * K);
    struct trial trial = try_input(folder, "npy", "x.npy", NULL);
    assert_opened(&trial);
    assert_false(trial.opened.contents.soft);
    assert_int_equal(trial.opened.contents.n_classes, K);
    for (int i = 0; i < N; i++)
        assert_int_equal(trial.opened.contents.label[i], i % K);
    end_trial(&trial);
    scratch_close(folder);
}

static void check_labels(const char *descr, const char *shape, const void *data, size_t n,
                         const char *why) {
    char *folder = scratch_open();
    write_points(folder);
    scratch_write(folder, "classes.txt", "a\nb\nc\n", 6);
    scratch_npy(folder, "labels.npy", descr, shape, data, n);
    check_refused(folder, "npy", "x.npy", NULL, why);
    scratch_close(folder);
}

static void what_is_no_label_is_refused_by_its_row(void **state) {
    (void)state;
    float rows[N][K] = {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}};
    check_labels("|i1", "(6,)", "\0\1\2\0\xff\0", N, "row 4 has label -1");
    check_labels("|u1", "(6,)", "\0\1\2\3\4\0", N, "row 3 has label 3, but ");
    check_labels("<f4", "(6,)", rows, 24, "float32 of shape (6,) are no labels");
    check_labels("|u1", "(6, 1, 1)", rows, 6, "are no labels");
    check_labels("|u1", "(6, 4)", "\1\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0", 24,
                 "soft labels of 4 classes, but ");
    rows[2][0] = 0.9f;
    check_labels("<f4", "(6, 3)", rows, sizeof rows, "row 2 sums to 0.9");
    rows[2][0] = 0;
    check_labels("<f4", "(6, 3)", rows, sizeof rows, "row 2 is all zeros");
    rows[2][0] = 1.5f;
    rows[2][1] = -0.5f;
    check_labels("<f4", "(6, 3)", rows, sizeof rows, "row 2 has -0.5 in column 1");
    rows[1][2] = NAN;
    check_labels("<f4", "(6, 3)", rows, sizeof rows, "row 1 has nan in column 2");
}

static void missing_labels_are_asked_for(void **state) {
    (void)state;
    char *folder = scratch_open();
    write_points(folder);
    check_refused(folder, "npy", "x.npy", NULL, "give --labels FILE");
    check_refused(folder, "npy", NULL, NULL, "no images.npy in this folder");
    scratch_npy(folder, "other.npy", "<u2", "(6,)", "\0\0\1\0\2\0\0\0\1\0\2\0", 12);
    struct trial trial = try_input(folder, "npy", "x.npy", "other.npy");
    assert_opened(&trial);
    assert_int_equal(trial.opened.contents.label[5], 2);
    end_trial(&trial);
    scratch_close(folder);
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

/* --- IDX --- */

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

/* --- CIFAR records with rows beside them --- */

enum { RECORD = 3073 };

static void records_take_soft_labels_from_beside(void **state) {
    (void)state;
    static const float rows[2][K] = {{0.25f, 0.5f, 0.25f}, {0.5f, 0.5f, 0}};
    char *folder = scratch_open();
    struct err err;
    float row[K];
    uint8_t *records = must_calloc(2, RECORD);
    records[0] = 1;
    scratch_write(folder, "data_batch_1.bin", records, (size_t)2 * RECORD);
    scratch_npy(folder, "labels.npy", "<f4", "(2, 3)", rows, sizeof rows);
    struct trial trial = try_input(folder, "cifar10", NULL, NULL);
    assert_opened(&trial);
    assert_true(trial.opened.contents.soft);
    assert_int_equal(trial.opened.contents.n_classes, K);
    assert_int_equal(trial.opened.contents.label[0], 1);
    assert_int_equal(take_row(&trial.opened, 1, row, &err), 0);
    assert_memory_equal(row, rows[1], sizeof row);
    end_trial(&trial);

    records[0] = 2;
    scratch_write(folder, "data_batch_1.bin", records, (size_t)2 * RECORD);
    check_refused(folder, "cifar10", NULL, NULL, "record 0 has label 2, but row 0 of ");
    scratch_write(folder, "data_batch_1.bin", records, RECORD);
    check_refused(folder, "cifar10", NULL, NULL, "labels of 2 samples, where the data has 1");
    free(records);
    scratch_close(folder);
}

/* --- files cut short --- */

/* Opens and, where it opens, takes every sample and label. */
static int try_all(char *folder, const char *source, const char *name, const char *labels) {
    struct trial trial = try_input(folder, source, name, labels);
    const struct contents *contents = &trial.opened.contents;
    struct err err;
    int result = trial.opened.result;
    if (result == 0) {
        uint8_t *out = must_calloc(shape_values(&contents->shape) * dtype_size(contents->dtype), 1);
        float *row = must_calloc((size_t)contents->n_classes, sizeof *row);
        for (uint32_t i = 0; i < contents->n; i++) {
            assert_in_range(contents->label[i], 0, contents->n_classes - 1);
            take_sample(&trial.opened, i, out, &err);
            if (contents->soft)
                assert_int_equal(take_row(&trial.opened, i, row, &err), 0);
        }
        free(row);
        free(out);
    }
    end_trial(&trial);
    return result;
}

/* Every cut of a file is refused. */
static void check_cuts(char *folder, const char *name, const uint8_t *bytes, size_t size,
                       const char *source, const char *images, const char *labels) {
    for (size_t cut = 0; cut < size; cut++) {
        scratch_write(folder, name, bytes, cut);
        assert_int_equal(try_all(folder, source, images, labels), -1);
    }
    scratch_write(folder, name, bytes, size);
    assert_int_equal(try_all(folder, source, images, labels), 0);
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
        cmocka_unit_test(floats_come_out_as_they_are),
        cmocka_unit_test(numbers_that_are_none_are_named),
        cmocka_unit_test(pictures_are_fitted),
        cmocka_unit_test(what_cannot_be_mixed_is_refused),
        cmocka_unit_test(soft_rows_keep_their_bits),
        cmocka_unit_test(one_hot_rows_are_hard_labels),
        cmocka_unit_test(what_is_no_label_is_refused_by_its_row),
        cmocka_unit_test(missing_labels_are_asked_for),
        cmocka_unit_test(inputs_are_joined_where_they_agree),
        cmocka_unit_test(digits_are_found_and_read),
        cmocka_unit_test(records_take_soft_labels_from_beside),
        cmocka_unit_test(arrays_cut_short_are_refused),
        cmocka_unit_test(idx_cut_short_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

/* Labels of arrays and of CIFAR batches: class numbers and rows are what they say, and what is no
 * label is refused. */
#include "tensor_rig.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(soft_rows_keep_their_bits),
        cmocka_unit_test(one_hot_rows_are_hard_labels),
        cmocka_unit_test(what_is_no_label_is_refused_by_its_row),
        cmocka_unit_test(missing_labels_are_asked_for),
        cmocka_unit_test(records_take_soft_labels_from_beside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

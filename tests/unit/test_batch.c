/* Batch: shapes and grids, and dropping samples that could not be loaded. */
#include "model/batch.h"

#include "support.h"

static void check_grid(struct shape shape, struct grid expected) {
    struct grid grid = shape_grid(&shape);
    assert_int_equal(grid.axes, expected.axes);
    assert_memory_equal(grid.side, expected.side, sizeof grid.side);
    assert_int_equal(grid.channels, expected.channels);
    assert_int_equal(grid_positions(&grid) * (size_t)grid.channels, shape_values(&shape));
}

/* The last axis holds channels, but for a vector. */
static void grids_leave_the_channels_out(void **state) {
    (void)state;
    check_grid((struct shape){1, {9}}, (struct grid){1, {1, 1, 9}, 1});
    check_grid((struct shape){2, {9, 4}}, (struct grid){1, {1, 1, 9}, 4});
    check_grid((struct shape){3, {6, 5, 3}}, (struct grid){2, {1, 6, 5}, 3});
    check_grid((struct shape){4, {7, 6, 5, 2}}, (struct grid){3, {7, 6, 5}, 2});
}

static void samples_lie_one_after_another(void **state) {
    (void)state;
    struct batch batch;
    batch_open(&batch, &(struct shape){3, {6, 5, 3}}, DTYPE_FLOAT32, 4, 2);
    assert_int_equal(batch_stride(&batch), 6 * 5 * 3 * 4);
    assert_ptr_equal(batch_at(&batch, 0), batch.data);
    assert_ptr_equal(batch_at(&batch, 3), (uint8_t *)batch.data + 3 * batch_stride(&batch));
    batch_close(&batch);
    assert_null(batch.data);
}

/* What is kept stays together: pixels, id, source and label. */
static void keeping_some_keeps_their_order(void **state) {
    (void)state;
    enum { N = 20 };
    struct rng rng = rng_for(1, 0, 0);
    for (int round = 0; round < 200; round++) {
        struct batch batch;
        uint8_t keep[N], pixels[N][6];
        int label[N], kept = 0;
        open_random_batch(&batch, (struct shape){2, {3, 2}}, DTYPE_UINT8, N, 9, &rng);
        memcpy(pixels, batch.data, sizeof pixels);
        memcpy(label, batch.label, sizeof label);
        for (int i = 0; i < N; i++)
            keep[i] = (uint8_t)rng_below(&rng, 2);
        batch_keep(&batch, keep);
        for (int i = 0; i < N; i++) {
            if (!keep[i])
                continue;
            assert_memory_equal(batch_at(&batch, kept), pixels[i], 6);
            assert_int_equal(batch.id[kept], 100 + i);
            assert_int_equal(batch.source[kept], i);
            assert_int_equal(batch.label[kept], label[i]);
            kept++;
        }
        assert_int_equal(batch.n, kept);
        batch_close(&batch);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grids_leave_the_channels_out),
        cmocka_unit_test(samples_lie_one_after_another),
        cmocka_unit_test(keeping_some_keeps_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

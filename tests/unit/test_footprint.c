/* The memory that batches take: the sum, where it ends, and what to lower. */
#include "engine/footprint.h"

#include "support.h"

static const uint64_t SIDE = 16384, GB = 1000000000;

/* Pictures of SIDE x SIDE x 3, loaded and finished in two batches. */
static struct footprint pictures(uint64_t capacity) {
    return (struct footprint){.values = SIDE * SIDE * 3,
                              .value_bytes = 1,
                              .beside_bytes = 60,
                              .capacity = capacity,
                              .loaded = 2,
                              .finished = 2};
}

static void every_part_counts(void **state) {
    (void)state;
    struct footprint all = {.values = 10,
                            .value_bytes = 4,
                            .beside_bytes = 3,
                            .capacity = 5,
                            .loaded = 2,
                            .staged = 2,
                            .finished = 1,
                            .threads = 7};
    assert_true(footprint_bytes(&all) == 5 * (2 * (40 + 3) + 2 * 40 + 40) + 7 * 40);
    struct footprint one = pictures(1);
    assert_true(footprint_bytes(&one) == 2 * (805306368 + 60) + 2 * 805306368ULL);
}

static void sums_end_at_the_greatest_number(void **state) {
    (void)state;
    struct footprint much = pictures(65536);
    assert_true(footprint_bytes(&much) == 65536 * (4 * 805306368ULL + 120));
    much.capacity = UINT64_MAX / much.values;
    assert_true(footprint_bytes(&much) == UINT64_MAX);
    much = pictures(1);
    much.values = UINT64_MAX / 2 + 1;
    much.value_bytes = 4;
    assert_true(footprint_bytes(&much) == UINT64_MAX);
    much = pictures(1);
    much.beside_bytes = UINT64_MAX;
    assert_true(footprint_bytes(&much) == UINT64_MAX);
}

/* What is said of a footprint in so many bytes; "" where it fits. */
static const char *said(const struct footprint *footprint, uint64_t limit, bool pictures) {
    static struct err err;
    struct source source = {.file_per_sample = pictures};
    struct job job = {.size = {.w = 0}};
    struct run run = {.job = &job, .source = &source};
    run.contents.shape = (struct shape){3, {(int)SIDE, (int)SIDE, 3}};
    err.text[0] = 0;
    int result = footprint_check(footprint, &run, limit, &err);
    assert_int_equal(result, err.text[0] ? -1 : 0);
    return err.text;
}

static void what_fits_is_not_refused(void **state) {
    (void)state;
    struct footprint two = pictures(2);
    uint64_t bytes = footprint_bytes(&two);
    assert_string_equal(said(&two, bytes, true), "");
    assert_string_equal(said(&two, UINT64_MAX, true), "");
    assert_string_not_equal(said(&two, bytes - 1, true), "");
    two.capacity = UINT64_MAX;
    assert_string_equal(said(&two, UINT64_MAX, true), "");
}

static void what_does_not_fit_is_told_what_to_lower(void **state) {
    (void)state;
    struct footprint footprint = pictures(128);
    assert_string_equal(said(&footprint, 25 * GB, true),
                        "batches of 128 samples, 16384 x 16384 x 3, need 412 GB of memory, but "
                        "there are 25.0 GB: lower --batch or --size");
    assert_string_equal(said(&footprint, 25 * GB, false),
                        "batches of 128 samples, 16384 x 16384 x 3, need 412 GB of memory, but "
                        "there are 25.0 GB: lower --batch");
    footprint = pictures(1);
    assert_string_equal(said(&footprint, GB, true),
                        "batches of 1 sample, 16384 x 16384 x 3, need 3.22 GB of memory, but "
                        "there are 1.00 GB: lower --size");
    assert_string_equal(said(&footprint, GB, false),
                        "batches of 1 sample, 16384 x 16384 x 3, need 3.22 GB of memory, but "
                        "there are 1.00 GB");
    footprint = pictures(4);
    footprint.threads = 64;
    assert_string_equal(said(&footprint, 25 * GB, true),
                        "batches of 4 samples, 16384 x 16384 x 3, need 64.4 GB of memory, but "
                        "there are 25.0 GB: lower --threads");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_counts),
        cmocka_unit_test(sums_end_at_the_greatest_number),
        cmocka_unit_test(what_fits_is_not_refused),
        cmocka_unit_test(what_does_not_fit_is_told_what_to_lower),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* IDX: the header's numbers, other types by their names, and nothing in it is believed. */
#include "formats/idx.h"

#include "support.h"

/* Two pictures of 2 × 3 pixels. */
static const uint8_t PICTURES[] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2,  0,  0,
                                   0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

/* In memory of exactly its size, so that the sanitizer sees a byte too far. */
static int parse_exactly(const uint8_t *bytes, size_t size, struct array *array, struct err *err) {
    uint8_t *copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    bool known = idx_is_known(copy, size);
    int result = idx_parse(copy, size, size, array, err);
    if (result == 0)
        assert_true(known);
    free(copy);
    return result;
}

static void pictures_and_labels_are_read(void **state) {
    (void)state;
    static const uint8_t labels[] = {0, 0, 8, 1, 0, 0, 0, 4, 9, 8, 7, 6};
    struct array array;
    struct err err;
    assert_int_equal(parse_exactly(PICTURES, sizeof PICTURES, &array, &err), 0);
    assert_int_equal(array.type, NUMBER_UINT8);
    assert_int_equal(array.rank, 3);
    assert_int_equal(array.dim[0], 2);
    assert_int_equal(array.dim[1], 2);
    assert_int_equal(array.dim[2], 3);
    assert_int_equal(array.data_at, 16);
    assert_int_equal(parse_exactly(labels, sizeof labels, &array, &err), 0);
    assert_int_equal(array.rank, 1);
    assert_int_equal(array.dim[0], 4);
}

static void check_refused(size_t at, uint8_t value, const char *why) {
    uint8_t bytes[sizeof PICTURES];
    struct array array;
    struct err err;
    memcpy(bytes, PICTURES, sizeof bytes);
    bytes[at] = value;
    assert_int_equal(parse_exactly(bytes, sizeof bytes, &array, &err), -1);
    assert_contains(err.text, why);
}

static void what_is_not_read_is_refused_by_name(void **state) {
    (void)state;
    check_refused(0, 1, "neither .npy nor IDX: begins with the bytes 01 00 08 03");
    check_refused(2, 7, "neither .npy nor IDX");
    check_refused(2, 0x0a, "neither .npy nor IDX");
    check_refused(2, 9, "holds signed bytes (type 0x09 of IDX)");
    check_refused(2, 13, "holds float32");
    check_refused(3, 0, "0 axes");
    check_refused(3, 6, "6 axes");
    check_refused(7, 0, "length 0");
    check_refused(7, 1, "goes on behind its end");
    check_refused(7, 3, "cut short: 12 bytes of data, where (3, 2, 3) of uint8 takes 18");
    static const uint8_t vast[] = {0,   0,   8,   4,   255, 255, 255, 255, 255, 255,
                                   255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    struct array array;
    struct err err;
    assert_int_equal(parse_exactly(vast, sizeof vast, &array, &err), -1);
    assert_contains(err.text, "more bytes than a file can have");
}

static void every_cut_is_refused_and_no_mutation_is_misread(void **state) {
    (void)state;
    struct array array;
    struct err err;
    struct rng rng = rng_for(1, 0, 0);
    for (size_t cut = 0; cut < sizeof PICTURES; cut++)
        assert_int_equal(parse_exactly(PICTURES, cut, &array, &err), -1);
    for (int round = 0; round < 20000; round++) {
        uint8_t wrong[sizeof PICTURES];
        memcpy(wrong, PICTURES, sizeof wrong);
        for (int i = between(&rng, 1, 4); i > 0; i--)
            wrong[rng_below(&rng, 16)] = (uint8_t)rng_below(&rng, 14);
        if (parse_exactly(wrong, sizeof wrong, &array, &err) == 0)
            assert_int_equal(array.data_at + array.dim[0] * array_row_size(&array), sizeof wrong);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_and_labels_are_read),
        cmocka_unit_test(what_is_not_read_is_refused_by_name),
        cmocka_unit_test(every_cut_is_refused_and_no_mutation_is_misread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

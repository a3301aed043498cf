/* .npy: the header that is written has the bytes of numpy.save, padding and a line feed at the end;
 * headers that are read may be anybody's, and nothing in them is believed. */
#include "formats/npy.h"

#include "support.h"

static void check_header(enum dtype dtype, uint64_t n, struct shape shape, const char *expected) {
    uint8_t header[NPY_HEADER], wanted[NPY_HEADER];
    npy_header(header, dtype, n, &shape);
    memset(wanted, ' ', sizeof wanted);
    memcpy(wanted, "\x93NUMPY\x01\x00\x76\x00", 10);
    memcpy(wanted + 10, expected, strlen(expected));
    wanted[NPY_HEADER - 1] = '\n';
    assert_memory_equal(header, wanted, sizeof wanted);
}

/* As numpy 1.24 has them. */
static void headers_are_those_of_numpy(void **state) {
    (void)state;
    check_header(DTYPE_UINT8, 5, (struct shape){1, {2}},
                 "{'descr': '|u1', 'fortran_order': False, 'shape': (5, 2), }");
    check_header(DTYPE_UINT8, 50000, (struct shape){3, {32, 32, 3}},
                 "{'descr': '|u1', 'fortran_order': False, 'shape': (50000, 32, 32, 3), }");
    check_header(DTYPE_FLOAT32, 7, (struct shape){1, {100}},
                 "{'descr': '<f4', 'fortran_order': False, 'shape': (7, 100), }");
    check_header(DTYPE_FLOAT32, 0, (struct shape){1, {4}},
                 "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 4), }");
    check_header(DTYPE_FLOAT32, 123456789, (struct shape){4, {9, 8, 7, 6}},
                 "{'descr': '<f4', 'fortran_order': False, 'shape': (123456789, 9, 8, 7, 6), }");
    check_header(DTYPE_UINT8, 4294967296, (struct shape){4, {4096, 4096, 4096, 16}},
                 "{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4096, 4096, 4096, "
                 "16), }");
}

/* A vector of no axes: labels, one a sample. */
static void one_axis_keeps_its_comma(void **state) {
    (void)state;
    check_header(DTYPE_UINT8, 5, (struct shape){0, {0}},
                 "{'descr': '|u1', 'fortran_order': False, 'shape': (5,), }");
}

/* --- reading --- */

enum { BYTES_MAX = 1024 };

/* A header of version 1 without padding, and `data` bytes behind it. */
static size_t file_of(uint8_t bytes[BYTES_MAX], const char *header, size_t data) {
    size_t length = strlen(header);
    memset(bytes, 0, BYTES_MAX);
    memcpy(bytes, "\x93NUMPY\x01\x00", 8);
    bytes[8] = (uint8_t)length;
    memcpy(bytes + 10, header, length);
    return 10 + length + data;
}

static void check_read(const char *header, enum number type, int rank, const uint64_t *dim,
                       size_t data) {
    uint8_t bytes[BYTES_MAX];
    struct array array;
    struct err err;
    size_t size = file_of(bytes, header, data);
    if (npy_parse(bytes, size, size, &array, &err) < 0)
        fail_msg("%s: %s", header, err.text);
    assert_int_equal(array.type, type);
    assert_int_equal(array.rank, rank);
    for (int i = 0; i < rank; i++)
        assert_int_equal(array.dim[i], dim[i]);
    assert_int_equal(array.data_at, 10 + strlen(header));
}

static void headers_in_any_order_and_padding_are_read(void **state) {
    (void)state;
    check_read("{'descr': '|u1', 'fortran_order': False, 'shape': (5,), }", NUMBER_UINT8, 1,
               (uint64_t[]){5}, 5);
    check_read("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }   \n", NUMBER_FLOAT32,
               2, (uint64_t[]){2, 3}, 24);
    check_read("{\"shape\":(2,3,1,1,2),\"fortran_order\":False,\"descr\":\"<i8\"}", NUMBER_INT64, 5,
               (uint64_t[]){2, 3, 1, 1, 2}, 96);
    check_read("  { 'fortran_order' : False , 'descr' : '|b1' , 'shape' : ( 4 , ) } \n",
               NUMBER_BOOL, 1, (uint64_t[]){4}, 4);
}

static void versions_2_and_3_are_read(void **state) {
    (void)state;
    static const char header[] = "{'descr': '<u2', 'fortran_order': False, 'shape': (3,)}";
    for (uint8_t version = 2; version <= 3; version++) {
        uint8_t bytes[BYTES_MAX] = {0};
        struct array array;
        struct err err;
        memcpy(bytes, "\x93NUMPY", 6);
        bytes[6] = version;
        bytes[8] = (uint8_t)strlen(header);
        memcpy(bytes + 12, header, strlen(header));
        size_t size = 12 + strlen(header) + 6;
        assert_int_equal(npy_parse(bytes, size, size, &array, &err), 0);
        assert_int_equal(array.data_at, size - 6);
    }
}

/* What npy_header writes, npy_parse reads. */
static void what_is_written_is_read(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    for (int round = 0; round < 500; round++) {
        uint8_t header[NPY_HEADER];
        struct shape shape = random_shape(&rng, between(&rng, 1, RANK_MAX), 40);
        enum dtype dtype = between(&rng, 0, 1) ? DTYPE_UINT8 : DTYPE_FLOAT32;
        uint64_t n = (uint64_t)between(&rng, 1, 100000);
        uint64_t size = NPY_HEADER + n * shape_values(&shape) * dtype_size(dtype);
        struct array array;
        struct err err;
        npy_header(header, dtype, n, &shape);
        assert_int_equal(npy_parse(header, sizeof header, size, &array, &err), 0);
        assert_int_equal(array.type, dtype == DTYPE_UINT8 ? NUMBER_UINT8 : NUMBER_FLOAT32);
        assert_int_equal(array.rank, shape.rank + 1);
        assert_int_equal(array.dim[0], n);
        assert_int_equal(array_row_size(&array), shape_values(&shape) * dtype_size(dtype));
        assert_int_equal(npy_parse(header, sizeof header, size - 1, &array, &err), -1);
        assert_int_equal(npy_parse(header, sizeof header, size + 1, &array, &err), -1);
    }
}

static void check_refused(const char *header, size_t data, const char *why) {
    uint8_t bytes[BYTES_MAX];
    struct array array;
    struct err err;
    size_t size = file_of(bytes, header, data);
    if (npy_parse(bytes, size, size, &array, &err) == 0)
        fail_msg("%s was read", header);
    assert_contains(err.text, why);
}

#define REST "'fortran_order': False, 'shape': (2, 3)}"

static void what_is_not_read_is_refused_by_name(void **state) {
    (void)state;
    check_refused("{'descr': '|O', " REST, 6, "a pickle");
    check_refused("{'descr': '>f4', " REST, 24, "big-endian");
    check_refused("{'descr': '<U7', " REST, 168, "type '<U7' is not read");
    check_refused("{'descr': '<c8', " REST, 48, "type '<c8' is not read");
    check_refused("{'descr': [('a', '<f4')], " REST, 24, "records");
    check_refused("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)}", 6, "Fortran");
    check_refused("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1)}", 1,
                  "more than 5 axes");
    check_refused("{'descr': '|u1', 'fortran_order': False, 'shape': ()}", 1, "without axes");
    check_refused("{'descr': '|u1', 'fortran_order': False, 'shape': (0, 3)}", 0, "length 0");
    check_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296)}", 0,
                  "more bytes than a file can have");
    check_refused("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,)}", 0,
                  "too great");
    check_refused("{'descr': '|u1', " REST, 5, "cut short: 5 bytes of data, where (2, 3) of uint8");
    check_refused("{'descr': '|u1', " REST, 7, "goes on behind its end");
}

static void broken_headers_are_refused(void **state) {
    (void)state;
    static const char *const headers[] = {
        "",
        "{",
        "{}",
        "[]",
        "{'descr': '|u1'}",
        "{'descr': '|u1', 'descr': '|u1', " REST,
        "{'descr': '|u1', 'more': 1, " REST,
        "{'descr': '|u1' " REST,
        "{'descr: '|u1', " REST,
        "{'descr': |u1, " REST,
        "{'descr': '|u1', " REST " x",
        "{'descr': '|u1',, " REST,
        "{'descr': '|u1', 'fortran_order': 0, 'shape': (2, 3)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (6)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': [2, 3]}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2, -3)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2 3)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3}",
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        check_refused(headers[i], 6, "broken header");
    uint8_t bytes[BYTES_MAX];
    struct array array;
    struct err err;
    size_t size = file_of(bytes, "{'descr': '|u1', " REST, 6);
    bytes[6] = 4;
    assert_int_equal(npy_parse(bytes, size, size, &array, &err), -1);
    assert_contains(err.text, "version 4.0");
}

/* The file in memory of exactly its size, so that the sanitizer sees a byte too far. */
static int parse_exactly(const uint8_t *bytes, size_t size, struct array *array) {
    struct err err;
    uint8_t *copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    int result = npy_parse(copy, size, size, array, &err);
    free(copy);
    return result;
}

static void every_cut_is_refused_and_no_mutation_is_misread(void **state) {
    (void)state;
    uint8_t bytes[BYTES_MAX], wrong[BYTES_MAX];
    struct array array;
    struct rng rng = rng_for(2, 0, 0);
    size_t size = file_of(bytes, "{'descr': '<f4', " REST "  \n", 24);
    for (size_t cut = 0; cut < size; cut++)
        assert_int_equal(parse_exactly(bytes, cut, &array), -1);
    for (int round = 0; round < 20000; round++) {
        memcpy(wrong, bytes, sizeof wrong);
        for (int i = between(&rng, 1, 4); i > 0; i--)
            wrong[rng_below(&rng, (uint32_t)size)] = (uint8_t)rng_u32(&rng);
        if (parse_exactly(wrong, size, &array) == 0)
            assert_int_equal(array.data_at + array.dim[0] * array_row_size(&array), size);
    }
}

/* --- numbers --- */

static void check_number(enum number type, const void *bytes, double expected) {
    double value;
    numbers_widen(type, bytes, 1, &value);
    assert_true(value == expected);
}

static void numbers_of_every_type_are_widened(void **state) {
    (void)state;
    check_number(NUMBER_BOOL, "\x01", 1);
    check_number(NUMBER_UINT8, "\xff", 255);
    check_number(NUMBER_INT8, "\xff", -1);
    check_number(NUMBER_UINT16, "\x01\xff", 65281);
    check_number(NUMBER_INT16, "\x01\xff", -255);
    check_number(NUMBER_UINT32, "\x00\x00\x00\x80", 2147483648.0);
    check_number(NUMBER_INT32, "\x00\x00\x00\x80", -2147483648.0);
    check_number(NUMBER_UINT64, "\x00\x00\x00\x00\x00\x00\x00\x80", 9223372036854775808.0);
    check_number(NUMBER_INT64, "\xfe\xff\xff\xff\xff\xff\xff\xff", -2);
    check_number(NUMBER_FLOAT16, "\x00\x3c", 1);
    check_number(NUMBER_FLOAT16, "\xff\x7b", 65504);
    check_number(NUMBER_FLOAT16, "\x01\x80", -ldexp(1, -24));
    check_number(NUMBER_FLOAT16, "\x00\xfc", -(double)INFINITY);
    check_number(NUMBER_FLOAT32, "\x00\x00\x80\xbe", -0.25);
    check_number(NUMBER_FLOAT64, "\x00\x00\x00\x00\x00\x00\xd0\x3f", 0.25);
    double value;
    numbers_widen(NUMBER_FLOAT16, (const uint8_t *)"\x01\x7c", 1, &value);
    assert_true(isnan(value));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_those_of_numpy),
        cmocka_unit_test(one_axis_keeps_its_comma),
        cmocka_unit_test(headers_in_any_order_and_padding_are_read),
        cmocka_unit_test(versions_2_and_3_are_read),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(what_is_not_read_is_refused_by_name),
        cmocka_unit_test(broken_headers_are_refused),
        cmocka_unit_test(every_cut_is_refused_and_no_mutation_is_misread),
        cmocka_unit_test(numbers_of_every_type_are_widened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

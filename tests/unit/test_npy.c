/* The header of .npy: the bytes that numpy.save writes, which end in padding and a line feed. */
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_those_of_numpy),
        cmocka_unit_test(one_axis_keeps_its_comma),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

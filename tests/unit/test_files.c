/* Closing what was written: the first error counts, and that of closing is told. */
#include "base/files.h"

#include "support.h"

#include <fcntl.h>
#include <unistd.h>

static int any_file(void) {
    int fd = open("/dev/null", O_WRONLY);
    assert_true(fd >= 0);
    return fd;
}

static void closing_keeps_the_result(void **state) {
    (void)state;
    struct err err = {.text = "the first"};
    int fd = any_file();
    assert_int_equal(file_close(any_file(), "x", 0, &err), 0);
    assert_int_equal(file_close(fd, "x", -1, &err), -1);
    assert_int_equal(close(fd), -1);
    assert_int_equal(file_close(fd, "x", -1, &err), -1);
    assert_int_equal(file_close(-1, "x", 0, &err), 0);
    assert_string_equal(err.text, "the first");
}

static void closing_that_fails_is_told(void **state) {
    (void)state;
    struct err err;
    int fd = any_file();
    close(fd);
    assert_int_equal(file_close(fd, "labels.npy", 0, &err), -1);
    assert_string_equal(err.text, "labels.npy: cannot close: Bad file descriptor");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closing_keeps_the_result),
        cmocka_unit_test(closing_that_fails_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

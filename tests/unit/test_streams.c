/* Streams: what they are, and which paths name descriptors. */
#include "base/streams.h"

#include "support.h"

#include <fcntl.h>
#include <unistd.h>

static void streams_are_known(void **state) {
    (void)state;
    assert_true(path_is_stream("-"));
    assert_true(path_is_stream("/dev/null"));
    assert_false(path_is_stream("/"));
    assert_false(path_is_stream("README.md"));
    assert_false(path_is_stream("/nowhere/at/all"));
}

static void descriptors_have_names(void **state) {
    (void)state;
    const struct {
        const char *path;
        int fd;
    } rows[] = {{"/dev/stdin", 0},
                {"/dev/stdout", 1},
                {"/dev/stderr", 2},
                {"/dev/fd/0", 0},
                {"/dev/fd/123456789", 123456789},
                {"/proc/self/fd/63", 63},
                {"/dev/fd/1234567890", -1},
                {"/dev/fd/", -1},
                {"/dev/fd/1x", -1},
                {"/dev/fd/-1", -1},
                {"/dev/stdout/", -1},
                {"1", -1},
                {"", -1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(descriptor_named(rows[i].path), rows[i].fd);
}

/* What the new descriptor does not wait for, the given one still does. */
static void pipes_are_opened_anew(void **state) {
    (void)state;
    int ends[2], file = open("/dev/null", O_WRONLY);
    char byte = 'a';
    assert_int_equal(pipe(ends), 0);
    int own = pipe_reopen(ends[1]);
    assert_true(own != ends[1] && fcntl(own, F_GETFL) & O_NONBLOCK);
    assert_false(fcntl(ends[1], F_GETFL) & O_NONBLOCK);
    assert_int_equal(write(own, "b", 1), 1);
    assert_int_equal(read(ends[0], &byte, 1), 1);
    assert_int_equal(byte, 'b');
    assert_int_equal(pipe_reopen(file), file);
    assert_int_equal(pipe_reopen(-1), -1);
    close(own);
    close(file);
    close(ends[0]);
    close(ends[1]);
}

static void streams_that_are_missing_are_named(void **state) {
    (void)state;
    struct err err;
    assert_int_equal(stream_open("/nowhere/at/all", &err), -1);
    assert_string_equal(err.text, "/nowhere/at/all: No such file or directory");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(streams_are_known),
        cmocka_unit_test(descriptors_have_names),
        cmocka_unit_test(pipes_are_opened_anew),
        cmocka_unit_test(streams_that_are_missing_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

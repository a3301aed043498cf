/* Lines: every line is given out once, whatever its length and however the file ends. */
#include "base/lines.h"
#include "base/text.h"

#include <stdio.h>
#include <unistd.h>

#include "support.h"

static char path[] = "/tmp/mixsmith-lines-XXXXXX";
static struct err err;

static void write_file(const char *bytes, size_t n) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    fclose(file);
}

/* The lines of the file, each between bars; owned by the caller. */
static char *joined_lines(void) {
    struct lines lines;
    struct text all = {0};
    const char *line;
    size_t n;
    bool more;
    assert_int_equal(lines_open(&lines, path, &err), 0);
    for (uint64_t number = 1;; number++) {
        assert_int_equal(lines_next(&lines, &line, &n, &more, &err), 0);
        if (!more)
            break;
        assert_int_equal(lines.number, number);
        text_bytes(&all, line, n);
        text_string(&all, "|");
    }
    lines_close(&lines);
    text_terminate(&all);
    return all.bytes;
}

static void check(const char *file, const char *expected) {
    write_file(file, strlen(file));
    char *joined = joined_lines();
    assert_string_equal(joined, expected);
    free(joined);
}

static void the_last_line_may_lack_its_end(void **state) {
    (void)state;
    check("", "");
    check("\n", "|");
    check("a", "a|");
    check("a\n", "a|");
    check("a\n\nb", "a||b|");
    check("\n\n\n", "|||");
}

/* Lines of all lengths about the size of the buffer. */
static void lines_are_as_long_as_the_buffer_or_longer(void **state) {
    (void)state;
    struct text file = {0}, expected = {0};
    for (int length = 65530; length < 65550; length += 3)
        for (int i = 0; i <= length; i++) {
            char byte = (char)('a' + (i + length) % 26);
            text_bytes(&file, i < length ? &byte : "\n", 1);
            text_bytes(&expected, i < length ? &byte : "|", 1);
        }
    write_file(file.bytes, file.used);
    char *joined = joined_lines();
    assert_string_equal(joined, text_terminate(&expected));
    free(joined);
    text_close(&file);
    text_close(&expected);
}

/* A file that never ends a line does not take all memory. */
static void a_line_without_end_is_refused(void **state) {
    (void)state;
    struct lines lines;
    const char *line;
    size_t n;
    bool more;
    write_file("a\n", 2);
    assert_int_equal(truncate(path, LINE_BYTES_MAX + 3), 0);
    assert_int_equal(lines_open(&lines, path, &err), 0);
    assert_int_equal(lines_next(&lines, &line, &n, &more, &err), 0);
    assert_int_equal(lines_next(&lines, &line, &n, &more, &err), -1);
    assert_contains(err.text, "line 2 has more than 67108864 bytes");
    lines_close(&lines);
}

static void a_missing_file_is_named(void **state) {
    (void)state;
    struct lines lines;
    assert_int_equal(lines_open(&lines, "/nowhere/at/all", &err), -1);
    lines_close(&lines);
    assert_contains(err.text, "/nowhere/at/all: No such file");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_line_may_lack_its_end),
        cmocka_unit_test(lines_are_as_long_as_the_buffer_or_longer),
        cmocka_unit_test(a_line_without_end_is_refused),
        cmocka_unit_test(a_missing_file_is_named),
    };
    close(mkstemp(path));
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}

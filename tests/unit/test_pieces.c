/* Pieces: one behind the other they are the file, and each ends where a record does. */
#include "base/pieces.h"
#include "base/text.h"

#include <stdio.h>
#include <unistd.h>

#include "support.h"

static char path[] = "/tmp/mixsmith-pieces-XXXXXX";
static struct err err;

static void write_file(const struct text *file) {
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    if (file->used > 0) // an empty text has no bytes to point at
        assert_int_equal(fwrite(file->bytes, 1, file->used, stream), file->used);
    fclose(stream);
}

/* Returns how many pieces. The caller of pieces_next may change them. */
static int check_pieces(const struct text *file) {
    struct pieces pieces;
    size_t at = 0, n;
    char *piece;
    int found, count = 0;
    write_file(file);
    assert_int_equal(pieces_open(&pieces, path, &err), 0);
    for (; (found = pieces_next(&pieces, pieces_lines, &piece, &n, &err)) > 0; count++) {
        assert_true(n > 0 && at + n <= file->used);
        assert_memory_equal(piece, file->bytes + at, n);
        at += n;
        assert_true(piece[n - 1] == '\n' || (at == file->used && piece[n] == 0));
        memset(piece, 'x', n);
    }
    assert_int_equal(found, 0);
    assert_int_equal(at, file->used);
    pieces_close(&pieces);
    return count;
}

static void add_line(struct text *file, int length) {
    memset(text_room(file, (size_t)length + 1), 'a' + length % 26, (size_t)length);
    file->used += (size_t)length;
    text_string(file, "\n");
}

static void files_come_in_pieces(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    struct text file = {0};
    assert_int_equal(check_pieces(&file), 0);
    add_line(&file, 10);
    assert_int_equal(check_pieces(&file), 1);
    while (file.used < 3 << 20)
        add_line(&file, between(&rng, 0, 3000));
    int count = check_pieces(&file);
    assert_true(count > 3 && count < 100);
    text_string(&file, "no end");
    assert_int_equal(check_pieces(&file), count);
    text_close(&file);
}

/* Of all lengths about that of a piece, and some times as long. */
static void records_may_be_longer_than_pieces(void **state) {
    (void)state;
    const int usual = 1 << 19;
    struct text file = {0};
    for (int length = usual - 3; length < usual + 3; length++) {
        file.used = 0;
        add_line(&file, length);
        assert_int_equal(check_pieces(&file), 1);
        add_line(&file, 5);
        assert_in_range(check_pieces(&file), 1, 2);
        add_line(&file, 9 * length);
        text_string(&file, "no end");
        assert_in_range(check_pieces(&file), 2, 3);
    }
    text_close(&file);
}

/* A file that never ends a line does not take all memory. */
static void records_without_end_are_refused(void **state) {
    (void)state;
    struct text file = {0};
    struct pieces pieces;
    size_t n;
    char *piece;
    add_line(&file, 9);
    write_file(&file);
    assert_int_equal(truncate(path, 10 + RECORD_BYTES_MAX), 0);
    assert_int_equal(pieces_open(&pieces, path, &err), 0);
    assert_int_equal(pieces_next(&pieces, pieces_lines, &piece, &n, &err), 1);
    assert_int_equal(pieces_next(&pieces, pieces_lines, &piece, &n, &err), 1);
    assert_int_equal(n, RECORD_BYTES_MAX);
    pieces_close(&pieces);
    assert_int_equal(truncate(path, 10 + RECORD_BYTES_MAX + 1), 0);
    assert_int_equal(pieces_open(&pieces, path, &err), 0);
    assert_int_equal(pieces_next(&pieces, pieces_lines, &piece, &n, &err), 1);
    assert_int_equal(pieces_next(&pieces, pieces_lines, &piece, &n, &err), -1);
    assert_contains(err.text, "the record at byte 10 has more than 67108864 bytes");
    pieces_close(&pieces);
    text_close(&file);
}

static void a_missing_file_is_named(void **state) {
    (void)state;
    struct pieces pieces;
    assert_int_equal(pieces_open(&pieces, "/nowhere/at/all", &err), -1);
    pieces_close(&pieces);
    assert_contains(err.text, "/nowhere/at/all: No such file");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_come_in_pieces),
        cmocka_unit_test(records_may_be_longer_than_pieces),
        cmocka_unit_test(records_without_end_are_refused),
        cmocka_unit_test(a_missing_file_is_named),
    };
    close(mkstemp(path));
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}

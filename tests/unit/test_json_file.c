/* Rows of a file: each line is taken once, in order, however the file ends; what is wrong bears the
 * line's number. */
#include "base/text.h"
#include "formats/json_file.h"

#include "scratch.h"
#include "support.h"

static char *folder, *path;
static struct err err;

static int open_folder(void **state) {
    (void)state;
    folder = scratch_open();
    path = path_join(folder, "rows.jsonl");
    return 0;
}

static int close_folder(void **state) {
    (void)state;
    free(path);
    scratch_close(folder);
    return 0;
}

/* What rows said and what was refused, each behind a bar. */
static int take(void *data, const cJSON *row, struct err *why) {
    const char *word = json_text(row, "word");
    if (!word)
        return (fail)(why, "no word");
    text_format(data, "|%s", word);
    return 0;
}

static int note(void *data, const struct err *why) {
    text_format(data, "|%s", why->text + strlen(path));
    return 0;
}

static void check(const char *file, const char *expected) {
    struct text said = {0};
    scratch_write(folder, "rows.jsonl", file, strlen(file));
    assert_int_equal(json_file_rows(path, take, note, &said, &err), 0);
    assert_string_equal(text_terminate(&said), expected);
    text_close(&said);
}

static void the_last_line_may_lack_its_end(void **state) {
    (void)state;
    check("", "");
    check("{\"word\":\"a\"}\n", "|a");
    check("{\"word\":\"a\"}\n{\"word\":\"b\"}", "|a|b");
    check("{\"word\":\"a\"}\r\n {\"word\":\"b\"} \n", "|a|b");
}

static void lines_that_are_refused_bear_numbers(void **state) {
    (void)state;
    check("\n", "|: line 1: no JSON object");
    check("{\"word\":\"a\"}\n[1]\n{\"word\":1}\n{\"word\":\"b\"}",
          "|a|: line 2: no JSON object|: line 3: no word|b");
}

static void the_first_refused_may_be_the_end(void **state) {
    (void)state;
    struct text said = {0};
    const char *file = "{\"word\":\"a\"}\n[1]\n{\"word\":\"b\"}\n";
    scratch_write(folder, "rows.jsonl", file, strlen(file));
    assert_int_equal(json_file_rows(path, take, NULL, &said, &err), -1);
    assert_contains(err.text, "rows.jsonl: line 2: no JSON object");
    assert_string_equal(text_terminate(&said), "|a");
    text_close(&said);
}

/* Several pieces; a line longer than one among them. */
static void lines_lie_in_several_pieces(void **state) {
    (void)state;
    enum { ROWS = 100000, LONG_ROW = 30000, LONG = 3 << 19 };
    struct text file = {0}, said = {0}, expected = {0};
    for (int i = 0; i < ROWS; i++) {
        text_format(&file, "{\"word\":\"%d\"", i);
        int blanks = i == LONG_ROW ? LONG : 0;
        memset(text_room(&file, (size_t)blanks), ' ', (size_t)blanks);
        file.used += (size_t)blanks;
        text_string(&file, "}\n");
        text_format(&expected, "|%d", i);
    }
    scratch_write(folder, "rows.jsonl", file.bytes, file.used);
    assert_int_equal(json_file_rows(path, take, NULL, &said, &err), 0);
    assert_int_equal(said.used, expected.used);
    assert_memory_equal(said.bytes, expected.bytes, said.used);
    text_close(&file);
    text_close(&said);
    text_close(&expected);
}

static void files_that_cannot_be_read_are_named(void **state) {
    (void)state;
    assert_int_equal(json_file_rows("/nowhere/at/all", take, note, NULL, &err), -1);
    assert_contains(err.text, "/nowhere/at/all: No such file");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_line_may_lack_its_end),
        cmocka_unit_test(lines_that_are_refused_bear_numbers),
        cmocka_unit_test(the_first_refused_may_be_the_end),
        cmocka_unit_test(lines_lie_in_several_pieces),
        cmocka_unit_test(files_that_cannot_be_read_are_named),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}

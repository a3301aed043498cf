/* Amounts: what is written is what was read, and nothing else is read. */
#include "base/amounts.h"

#include "support.h"

static void counts_read_back(void **state) {
    (void)state;
    const struct {
        const char *text;
        struct option_count count;
    } rows[] = {{"1", {1, COUNT_SAMPLES}},
                {"10x", {10, COUNT_PASSES}},
                {"inf", {0, COUNT_ENDLESS}},
                {"9223372036854775807", {INT64_MAX, COUNT_SAMPLES}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct option_count count;
        struct text text = {0};
        assert_true(parse_count(rows[i].text, &count));
        assert_true(count.n == rows[i].count.n && count.unit == rows[i].count.unit);
        count_print(&count, &text);
        assert_string_equal(text_terminate(&text), rows[i].text);
        text_close(&text);
    }
}

static void shards_read_back(void **state) {
    (void)state;
    const struct {
        const char *text, *printed;
        struct option_shard shard;
    } rows[] = {{"1", "1", {1, false}},
                {"1000", "1000", {1000, false}},
                {"5B", "5B", {5, true}},
                {"1000B", "1KB", {1000, true}},
                {"9223372036854775807B", "9223372036854775807B", {INT64_MAX, true}},
                {"9223372036G", "9223372036GB", {9223372036000000000, true}},
                {"1GB", "1GB", {1000000000, true}},
                {"1500M", "1500MB", {1500000000, true}},
                {"2000KB", "2MB", {2000000, true}},
                {"7K", "7KB", {7000, true}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct option_shard shard;
        struct text text = {0};
        assert_true(parse_shard(rows[i].text, &shard));
        assert_true(shard.n == rows[i].shard.n && shard.bytes == rows[i].shard.bytes);
        shard_print(&shard, &text);
        assert_string_equal(text_terminate(&text), rows[i].printed);
        text_close(&text);
    }
}

static void nothing_else_is_read(void **state) {
    (void)state;
    const char *const texts[] = {"",     "0",  "-1",  "+1",   " 1",
                                 "1 ",   "x",  "1xx", "1.5",  "INF",
                                 "inf ", "0x", "1e3", "0x10", "9223372036854775808"};
    const char *const shards[] = {"",
                                  "0",
                                  "0GB",
                                  "-1",
                                  "1T",
                                  "1MBB",
                                  "1BB",
                                  "1gb",
                                  "GB",
                                  "1 GB",
                                  "1.5GB",
                                  "9223372036854775807K",
                                  "9223372037G",
                                  "9223372036854775808",
                                  "inf"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct option_count count;
        assert_false(parse_count(texts[i], &count));
    }
    for (size_t i = 0; i < sizeof shards / sizeof *shards; i++) {
        struct option_shard shard;
        assert_false(parse_shard(shards[i], &shard));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_read_back),
        cmocka_unit_test(shards_read_back),
        cmocka_unit_test(nothing_else_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

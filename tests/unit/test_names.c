/* Names: whatever bytes a file is called by, the written name is one line of UTF-8 and the bytes
 * can be had back; and what people are shown cannot steer their terminal. */
#include "base/names.h"
#include "base/utf8.h"

#include "support.h"

enum { LONGEST = 12 };

static int hex_digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The reader's side: %XX, capital digits, becomes the byte. Returns how many bytes. */
static size_t decode(const char *name, char *bytes) {
    size_t n = 0;
    while (*name) {
        int high = name[0] == '%' ? hex_digit(name[1]) : -1;
        int low = high >= 0 ? hex_digit(name[2]) : -1;
        bytes[n++] = (char)(low >= 0 ? high << 4 | low : *name);
        name += low >= 0 ? 3 : 1;
    }
    return n;
}

static bool is_one_line_of_utf8(const char *name) {
    for (int length; *name; name += length) {
        length = utf8_length(name);
        if (length == 0 || (uint8_t)name[0] < 0x20 || name[0] == 0x7f)
            return false;
        if ((uint8_t)name[0] == 0xc2 && (uint8_t)name[1] < 0xa0)
            return false;
    }
    return true;
}

/* Bytes that matter, far more often than chance would have them. */
static void random_name(struct rng *rng, char *name) {
    static const char *const pieces[] = {"%",        "2",  "5",    "f",  "A",    "/",    ".",
                                         "_",        "\n", "\x7f", "é",  "\xc2", "\x80", "\x9f",
                                         "\xe2\x82", "ζ",  "\\",   "\"", "x"};
    int n = between(rng, 0, LONGEST);
    name[0] = 0;
    for (int i = 0; i < n; i++)
        strcat(name, pieces[rng_below(rng, sizeof pieces / sizeof *pieces)]);
}

static void check_name(const char *raw, char *written, bool folder) {
    char bytes[8 * LONGEST];
    size_t n = decode(written, bytes);
    size_t expected = folder && !*raw ? 1 : strlen(raw); // no name at all is written as %00
    assert_true(is_one_line_of_utf8(written));
    assert_int_equal(n, expected);
    assert_memory_equal(bytes, raw, n);
    if (folder)
        assert_true(written[0] != 0 && written[0] != '.' && strncmp(written, "__", 2) != 0 &&
                    !strchr(written, '/'));
    else
        assert_int_equal(name_needs_escape(raw), strcmp(raw, written) != 0);
    free(written);
}

/* A decoder that undoes every name proves, too, that no two names merge. */
static void random_names_can_be_had_back(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    for (int i = 0; i < 200000; i++) {
        char raw[4 * LONGEST];
        random_name(&rng, raw);
        check_name(raw, escape_path(raw), false);
        check_name(raw, escape_folder(raw), true);
    }
}

static void check_written(char *written, const char *expected) {
    assert_string_equal(written, expected);
    free(written);
}

static void good_names_stay(void **state) {
    (void)state;
    check_written(escape_path("cat/été ζ 100%.png"), "cat/été ζ 100%.png");
    check_written(escape_path("./a.png"), "./a.png");
    check_written(escape_folder("a.b"), "a.b");
    check_written(escape_folder("5% off"), "5% off");
}

static void bad_names_are_escaped(void **state) {
    (void)state;
    check_written(escape_path("a\xff.png"), "a%FF.png");
    check_written(escape_path("a\nb"), "a%0Ab");
    check_written(escape_path("%41"), "%2541");
    check_written(escape_path("%ff"), "%25ff");
    check_written(escape_path("\xc2\x85"), "%C2%85");
    check_written(escape_folder(""), "%00");
    check_written(escape_folder("."), "%2E");
    check_written(escape_folder(".."), "%2E.");
    check_written(escape_folder("../x"), "%2E.%2Fx");
}

static void check_printable(const char *raw, size_t size, const char *expected) {
    char out[64];
    memset(out, 'Z', sizeof out);
    printable(out, size, raw);
    assert_string_equal(out, expected);
    assert_int_equal(out[size], 'Z');
}

static void messages_cannot_steer_the_terminal(void **state) {
    (void)state;
    check_printable("été", 40, "été");
    check_printable("a\x1b[2Jb", 40, "a\\x1b[2Jb");
    check_printable("\xc2\x9b", 40, "\\xc2\\x9b");
    check_printable("\xff\n", 40, "\\xff\\x0a");
    check_printable("back\\slash", 40, "back\\slash");
}

/* U+202E turns "gpj.exe" into "exe.jpg"; U+200B tells "cat" from "cat" where no eye can. */
static void messages_cannot_deceive_the_eye(void **state) {
    (void)state;
    check_printable("a\u202egpj", 40, "a\\xe2\\x80\\xaegpj");
    check_printable("\u2066\u2069", 40, "\\xe2\\x81\\xa6\\xe2\\x81\\xa9");
    check_printable("\u200b|\u2028", 40, "\\xe2\\x80\\x8b|\\xe2\\x80\\xa8");
    check_printable("\ufeff\u061c", 40, "\\xef\\xbb\\xbf\\xd8\\x9c");
    check_printable("\U000e0041", 40, "\\xf3\\xa0\\x81\\x81");
    check_printable("שלום ❤️ \xef\xbf\xbd", 40, "שלום ❤️ \xef\xbf\xbd");
    for (uint32_t c = 0x2000; c < 0x3000; c++) {
        bool turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        bool without_width = (c >= 0x200b && c <= 0x200f) || (c >= 0x2060 && c <= 0x2065);
        bool others = c == 0x2028 || c == 0x2029 || (c >= 0x206a && c <= 0x206f);
        assert_int_equal(utf8_is_hidden(c), turns || without_width || others);
    }
}

/* No character is cut in two. */
static void messages_are_cut_to_fit(void **state) {
    (void)state;
    check_printable("abcdef", 4, "abc");
    check_printable("aé", 3, "a");
    check_printable("aé", 4, "aé");
    check_printable("a\n", 5, "a");
    check_printable("a\n", 6, "a\\x0a");
    check_printable("abc", 1, "");
    check_printable("\u202e", 12, "");
    check_printable("\u202e", 13, "\\xe2\\x80\\xae");
}

static void failures_are_one_printable_line(void **state) {
    (void)state;
    struct err err;
    char name[3000];
    memset(name, '\n', sizeof name - 1);
    name[sizeof name - 1] = 0;
    assert_int_equal((fail)(&err, "%s: %d", "a\nb", 7), -1);
    assert_string_equal(err.text, "a\\x0ab: 7");
    (fail)(&err, "%s", name);
    assert_true(strlen(err.text) < ERR_TEXT && is_one_line_of_utf8(err.text));
}

/* What we wrote, we read back as the same name; any other name is one of its own. */
static void listed_names_stay(void **state) {
    (void)state;
    struct rng rng = rng_for(4, 0, 0);
    for (int i = 0; i < 20000; i++) {
        char raw[4 * LONGEST];
        random_name(&rng, raw);
        char *written = escape_folder(raw), *again = escape_listed(written);
        assert_string_equal(again, written);
        free(written);
        free(again);
    }
    const char *const others[][2] = {{"100%", "100%"},     {"a/b", "a%2Fb"}, {"%41", "%2541"},
                                     {".x", "%2Ex"},       {"%2f", "%252f"}, {"%2F", "%2F"},
                                     {"a%2F.b", "a%2F.b"}, {"%25", "%2525"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char *listed = escape_listed(others[i][0]);
        assert_string_equal(listed, others[i][1]);
        free(listed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listed_names_stay),
        cmocka_unit_test(random_names_can_be_had_back),
        cmocka_unit_test(good_names_stay),
        cmocka_unit_test(bad_names_are_escaped),
        cmocka_unit_test(messages_cannot_steer_the_terminal),
        cmocka_unit_test(messages_cannot_deceive_the_eye),
        cmocka_unit_test(messages_are_cut_to_fit),
        cmocka_unit_test(failures_are_one_printable_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

/* Hostile words in a page, and bytes in it. */
#include "formats/html.h"

#include "support.h"

static void becomes(const char *raw, const char *expected) {
    struct text text = {0};
    html_escape(&text, raw);
    assert_string_equal(text_terminate(&text), expected);
    text_close(&text);
}

static void markup_is_escaped(void **state) {
    (void)state;
    becomes("<script>alert(\"x\")</script>", "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
    becomes("' onload='x", "&#39; onload=&#39;x");
    becomes("&amp;", "&amp;amp;");
    becomes("日本 žluť", "日本 žluť");
    becomes("", "");
}

static void what_is_no_text_is_replaced(void **state) {
    (void)state;
    becomes("a\nb\x1b[31m", "a\xef\xbf\xbd"
                            "b\xef\xbf\xbd[31m");
    becomes("\xff<\xc3", "\xef\xbf\xbd&lt;\xef\xbf\xbd");
    becomes("\xc2\x9b", "\xef\xbf\xbd"); // one control of two bytes
}

/* U+200E and U+200F, U+202A to U+202E, U+2066 to U+2069; but joiners, which words and emoji need.
 */
static void the_order_of_words_cannot_be_turned(void **state) {
    (void)state;
    becomes("a\u202egpj\u2069", "a\ufffdgpj\ufffd");
    becomes("\u061c\u200e\u200f\u2028", "\ufffd\ufffd\ufffd\ufffd");
    becomes("\u202a\u202b\u202c\u202d", "\ufffd\ufffd\ufffd\ufffd");
    becomes("\u2066\u2067\u2068", "\ufffd\ufffd\ufffd");
    becomes("می\u200cخواهم 👩\u200d🔬 ❤️",
            "می\u200cخواهم 👩\u200d🔬 ❤️");
}

static void is_coded(const char *raw, const char *expected) {
    struct text text = {0};
    html_data(&text, "image/png", (const uint8_t *)raw, strlen(raw));
    assert_string_equal(text_terminate(&text), expected);
    text_close(&text);
}

/* RFC 4648, 10 */
static void bytes_are_base64(void **state) {
    (void)state;
    is_coded("", "data:image/png;base64,");
    is_coded("f", "data:image/png;base64,Zg==");
    is_coded("fo", "data:image/png;base64,Zm8=");
    is_coded("foo", "data:image/png;base64,Zm9v");
    is_coded("foobar", "data:image/png;base64,Zm9vYmFy");
    is_coded("\xff\xef\xbe", "data:image/png;base64,/+++");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_is_escaped),
        cmocka_unit_test(what_is_no_text_is_replaced),
        cmocka_unit_test(the_order_of_words_cannot_be_turned),
        cmocka_unit_test(bytes_are_base64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

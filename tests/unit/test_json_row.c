/* JSON: floats read back as the very same float and always as one, strings as what they were,
 * whole numbers as they are. */
#include "formats/json_row.h"

#include "base/float_text.h"

#include <stdio.h>

#include "support.h"

#include <float.h>

static struct text text;

static const char *printed(float value) {
    text.used = 0;
    text_float(&text, value);
    text_bytes(&text, "", 1);
    return text.bytes;
}

/* RFC 8259: -?digits.digits(e[+-]digits)?, no zero in front of another digit. */
static bool is_json_fraction(const char *number) {
    number += *number == '-';
    size_t whole = strspn(number, "0123456789");
    if (whole == 0 || (whole > 1 && number[0] == '0') || number[whole] != '.')
        return false;
    number += whole + 1;
    size_t fraction = strspn(number, "0123456789");
    number += fraction;
    if (*number == 'e')
        number += 1 + (number[1] == '-' || number[1] == '+');
    return fraction > 0 && number[strspn(number, "0123456789")] == 0;
}

/* Readers go by way of a double (Python, JavaScript) or straight to float. */
static void check_float(float value) {
    const char *number = printed(value);
    if (!is_json_fraction(number))
        fail_msg("%a is printed as %s", (double)value, number);
    if (strtof(number, NULL) != value || (float)strtod(number, NULL) != value)
        fail_msg("%a is printed as %s and does not read back", (double)value, number);
    if (strlen(number) > 24)
        fail_msg("%a is printed as %s", (double)value, number);
}

static float from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void random_floats_read_back(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    for (int i = 0; i < 1000000; i++) {
        float value = from_bits(rng_u32(&rng));
        if (isfinite(value))
            check_float(value);
    }
}

/* What manifests hold: shares of boxes, masks and series. */
static void shares_read_back(void **state) {
    (void)state;
    struct rng rng = rng_for(2, 0, 0);
    for (int i = 0; i < 300000; i++) {
        check_float((float)rng_unit(&rng));
        check_float((float)rng_below(&rng, 1 << 24) / (1 << 24));
        check_float((float)rng_below(&rng, 1025) / 1024);
    }
}

static void edges_read_back(void **state) {
    (void)state;
    static const float edges[] = {FLT_MAX, FLT_MIN,  FLT_TRUE_MIN, 1e-12f, 1e9f,
                                  1e7f,    16777216, 8388608,      0.1f,   1};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        check_float(edges[i]);
        check_float(-edges[i]);
        check_float(nextafterf(edges[i], 0));
        if (edges[i] < FLT_MAX)
            check_float(nextafterf(edges[i], INFINITY));
    }
    for (int power = -45; power <= 38; power++)
        check_float((float)pow(10, power));
}

static void plain_numbers_look_plain(void **state) {
    (void)state;
    assert_string_equal(printed(0), "0.0");
    assert_string_equal(printed(1), "1.0");
    assert_string_equal(printed(-1), "-1.0");
    assert_string_equal(printed(0.5f), "0.5");
    assert_string_equal(printed(0.29f), "0.29");
    assert_string_equal(printed(0.1f), "0.1");
    assert_string_equal(printed(100), "100.0");
    assert_string_equal(printed(0.001f), "0.001");
    assert_string_equal(printed(1.0f / 3), "0.33333334");
    assert_string_equal(printed(12345678), "12345678.0");
    assert_string_equal(printed(999999936), "999999936.0");
}

/* Texts of late numbers are kept: they must be those of the very number, wherever it is kept, and
 * stay as they are when others come in between. */
static void numbers_of_late_are_printed_again(void **state) {
    (void)state;
    enum { NUMBERS = 40, DRAWS = 100000 };
    struct rng rng = rng_for(3, 0, 0);
    char first[NUMBERS][32];
    float value[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
        value[i] = i % 4 < 3 ? (float)(rng_unit(&rng) * (i % 4 < 2 ? 1 : 1e-8))
                             : from_bits(rng_u32(&rng) & 0x7f7fffff);
        value[i] = i % 4 == 1 ? -value[i - 1] : value[i];
        snprintf(first[i], sizeof first[i], "%s", printed(value[i]));
    }
    for (int draw = 0; draw < DRAWS; draw++) {
        uint32_t i = rng_below(&rng, draw % 2 ? 3 : NUMBERS);
        assert_string_equal(printed(value[i]), first[i]);
    }
}

/* Of the decimals of six digits at least 999 in 1000 come back as they were typed. */
static void short_decimals_stay_short(void **state) {
    (void)state;
    int longer = 0;
    for (int i = 100001; i < 1000000; i += 9) {
        char typed[16];
        snprintf(typed, sizeof typed, "0.%06d", i % 10 ? i : i + 1);
        longer += strcmp(printed(strtof(typed, NULL)), typed) != 0;
    }
    assert_in_range(longer, 0, 100);
}

static void check_string(const char *string, const char *expected) {
    text.used = 0;
    json_string(&text, string);
    text_bytes(&text, "", 1);
    assert_string_equal(text.bytes, expected);
}

static void strings_are_escaped(void **state) {
    (void)state;
    check_string("", "\"\"");
    check_string("cat/1.png", "\"cat/1.png\"");
    check_string("a\"b\\c", "\"a\\\"b\\\\c\"");
    check_string("a\nb\tc\x01\x7f", "\"a\\u000ab\\u0009c\\u0001\\u007f\"");
    check_string("ζ-mixup \xf0\x9f\x90\x88", "\"ζ-mixup \xf0\x9f\x90\x88\"");
    check_string("\xff\xc3(\xc3", "\"\\ufffd\\ufffd(\\ufffd\"");
    check_string("\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\""); // a surrogate
    check_string("\xc0\xaf", "\"\\ufffd\\ufffd\"");            // an overlong slash
    check_string("\xe0\x80\xaf", "\"\\ufffd\\ufffd\\ufffd\"");
    check_string("\xf4\x90\x80\x80", "\"\\ufffd\\ufffd\\ufffd\\ufffd\""); // above U+10FFFF
}

static void check_unsigned(uint64_t value) {
    char expected[UNSIGNED_TEXT_MAX + 1], got[UNSIGNED_TEXT_MAX + 1];
    snprintf(expected, sizeof expected, "%llu", (unsigned long long)value);
    *put_unsigned(got, value) = 0;
    assert_string_equal(got, expected);
}

static void whole_numbers_have_all_their_digits(void **state) {
    (void)state;
    struct rng rng = rng_for(2, 0, 0);
    uint64_t power = 1;
    for (int n = 0; n < UNSIGNED_TEXT_MAX; n++, power *= 10) {
        check_unsigned(power - 1);
        check_unsigned(power);
        check_unsigned(power + 1);
    }
    for (int bits = 0; bits < 64; bits++)
        for (int i = 0; i < 100; i++)
            check_unsigned(((uint64_t)rng_u32(&rng) << 32 | rng_u32(&rng)) >> bits);
    check_unsigned(UINT64_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_have_all_their_digits),
        cmocka_unit_test(random_floats_read_back),
        cmocka_unit_test(shares_read_back),
        cmocka_unit_test(edges_read_back),
        cmocka_unit_test(plain_numbers_look_plain),
        cmocka_unit_test(numbers_of_late_are_printed_again),
        cmocka_unit_test(short_decimals_stay_short),
        cmocka_unit_test(strings_are_escaped),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    text_close(&text);
    return failed != 0;
}

/* Options: every kind with values that it takes and values that it refuses, the ways to write
 * them, and what is said about a mistake. */
#include "base/options.h"
#include "base/words.h"

#include <stddef.h>

#include "support.h"

struct target {
    bool flag, quiet;
    const char *text;
    struct option_list list;
    int whole, choice, planet;
    unsigned set;
    uint64_t seed;
    double real;
    struct option_size size;
    struct option_count count;
};

#define AT(field) .offset = offsetof(struct target, field)

static const char *planet(int index) {
    static const char *const planets[] = {"mercury", "venus", "earth"};
    return index < 3 ? planets[index] : NULL;
}

static const struct option_row ROWS[] = {
    {"flag", 'f', OPTION_FLAG, AT(flag), .group = "One", .help = "a flag"},
    {"quiet", 'q', OPTION_FLAG, AT(quiet), .help = "another"},
    {"text", 't', OPTION_TEXT, AT(text), .argument = "WORD", .help = "a word"},
    {"list", 'l', OPTION_LIST, AT(list), .argument = "ITEM", .help = "words"},
    {"whole", 'w', OPTION_INT, AT(whole), .group = "Two", .argument = "N", .help = "a number",
     .standard = "8", .low = 1, .high = 100},
    {"seed", 'S', OPTION_SEED, AT(seed), .argument = "N", .help = "any"},
    {"real", 0, OPTION_REAL, AT(real), .argument = "R", .help = "a fraction", .high = 1},
    {"choice", 0, OPTION_CHOICE, AT(choice), .help = "a colour", .standard = "green",
     .choices = "red|green|blue"},
    {"set", 0, OPTION_SET, AT(set), .argument = "a,b,c", .help = "letters", .choices = "a|b|c"},
    {"planet", 0, OPTION_CHOICE, AT(planet), .help = "a planet", .word = planet},
    {"size", 's', OPTION_SIZE, AT(size), .argument = "WxH", .help = "sides", .low = 1,
     .high = 1000},
    {"count", 'n', OPTION_COUNT, AT(count), .argument = "N|Nx", .help = "samples",
     .standard = "2x"},
};
enum { WHOLE_ROW = 4, SET_ROW = 8, N_ROWS = sizeof ROWS / sizeof *ROWS, ARGS_MAX = 80 };

static struct target target;
static struct err err;
static char *positionals[ARGS_MAX];
static int n_positionals;
static bool given[N_ROWS];

/* args: up to a NULL, the command's name left out. */
static int parse(const char *const *args) {
    static char copies[ARGS_MAX][64]; // getopt permutes the pointers of a main()'s own strings
    char *argv[ARGS_MAX + 1] = {"mix"};
    int argc = 1;
    for (; args[argc - 1]; argc++) {
        strcpy(copies[argc], args[argc - 1]);
        argv[argc] = copies[argc];
    }
    target = (struct target){.planet = -5};
    err.text[0] = 0;
    memset(given, 0, sizeof given);
    return options_parse(ROWS, N_ROWS, argc, argv, &target, given, positionals, &n_positionals,
                         &err);
}

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void good(const char *const *args) {
    if (parse(args) < 0)
        fail_msg("%s: %s", args[0], err.text);
}

static void bad(const char *const *args, const char *part) {
    if (parse(args) == 0)
        fail_msg("%s is taken", args[0]);
    assert_contains(err.text, part);
}

static void standard_values_come_first(void **state) {
    (void)state;
    good(ARGS("in"));
    assert_true(target.whole == 8 && target.choice == 1 && target.planet == -5);
    assert_true(target.count.n == 2 && target.count.unit == COUNT_PASSES);
    good(ARGS("-w9"));
    assert_true(target.whole == 9 && target.choice == 1);
}

static void what_was_given_is_told_apart(void **state) {
    (void)state;
    good(ARGS("in"));
    for (int i = 0; i < N_ROWS; i++)
        assert_false(given[i]);
    good(ARGS("-w8", "in", "--set=a")); // 8 is the standard value
    for (int i = 0; i < N_ROWS; i++)
        assert_int_equal(given[i], i == WHOLE_ROW || i == SET_ROW);
}

static void values_come_in_three_ways(void **state) {
    (void)state;
    good(ARGS("--whole=7", "-t", "word", "-S9", "--seed", "10"));
    assert_int_equal(target.whole, 7);
    assert_string_equal(target.text, "word");
    assert_int_equal(target.seed, 10);
    good(ARGS("-fqw5"));
    assert_true(target.flag && target.quiet && target.whole == 5);
    good(ARGS("--text="));
    assert_string_equal(target.text, "");
    good(ARGS("--text=a=b"));
    assert_string_equal(target.text, "a=b");
}

static void positionals_stand_anywhere(void **state) {
    (void)state;
    good(ARGS("in", "-f", "more", "--whole", "3", "-", "last"));
    assert_true(target.flag && target.whole == 3);
    assert_int_equal(n_positionals, 4);
    assert_string_equal(positionals[0], "in");
    assert_string_equal(positionals[2], "-");
    assert_string_equal(positionals[3], "last");
    good(ARGS("a", "--", "-f", "--whole"));
    assert_false(target.flag);
    assert_int_equal(n_positionals, 3);
    assert_string_equal(positionals[1], "-f");
}

static void lists_grow(void **state) {
    (void)state;
    good(ARGS("-l", "a", "--list=b", "-lc"));
    assert_int_equal(target.list.n, 3);
    assert_string_equal(target.list.item[2], "c");
    const char *many[OPTION_LIST_MAX + 2] = {0};
    for (int i = 0; i < OPTION_LIST_MAX; i++)
        many[i] = "-lx";
    good(many);
    many[OPTION_LIST_MAX] = "-lx";
    bad(many, "more than 64 times");
}

static void whole_numbers_have_a_range(void **state) {
    (void)state;
    good(ARGS("-w", "1"));
    good(ARGS("-w", "100"));
    bad(ARGS("-w", "0"), "whole number from 1 to 100");
    bad(ARGS("-w", "101"), "--whole 101");
    bad(ARGS("-w", "-5"), "--whole -5");
    bad(ARGS("-w", "2.5"), "whole number");
    bad(ARGS("-w", "5x"), "--whole 5x");
    bad(ARGS("-w", ""), "whole number");
    bad(ARGS("-w", "nan"), "whole number");
}

static void fractions_have_a_range(void **state) {
    (void)state;
    good(ARGS("--real", "0.25"));
    assert_true(target.real == 0.25);
    good(ARGS("--real=1e-3"));
    bad(ARGS("--real", "1.01"), "number from 0 to 1");
    bad(ARGS("--real", "-0.1"), "--real -0.1");
    bad(ARGS("--real", "nan"), "--real nan");
    bad(ARGS("--real", "inf"), "--real inf");
    bad(ARGS("--real", "0,5"), "--real 0,5");
}

static void seeds_are_any_64_bits(void **state) {
    (void)state;
    good(ARGS("-S", "18446744073709551615"));
    assert_true(target.seed == UINT64_MAX);
    bad(ARGS("-S", "18446744073709551616"), "from 0 to 18446744073709551615");
    bad(ARGS("-S", "-1"), "--seed -1");
    bad(ARGS("-S", "1.0"), "--seed 1.0");
    bad(ARGS("-S", "0x10"), "--seed 0x10");
    bad(ARGS("-S", "+1"), "--seed +1");
}

static void choices_are_whole_words(void **state) {
    (void)state;
    good(ARGS("--choice", "red"));
    assert_int_equal(target.choice, 0);
    good(ARGS("--choice=blue"));
    assert_int_equal(target.choice, 2);
    good(ARGS("--planet", "earth"));
    assert_int_equal(target.planet, 2);
    bad(ARGS("--planet", "venuz"), "one of mercury|venus|earth; did you mean venus?");
    bad(ARGS("--planet", "pluton"), "one of mercury|venus|earth");
    bad(ARGS("--choice", "re"), "one of red|green|blue");
    bad(ARGS("--choice", "reds"), "one of red|green|blue");
    bad(ARGS("--choice", "red|green"), "one of red|green|blue");
    bad(ARGS("--choice", ""), "one of red|green|blue");
}

static void sets_are_words_with_commas(void **state) {
    (void)state;
    struct text text = {0};
    good(ARGS("--set", "c,a"));
    assert_int_equal(target.set, 5);
    option_print(&ROWS[SET_ROW], &target, &text);
    assert_string_equal(text_terminate(&text), "a,c");
    text_close(&text);
    good(ARGS("--set", "b,b"));
    assert_int_equal(target.set, 2);
    bad(ARGS("--set", "d"), "some of a,b,c, with commas between them");
    bad(ARGS("--set", "a,"), "some of a,b,c");
    bad(ARGS("--set", ",a"), "some of a,b,c");
    bad(ARGS("--set", "a|b"), "some of a,b,c");
    bad(ARGS("--set", ""), "some of a,b,c");
}

static void sizes_are_two_sides(void **state) {
    (void)state;
    good(ARGS("-s", "224x160"));
    assert_true(target.size.w == 224 && target.size.h == 160);
    good(ARGS("-s", "1x1000"));
    bad(ARGS("-s", "0x5"), "WxH");
    bad(ARGS("-s", "5x1001"), "from 1 to 1000");
    bad(ARGS("-s", "5x"), "WxH");
    bad(ARGS("-s", "x5"), "WxH");
    bad(ARGS("-s", "5x5x5"), "WxH");
    bad(ARGS("-s", "-5x5"), "WxH");
    bad(ARGS("-s", "5X5"), "WxH");
    bad(ARGS("-s", "99999999999999999999x5"), "WxH");
}

static void counts_are_samples_or_passes(void **state) {
    (void)state;
    good(ARGS("-n", "100"));
    assert_true(target.count.n == 100 && target.count.unit == COUNT_SAMPLES);
    good(ARGS("-n", "10x"));
    assert_true(target.count.n == 10 && target.count.unit == COUNT_PASSES);
    bad(ARGS("-n", "0"), "10x");
    bad(ARGS("-n", ""), "--count '': expected");
    bad(ARGS("-n", "0x"), "10x");
    bad(ARGS("-n", "x"), "10x");
    bad(ARGS("-n", "1xx"), "10x");
    bad(ARGS("-n", "-1"), "10x");
    bad(ARGS("-n", "1.5"), "10x");
    bad(ARGS("-n", "9223372036854775808"), "10x");
}

static void mistyped_names_are_suggested(void **state) {
    (void)state;
    bad(ARGS("--chioce", "red"), "unknown option --chioce; did you mean --choice?");
    bad(ARGS("in", "--sede=1"), "unknown option --sede; did you mean --seed?");
    bad(ARGS("--elephant"), "unknown option --elephant; see --help");
    bad(ARGS("-f", "-x"), "unknown option -x");
    bad(ARGS("--quiet", "-xf"), "unknown option -x");
}

/* A value may look like one, and so may what stands behind "--". */
static void names_take_two_dashes(void **state) {
    (void)state;
    bad(ARGS("-seed", "3"), "-seed: names of options take two dashes: --seed");
    bad(ARGS("in", "-seed=3"), "-seed=3: names of options take two dashes: --seed=3");
    bad(ARGS("-flag"), "-flag: names");
    bad(ARGS("-flag", "in"), "-flag: names");
    bad(ARGS("-fq", "in", "-whole", "3"), "-whole: names");
    bad(ARGS("in", "-choice"), "-choice: names");
    good(ARGS("-t", "-flag", "-f", "--", "-seed"));
    assert_string_equal(target.text, "-flag");
    assert_string_equal(positionals[0], "-seed");
    good(ARGS("-tflag"));
    assert_string_equal(target.text, "flag");
    good(ARGS("--text", "-flag", "-q"));
    assert_false(target.flag);
}

static void values_are_neither_missing_nor_too_many(void **state) {
    (void)state;
    bad(ARGS("--whole"), "--whole needs a value");
    bad(ARGS("in", "-w"), "-w needs a value");
    bad(ARGS("--flag=yes"), "--flag takes no value");
}

static void help_shows_every_row(void **state) {
    (void)state;
    struct text text = {0};
    options_help(ROWS, N_ROWS, &text);
    text_bytes(&text, "", 1);
    assert_contains(text.bytes, "One\n  -f, --flag");
    assert_contains(text.bytes, "--choice red|green|blue");
    assert_contains(text.bytes, "-s, --size WxH");
    assert_contains(text.bytes, "      --real R");
    assert_contains(text.bytes, "--planet mercury|venus|earth");
    assert_contains(text.bytes, "a number (1 to 100; 8)");
    for (int i = 0; i < N_ROWS; i++)
        assert_contains(text.bytes, ROWS[i].help);
    assert_ptr_equal(strstr(strstr(text.bytes, "Two\n") + 1, "Two\n"), NULL);
    text_close(&text);
}

static void words_are_found(void **state) {
    (void)state;
    int length;
    assert_int_equal(choice_index("one|two|three", "two", 3), 1);
    assert_int_equal(choice_index("one|two|three", "tw", 2), -1);
    assert_memory_equal(choice_word("one|two|three", 2, &length), "three", 5);
    assert_int_equal(length, 5);
    char word[4];
    assert_true(choice_copy("one|two|three", 1, word, sizeof word));
    assert_string_equal(word, "two");
    assert_true(choice_copy("one|two|three", 2, word, sizeof word));
    assert_string_equal(word, "thr");
    assert_false(choice_copy("one|two|three", 3, word, sizeof word));
}

/* A swap of neighbours counts one; what is too far off is no suggestion. */
static void near_names_are_found(void **state) {
    (void)state;
    const char *const names[] = {"mixup", "zeta", "cutmix", "fmix", "none"};
    assert_string_equal(nearest_name("mixpu", names, 5), "mixup");
    assert_string_equal(nearest_name("cutmic", names, 5), "cutmix");
    assert_string_equal(nearest_name("ZETA", (const char *const[]){"ZETA "}, 1), "ZETA ");
    assert_null(nearest_name("resizemix", names, 5));
    assert_null(nearest_name("", names, 5));
    assert_null(nearest_name("jpg", (const char *const[]){"npy"}, 1));
    assert_string_equal(nearest_name("miks", (const char *const[]){"mix"}, 1), "mix");
    char endless[300];
    memset(endless, 'm', 299);
    endless[299] = 0;
    assert_null(nearest_name(endless, names, 5));
}

static void words_end_by_number(void **state) {
    (void)state;
    assert_string_equal(s_of(0), "s");
    assert_string_equal(s_of(1), "");
    assert_string_equal(s_of(UINT64_MAX), "s");
    assert_string_equal(es_of(0), "es");
    assert_string_equal(es_of(1), "");
    assert_string_equal(es_of(2), "es");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(standard_values_come_first),
        cmocka_unit_test(what_was_given_is_told_apart),
        cmocka_unit_test(values_come_in_three_ways),
        cmocka_unit_test(positionals_stand_anywhere),
        cmocka_unit_test(lists_grow),
        cmocka_unit_test(whole_numbers_have_a_range),
        cmocka_unit_test(fractions_have_a_range),
        cmocka_unit_test(seeds_are_any_64_bits),
        cmocka_unit_test(choices_are_whole_words),
        cmocka_unit_test(sets_are_words_with_commas),
        cmocka_unit_test(sizes_are_two_sides),
        cmocka_unit_test(counts_are_samples_or_passes),
        cmocka_unit_test(mistyped_names_are_suggested),
        cmocka_unit_test(names_take_two_dashes),
        cmocka_unit_test(values_are_neither_missing_nor_too_many),
        cmocka_unit_test(help_shows_every_row),
        cmocka_unit_test(words_are_found),
        cmocka_unit_test(near_names_are_found),
        cmocka_unit_test(words_end_by_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

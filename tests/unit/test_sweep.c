/* Sweeps: the rows that --sweep and several mixers make, and what each mistake is called. */
#include "sheet/sweep.h"

#include <stdio.h>

#include "support.h"

static struct err err;
static struct job job;
static struct sweep sweep;

static int parse(const char *mixers, const char *values) {
    char copy[256];
    job = (struct job){.sweep = values};
    snprintf(copy, sizeof copy, "%s", mixers);
    for (char *spec = strtok(copy, " "); spec; spec = strtok(NULL, " "))
        if (spec_parse(spec, &job.chain[job.n_chains++], &err) < 0)
            fail_msg("'%s': %s", spec, err.text);
    return sweep_parse(&sweep, &job, &err);
}

/* Rows as "name|name", or their details. */
static void check_rows(const char *mixers, const char *values, const char *names,
                       const char *details) {
    struct text name = {0}, detail = {0};
    if (parse(mixers, values) < 0)
        fail_msg("%s --sweep %s: %s", mixers, values, err.text);
    for (int i = 0; i < sweep.n; i++) {
        text_string(&name, i ? "|" : "");
        text_string(&detail, i ? "|" : "");
        sweep_print_name(&sweep, i, &name);
        sweep_print_details(&sweep, i, &detail);
    }
    assert_string_equal(text_terminate(&name), names);
    assert_string_equal(text_terminate(&detail), details);
    text_close(&name);
    text_close(&detail);
}

static void check_error(const char *mixers, const char *values, const char *message) {
    assert_int_equal(parse(mixers, values), -1);
    assert_string_equal(err.text, message);
}

static void numbers_and_words_are_swept(void **state) {
    (void)state;
    check_rows("zeta", "gamma=1.8,2.40,4", "1.8|2.4|4", "gamma|gamma|gamma");
    check_rows("cutmix:alpha=0.5", "box=clip,inside", "clip|inside", "box|box");
    check_rows("zeta", "t=batch,8", "batch|8", "t|t");
    check_rows("mixup", "alpha=0.2", "0.2", "alpha");
}

static void the_rest_stays_as_it_is(void **state) {
    (void)state;
    assert_int_equal(parse("zeta:t=8", "gamma=2,3"), 0);
    for (int i = 0; i < 2; i++) {
        assert_true(sweep.chain[i].stage[0].value[0] == 2 + i);
        assert_true(sweep.chain[i].stage[0].value[1] == 8);
    }
}

static void a_mixer_of_a_chain_is_swept(void **state) {
    (void)state;
    check_rows("zeta+cutmix", "gamma=2,3", "2|3", "gamma|gamma");
    check_rows("mixup+cutmix", "cutmix:alpha=0.2,1", "0.2|1", "alpha|alpha");
    assert_true(sweep.chain[0].stage[0].value[0] == 1 && sweep.chain[0].stage[1].value[0] == 0.2);
}

static void mixers_are_rows(void **state) {
    (void)state;
    check_rows("mixup zeta+cutmix:box=inside,aspect=2@0.5", NULL, "mixup|zeta+cutmix",
               "|box=inside\naspect=2\nweight 0.5");
}

static void mistakes_are_named(void **state) {
    (void)state;
    check_error("zeta", "gama=2", "--sweep: zeta has no parameter 'gama'; did you mean gamma?");
    check_error("zeta", "frobnicate=2",
                "--sweep: zeta has no parameter 'frobnicate'; see mixsmith grid --help");
    check_error("zeta", "gamma",
                "--sweep gamma: expected KEY=VALUE,VALUE,... as in gamma=1.8,2.8,4");
    check_error("zeta", "=2", "--sweep =2: expected KEY=VALUE,VALUE,... as in gamma=1.8,2.8,4");
    check_error("mixup zeta", "gamma=2", "--sweep goes with a single -m, here are 2");
    check_error("mixup+cutmix", "alpha=2",
                "--sweep: both mixup and cutmix have a parameter 'alpha': write mixup:alpha=...");
    check_error("mixup+cutmix", "zeta:alpha=2",
                "--sweep: mixup+cutmix has no parameter 'zeta:alpha'");
    check_error("cutmix", "box=clip,outside", "cutmix: box=outside: expected one of clip|inside");
    assert_int_equal(parse("zeta", "gamma=2,,3"), -1);
    assert_contains(err.text, "zeta: gamma=: expected a number");
    assert_int_equal(parse("zeta", "gamma="), -1);
    assert_int_equal(parse("none", "alpha=1"), -1);
}

static void there_are_not_too_many_values(void **state) {
    (void)state;
    char values[2 * CHAINS_MAX + 16] = "alpha=1";
    for (int i = 1; i < CHAINS_MAX; i++)
        strcat(values, ",1");
    assert_int_equal(parse("mixup", values), 0);
    assert_int_equal(sweep.n, CHAINS_MAX);
    check_error("mixup", strcat(values, ",1"), "--sweep: more than 64 values");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_words_are_swept),
        cmocka_unit_test(the_rest_stays_as_it_is),
        cmocka_unit_test(a_mixer_of_a_chain_is_swept),
        cmocka_unit_test(mixers_are_rows),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(there_are_not_too_many_values),
    };
    return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}

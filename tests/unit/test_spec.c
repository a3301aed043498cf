/* Specs: what parses, what it prints back as, and what each mistake is called. */
#include "mixers/spec.h"

#include <stdio.h>

#include "support.h"

static struct err err;

static struct chain parsed(const char *spec) {
    struct chain chain;
    if (spec_parse(spec, &chain, &err) < 0)
        fail_msg("'%s': %s", spec, err.text);
    return chain;
}

static void check_error(const char *spec, const char *part) {
    struct chain chain;
    err.text[0] = 0;
    if (spec_parse(spec, &chain, &err) == 0)
        fail_msg("'%s' parses", spec);
    assert_contains(err.text, part);
}

static void check_print(const char *spec, const char *expected) {
    struct chain chain = parsed(spec);
    struct text text = {0};
    chain_print(&chain, &text);
    text_bytes(&text, "", 1);
    assert_string_equal(text.bytes, expected);
    struct chain back = parsed(text.bytes);
    text_close(&text);
    assert_int_equal(back.n_stages, chain.n_stages);
    assert_true(back.weight == chain.weight);
    for (int s = 0; s < chain.n_stages; s++) {
        assert_ptr_equal(back.stage[s].mixer, chain.stage[s].mixer);
        assert_memory_equal(back.stage[s].value, chain.stage[s].value,
                            (size_t)chain.stage[s].mixer->n_params * sizeof(double));
    }
}

static void a_name_alone_has_the_standards(void **state) {
    (void)state;
    for (int m = 0; m < N_MIXERS; m++) {
        struct chain chain = parsed(MIXERS[m]->name);
        assert_int_equal(chain.n_stages, 1);
        assert_ptr_equal(chain.stage[0].mixer, MIXERS[m]);
        assert_true(chain.weight == 1);
        for (int i = 0; i < MIXERS[m]->n_params; i++)
            assert_true(chain.stage[0].value[i] == MIXERS[m]->params[i].standard);
    }
}

static void parameters_and_weight_are_taken(void **state) {
    (void)state;
    struct chain chain = parsed("cutmix:alpha=0.25,box=inside@0.4");
    assert_true(chain.stage[0].value[0] == 0.25);
    assert_true(chain.stage[0].value[1] == 1);
    assert_true(chain.weight == 0.4);
}

static void stages_are_joined_by_plus(void **state) {
    (void)state;
    struct chain chain = parsed("zeta:gamma=3+cutmix:box=clip+none@2");
    struct text text = {0};
    assert_int_equal(chain.n_stages, 3);
    assert_true(chain.stage[0].value[0] == 3 && chain.weight == 2);
    chain_print_name(&chain, &text);
    text_bytes(&text, "", 1);
    assert_string_equal(text.bytes, "zeta+cutmix+none");
    text_close(&text);
}

static void a_plus_in_an_exponent_is_no_stage(void **state) {
    (void)state;
    struct chain chain = parsed("mixup:alpha=1e+5+zeta:gamma=2e+0@1e+2");
    assert_int_equal(chain.n_stages, 2);
    assert_true(chain.stage[0].value[0] == 1e5 && chain.stage[1].value[0] == 2);
    assert_true(chain.weight == 100);
}

static void what_is_printed_parses_back(void **state) {
    (void)state;
    check_print("mixup", "mixup:alpha=1@1");
    check_print("mixup:alpha=0.1@0.30000000000000004", "mixup:alpha=0.1@0.30000000000000004");
    check_print("mixup:alpha=1e-7@3", "mixup:alpha=1e-07@3");
    check_print("mixup:alpha=0.7654321", "mixup:alpha=0.7654321@1");
    check_print("zeta", "zeta:gamma=2.8,t=batch,tail=0@1");
    check_print("zeta:t=8", "zeta:gamma=2.8,t=8,tail=0@1");
    check_print("zeta:t=8,t=batch", "zeta:gamma=2.8,t=batch,tail=0@1");
    check_print("cutmix:box=inside", "cutmix:alpha=1,box=inside,min=0,max=0,correct=1,aspect=1@1");
    check_print("fmix:soft=0.1,spectrum=official",
                "fmix:alpha=1,decay=3,soft=0.1,spectrum=official,periodic=1,reformulate=0@1");
    struct rng rng = rng_for(1, 0, 0);
    for (int i = 0; i < 2000; i++) {
        char spec[96], expected[128];
        double alpha = exp(20 * (rng_unit(&rng) - 0.6)), weight = rng_unit(&rng);
        snprintf(spec, sizeof spec, "mixup:alpha=%.17g@%.17g", alpha, weight);
        struct chain chain = parsed(spec);
        struct text text = {0};
        chain_print(&chain, &text);
        text_bytes(&text, "", 1);
        snprintf(expected, sizeof expected, "%s", text.bytes);
        check_print(spec, expected);
        text_close(&text);
    }
}

/* Four stages, every parameter with all its digits. */
static void the_longest_spec_parses_back(void **state) {
    (void)state;
    static const char stage[] =
        "cutmix:alpha=.12345678901234567e-5,box=inside,min=.1234567890123456,"
        "max=.2234567890123456,aspect=1.234567890123456";
    struct text text = {0};
    for (int i = 0; i < 4; i++)
        text_format(&text, "%s%s", i ? "+" : "", stage);
    text_string(&text, "@.12345678901234567e-5");
    struct chain chain = parsed(text_terminate(&text));
    text.used = 0;
    chain_print(&chain, &text);
    assert_int_equal(parsed(text_terminate(&text)).n_stages, 4);
    text_close(&text);
}

static void names_are_suggested(void **state) {
    (void)state;
    check_error("mixpu", "did you mean mixup?");
    check_error("cutmx:alpha=1", "did you mean cutmix?");
    check_error("mixup+fmx", "did you mean fmix?");
    check_error("puzzle", "there are mixup, zeta, cutmix, fmix");
    check_error("", "unknown mixer ''");
    check_error("mixup+", "unknown mixer ''");
    check_error("Mixup", "did you mean mixup?");
    check_error("zeta:gama=2", "did you mean gamma?");
    check_error("zeta:alpha=2", "zeta has no parameter 'alpha'");
    check_error("none:alpha=1", "none has no parameter 'alpha'");
}

static void values_out_of_range_are_named(void **state) {
    (void)state;
    check_error("mixup:alpha=0", "above 0");
    check_error("mixup:alpha=-1", "alpha=-1");
    check_error("mixup:alpha=2e6", "at most 1000000");
    check_error("mixup:alpha=nan", "expected a number");
    check_error("mixup:alpha=inf", "expected a number");
    check_error("mixup:alpha=1e999", "expected a number");
    check_error("mixup:alpha=", "expected a number");
    check_error("mixup:alpha=one", "alpha=one");
    check_error("mixup:alpha=1;2", "alpha=1;2");
    check_error("mixup:alpha=1 ", "expected a number");
    check_error("zeta:t=2.5", "whole number");
    check_error("zeta:t=0", "from 1");
    check_error("zeta:gamma=-0.1", "from 0");
    check_error("zeta:gamma=batch", "gamma=batch");
    check_error("zeta:tail=256", "from 0 to 255");
    check_error("cutmix:box=outside", "one of clip|inside");
    check_error("cutmix:box=", "one of clip|inside");
    check_error("cutmix:box=clip|inside", "one of clip|inside");
    check_error("cutmix:correct=0.5", "whole number");
    check_error("fmix:soft=0.51", "from 0 to 0.5");
}

static void forms_that_are_no_spec_are_refused(void **state) {
    (void)state;
    check_error("mixup:alpha", "'alpha' is no key=value");
    check_error("mixup:", "'' is no key=value");
    check_error("mixup:alpha=1,", "'' is no key=value");
    check_error("mixup:=1", "no parameter ''");
    check_error("mixup:alpha:1", "is no key=value");
    check_error("mixup@", "weight ''");
    check_error("mixup@0", "above 0");
    check_error("mixup@-1", "above 0");
    check_error("mixup@nan", "weight 'nan'");
    check_error("mixup@inf", "weight 'inf'");
    check_error("mixup@1@2", "weight '1@2'");
    check_error("mixup@0.5+zeta", "weight '0.5+zeta'");
    check_error("mixup+mixup+mixup+mixup+mixup", "more than 4 stages");
    char spec[1100];
    memset(spec, 'x', sizeof spec - 1);
    spec[sizeof spec - 1] = 0;
    check_error(spec, "more than 1023 bytes");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_alone_has_the_standards),
        cmocka_unit_test(parameters_and_weight_are_taken),
        cmocka_unit_test(stages_are_joined_by_plus),
        cmocka_unit_test(a_plus_in_an_exponent_is_no_stage),
        cmocka_unit_test(what_is_printed_parses_back),
        cmocka_unit_test(the_longest_spec_parses_back),
        cmocka_unit_test(names_are_suggested),
        cmocka_unit_test(values_out_of_range_are_named),
        cmocka_unit_test(forms_that_are_no_spec_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

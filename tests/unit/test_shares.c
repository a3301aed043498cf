/* Shares: percentages are those of the soft label and add up; parts fill the whole. */
#include "statistics/shares.h"

#include "support.h"

enum { ROUNDS = 2000, CLASSES = 120 };

static void random_shares(struct rng *rng, float *share, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        share[i] = (float)pow(rng_unit(rng), between(rng, 1, 12));
        share[i] = between(rng, 0, 3) ? share[i] : 0;
        sum += share[i];
    }
    for (int i = 0; i < n && sum > 0; i++)
        share[i] = (float)(share[i] / sum);
}

static void parts_fill_the_whole_and_are_rounded(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    for (int round = 0; round < ROUNDS; round++) {
        float share[CLASSES];
        int part[CLASSES], n = between(&rng, 1, CLASSES), total = between(&rng, 0, 300);
        int given = 0;
        double sum = 0;
        random_shares(&rng, share, n);
        apportion(share, n, total, part);
        for (int i = 0; i < n; i++) {
            sum += share[i];
            given += part[i];
        }
        assert_int_equal(given, sum > 0 ? total : 0);
        for (int i = 0; i < n && sum > 0; i++)
            assert_true(fabs(part[i] - share[i] / sum * total) < 1);
    }
}

static void ties_go_to_the_first(void **state) {
    (void)state;
    int part[3];
    apportion((float[]){1, 1, 1}, 3, 100, part);
    assert_int_equal(part[0], 34);
    assert_int_equal(part[1], 33);
    assert_int_equal(part[2], 33);
    apportion((float[]){0, 0, 0}, 3, 100, part);
    assert_int_equal(part[0] + part[1] + part[2], 0);
}

static void percentages_are_those_of_the_label(void **state) {
    (void)state;
    struct rng rng = rng_for(2, 0, 0);
    for (int round = 0; round < ROUNDS; round++) {
        float label[CLASSES];
        struct share shares[CLASSES];
        int n_classes = between(&rng, 1, CLASSES), sum = 0;
        random_shares(&rng, label, n_classes);
        int n = shares_of(label, n_classes, shares);
        for (int i = 0; i < n; i++) {
            assert_true(shares[i].share == label[shares[i].label] && shares[i].share > 0);
            assert_true(fabs(shares[i].percent - 100 * shares[i].share) < 1.001);
            assert_true(i == 0 || shares[i - 1].share >= shares[i].share);
            assert_true(i == 0 || shares[i - 1].percent >= shares[i].percent);
            sum += shares[i].percent;
        }
        assert_true(n == 0 || sum == 100);
    }
}

/* A sample of several classes has more than 100 % in all. */
static void labels_of_several_classes(void **state) {
    (void)state;
    struct share shares[4];
    assert_int_equal(shares_of((float[]){0.5f, 1, 0, 0.5f}, 4, shares), 3);
    assert_int_equal(shares[0].label, 1);
    assert_int_equal(shares[0].percent, 100);
    assert_int_equal(shares[1].label, 0);
    assert_int_equal(shares[1].percent, 50);
    assert_int_equal(shares[2].percent, 50);
}

/* The sample's own share is shown however small it is; of equal ones the first. */
static void few_places(void **state) {
    (void)state;
    static const float share[] = {0.125f, 0.25f, 0.0625f, 0.25f, 0.3125f};
    struct shown shown[3];
    int rest;
    assert_int_equal(shares_show(share, 5, 3, shown, &rest), 3);
    assert_int_equal(shown[0].index, 0);
    assert_int_equal(shown[1].index, 4);
    assert_int_equal(shown[2].index, 1);
    assert_int_equal(shown[0].percent + shown[1].percent + shown[2].percent + rest, 100);
    assert_int_equal(shown[2].percent, 25);
    assert_int_equal(shares_show(share, 5, 1, shown, &rest), 1);
    assert_int_equal(shown[0].index, 0);
}

static void what_is_shown_and_the_rest_add_up(void **state) {
    (void)state;
    struct rng rng = rng_for(3, 0, 0);
    for (int round = 0; round < ROUNDS; round++) {
        float share[CLASSES];
        struct shown shown[CLASSES];
        int n = between(&rng, 1, CLASSES), most = between(&rng, 1, n), rest, sum = 0;
        random_shares(&rng, share, n);
        assert_int_equal(shares_show(share, n, most, shown, &rest), most);
        assert_int_equal(shown[0].index, 0);
        for (int k = 0; k < most; k++) {
            sum += shown[k].percent;
            assert_true(k < 2 || share[shown[k].index] <= share[shown[k - 1].index]);
        }
        assert_true(sum + rest == 100 || sum + rest == 0);
        for (int i = 1, greater = 0; i < n && most > 1; i++) {
            greater += share[i] > share[shown[most - 1].index];
            assert_true(greater < most - 1);
        }
    }
}

static void percentages_in_words(void **state) {
    (void)state;
    char text[PERCENT_TEXT];
    percent_print(63, 0.63, text);
    assert_string_equal(text, "63 %");
    percent_print(0, 0.004, text);
    assert_string_equal(text, "<1 %");
    percent_print(0, 0, text);
    assert_string_equal(text, "0 %");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_fill_the_whole_and_are_rounded),
        cmocka_unit_test(ties_go_to_the_first),
        cmocka_unit_test(percentages_are_those_of_the_label),
        cmocka_unit_test(labels_of_several_classes),
        cmocka_unit_test(few_places),
        cmocka_unit_test(what_is_shown_and_the_rest_add_up),
        cmocka_unit_test(percentages_in_words),
    };
    return cmocka_run_group_tests_name("shares", tests, NULL, NULL);
}

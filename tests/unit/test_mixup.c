/* mixup against the moments of its Beta(0.2, 0.2), and none, which copies. */
#include "rig.h"

static void mixup_follows_its_alpha(void **state) {
    (void)state;
    struct rig rig;
    rig_open_spec(&rig, "mixup:alpha=0.2", picture_shape(2, 2), 5);
    double sum = 0, squares = 0;
    for (int id = 0; id < 100000; id++) {
        double share = rig_draw(&rig, 0, (uint64_t)id)->term[0].share;
        sum += share / 100000;
        squares += share * share / 100000;
    }
    assert_near("mean share", sum, 0.5, 0.005);
    assert_near("variance of shares", squares - sum * sum, 0.178571, 0.002);
    rig_close(&rig);
}

static void none_is_the_identity(void **state) {
    (void)state;
    struct rig rig;
    rig_open_spec(&rig, "none", picture_shape(3, 4), 5);
    for (int own = 0; own < 5; own++) {
        assert_int_equal(rig_draw(&rig, own, 1)->n_terms, 1);
        assert_memory_equal(rig_blend(&rig), batch_at(&rig.batch, own), 36);
    }
    rig_close(&rig);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mixup_follows_its_alpha),
        cmocka_unit_test(none_is_the_identity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

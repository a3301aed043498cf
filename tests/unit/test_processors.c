/* Places of threads on processors: no two threads keep one, and none is bound. */
#include "support.h"

#include "base/processors.h"

#include <sched.h>

/* One thread speaks for all of them: they are all found together. */
static void each_finds_a_processor_of_its_own(void **state) {
    (void)state;
    int n = processors();
    struct places places;
    cpu_set_t set;
    if (n == 1)
        skip();
    places_open(&places, n);
    for (int t = 0; t < n; t++) {
        places_take(&places, t);
        for (int other = 0; other < t; other++)
            assert_int_not_equal(places.processor[t], places.processor[other]);
    }
    assert_int_equal(sched_getaffinity(0, sizeof set, &set), 0);
    assert_int_equal(CPU_COUNT(&set), n);
    places_close(&places);
}

static void more_or_fewer_threads_stay_where_they_are(void **state) {
    (void)state;
    for (int threads = 1; threads <= processors() + 1; threads++) {
        struct places places;
        places_open(&places, threads);
        assert_int_equal(places.processor != NULL, threads > 1 && threads == processors());
        places_close(&places);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_finds_a_processor_of_its_own),
        cmocka_unit_test(more_or_fewer_threads_stay_where_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

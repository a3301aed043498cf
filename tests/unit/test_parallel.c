/* parallel_for: every item is done once, whatever the threads, however closely calls follow. */
#include "support.h"

#include "base/parallel.h"
#include "base/processors.h"

#include <sched.h>
#include <stdatomic.h>
#include <time.h>

enum { ITEMS = 37, ROUNDS = 2000 };

struct work {
    atomic_int done[ITEMS];
    atomic_int strangers; // items on a thread that the pool does not have
    int threads;
};

static void do_item(void *data, int item, int thread) {
    struct work *work = data;
    atomic_fetch_add(&work->done[item], 1);
    if (thread < 0 || thread >= work->threads)
        atomic_fetch_add(&work->strangers, 1);
}

static void every_item_is_done_once(void **state) {
    (void)state;
    for (int threads = 1; threads <= 5; threads++) {
        struct err err;
        struct pool *pool = pool_open(threads, &err);
        struct work work = {.threads = threads};
        assert_non_null(pool);
        assert_int_equal(pool_threads(pool), threads);
        for (int round = 0; round < ROUNDS; round++)
            parallel_for(pool, round % (ITEMS + 1), do_item, &work);
        for (int item = 0; item < ITEMS; item++) {
            int rounds = 0;
            for (int round = 0; round < ROUNDS; round++)
                rounds += item < round % (ITEMS + 1);
            assert_int_equal(atomic_load(&work.done[item]), rounds);
        }
        assert_int_equal(atomic_load(&work.strangers), 0);
        pool_close(pool);
    }
}

struct look {
    cpu_set_t allowed;       // that each thread must have
    bool bound[THREADS_MAX]; // the thread has been bound to it
    atomic_int differ;
};

static void look_at_processors(void *data, int item, int thread) {
    (void)item, (void)thread;
    struct look *look = data;
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) < 0 || !CPU_EQUAL(&set, &look->allowed))
        atomic_fetch_add(&look->differ, 1);
}

/* Threads move to processors of their own, but are bound to none. */
static void threads_stay_free_to_move(void **state) {
    (void)state;
    struct err err;
    struct pool *pool = pool_open(processors(), &err);
    struct look look = {.differ = 0};
    assert_non_null(pool);
    assert_int_equal(sched_getaffinity(0, sizeof look.allowed, &look.allowed), 0);
    for (int round = 0; round < ROUNDS; round++)
        parallel_for(pool, ITEMS, look_at_processors, &look);
    assert_int_equal(atomic_load(&look.differ), 0);
    pool_close(pool);
}

static void bind_then_look(void *data, int item, int thread) {
    struct look *look = data;
    if (look->bound[thread])
        look_at_processors(data, item, thread);
    else if (sched_setaffinity(0, sizeof look->allowed, &look->allowed) == 0)
        look->bound[thread] = true;
}

/* As by taskset -p: threads that are all bound to one processor stay there. */
static void who_is_bound_stays_bound(void **state) {
    (void)state;
    struct err err;
    struct pool *pool = pool_open(processors(), &err);
    struct look look = {.differ = 0};
    cpu_set_t before;
    assert_non_null(pool);
    assert_int_equal(sched_getaffinity(0, sizeof before, &before), 0);
    CPU_SET((size_t)sched_getcpu(), &look.allowed);
    for (int round = 0; round < ROUNDS; round++)
        parallel_for(pool, ITEMS, bind_then_look, &look);
    assert_int_equal(atomic_load(&look.differ), 0);
    assert_int_equal(sched_setaffinity(0, sizeof before, &before), 0);
    pool_close(pool);
}

/* A pool that has slept is woken. */
static void work_after_a_rest_is_done(void **state) {
    (void)state;
    struct err err;
    struct pool *pool = pool_open(3, &err);
    struct work work = {.threads = 3};
    assert_non_null(pool);
    for (int round = 0; round < 3; round++) {
        struct timespec rest = {.tv_nsec = 20 * 1000 * 1000};
        nanosleep(&rest, NULL);
        parallel_for(pool, ITEMS, do_item, &work);
    }
    for (int item = 0; item < ITEMS; item++)
        assert_int_equal(atomic_load(&work.done[item]), 3);
    pool_close(pool);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_is_done_once),
        cmocka_unit_test(threads_stay_free_to_move),
        cmocka_unit_test(who_is_bound_stays_bound),
        cmocka_unit_test(work_after_a_rest_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/parallel.h"

#include "base/memory.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE = 400 }; // turns that a thread gives away before it sleeps: a sleeper wakes late

struct worker {
    struct pool *pool;
    int thread;
    pthread_t handle;
};

struct pool {
    int threads;
    struct worker *workers; // (threads); workers[0] is the caller
    pthread_mutex_t lock;
    pthread_cond_t start, finish;
    atomic_ulong round; // of parallel_for, or the end; it and the next change under the lock
    atomic_int busy;    // workers still in this round
    bool stop;
    void (*work)(void *data, int item, int thread);
    void *data;
    int items;
    atomic_int next;   // item
    cpu_set_t allowed; // processors when the pool was opened
    bool spread;       // there is one for each thread,
    atomic_int *place; // (threads) which it was on when its last round began; −1: none so far
};

int processors(void) {
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : n;
}

static bool is_alone(const struct pool *pool, int thread, int processor) {
    for (int t = 0; t < pool->threads; t++)
        if (t != thread && atomic_load(&pool->place[t]) == processor)
            return false;
    return true;
}

/* To where no thread of the pool has been seen; the system may move it on from there. Whom somebody
 * else has bound meanwhile, by taskset -p or a control group, he may free again: that must be left
 * to him. */
static void move_away(struct pool *pool, int thread) {
    cpu_set_t all, one;
    if (sched_getaffinity(0, sizeof all, &all) < 0 || !CPU_EQUAL(&all, &pool->allowed))
        return;
    for (int place = 0; place < CPU_SETSIZE; place++)
        if (CPU_ISSET((size_t)place, &all) && is_alone(pool, thread, place)) {
            atomic_store(&pool->place[thread], place); // who is left behind shall stay
            CPU_ZERO(&one);
            CPU_SET((size_t)place, &one);
            sched_setaffinity(0, sizeof one, &one);
            sched_setaffinity(0, sizeof all, &all);
            return;
        }
}

/* The system may leave threads together on one processor for long while another is idle. */
static void take_place(struct pool *pool, int thread) {
    int place = sched_getcpu();
    if (!pool->spread || place < 0)
        return;
    atomic_store(&pool->place[thread], place);
    if (!is_alone(pool, thread, place))
        move_away(pool, thread);
}

static void run_items(struct pool *pool, int thread) {
    take_place(pool, thread);
    for (;;) {
        int item = atomic_fetch_add_explicit(&pool->next, 1, memory_order_relaxed);
        if (item >= pool->items)
            return;
        pool->work(pool->data, item, thread);
    }
}

/* Steps follow each other closely: what is awaited mostly comes while turns are given away. */
static void await_round(struct pool *pool, unsigned long seen) {
    for (int i = 0; i < PATIENCE && atomic_load(&pool->round) == seen; i++)
        sched_yield();
    pthread_mutex_lock(&pool->lock);
    while (atomic_load(&pool->round) == seen)
        pthread_cond_wait(&pool->start, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

static void await_workers(struct pool *pool) {
    for (int i = 0; i < PATIENCE && atomic_load(&pool->busy) > 0; i++)
        sched_yield();
    pthread_mutex_lock(&pool->lock);
    while (atomic_load(&pool->busy) > 0)
        pthread_cond_wait(&pool->finish, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

static void *worker_main(void *argument) {
    struct worker *worker = argument;
    struct pool *pool = worker->pool;
    unsigned long seen = 0;
    for (;;) {
        await_round(pool, seen++);
        if (pool->stop)
            return NULL;
        run_items(pool, worker->thread);
        pthread_mutex_lock(&pool->lock);
        if (atomic_fetch_sub(&pool->busy, 1) == 1)
            pthread_cond_signal(&pool->finish);
        pthread_mutex_unlock(&pool->lock);
    }
}

/* Signals go to the caller's thread alone. */
static int start_workers(struct pool *pool, struct err *err) {
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int error = 0, started = 1;
    for (; started < pool->threads && !error; started += !error) {
        struct worker *worker = &pool->workers[started];
        *worker = (struct worker){.pool = pool, .thread = started};
        error = pthread_create(&worker->handle, NULL, worker_main, worker);
    }
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (!error)
        return 0;
    int wanted = pool->threads;
    pool->threads = started;
    return fail(err, "cannot start thread %d of %d: %s; ask for fewer with -j", started + 1, wanted,
                strerror(error));
}

struct pool *pool_open(int threads, struct err *err) {
    struct pool *pool = must_calloc(1, sizeof *pool);
    pool->threads = threads;
    sched_getaffinity(0, sizeof pool->allowed, &pool->allowed);
    pool->spread = threads > 1 && threads == processors();
    pool->workers = must_calloc((size_t)threads, sizeof *pool->workers);
    pool->place = must_calloc((size_t)threads, sizeof *pool->place);
    for (int t = 0; t < threads; t++)
        atomic_init(&pool->place[t], -1);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->start, NULL);
    pthread_cond_init(&pool->finish, NULL);
    if (start_workers(pool, err) == 0)
        return pool;
    pool_close(pool);
    return NULL;
}

void pool_close(struct pool *pool) {
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->stop = true;
    atomic_fetch_add(&pool->round, 1);
    pthread_cond_broadcast(&pool->start);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 1; i < pool->threads; i++)
        pthread_join(pool->workers[i].handle, NULL);
    pthread_cond_destroy(&pool->start);
    pthread_cond_destroy(&pool->finish);
    pthread_mutex_destroy(&pool->lock);
    free(pool->workers);
    free(pool->place);
    free(pool);
}

int pool_threads(const struct pool *pool) {
    return pool->threads;
}

struct arena *arenas_open(const struct pool *pool) {
    return must_calloc((size_t)pool->threads, sizeof(struct arena));
}

void arenas_close(struct arena *arenas, const struct pool *pool) {
    for (int t = 0; arenas && t < pool->threads; t++)
        arena_close(&arenas[t]);
    free(arenas);
}

void parallel_for(struct pool *pool, int items, void (*work)(void *data, int item, int thread),
                  void *data) {
    pool->work = work;
    pool->data = data;
    pool->items = items;
    atomic_store_explicit(&pool->next, 0, memory_order_relaxed);
    if (pool->threads == 1 || items < 2) {
        run_items(pool, 0);
        return;
    }
    pthread_mutex_lock(&pool->lock);
    atomic_store(&pool->busy, pool->threads - 1);
    atomic_fetch_add(&pool->round, 1);
    pthread_cond_broadcast(&pool->start);
    pthread_mutex_unlock(&pool->lock);
    run_items(pool, 0);
    await_workers(pool);
}

/* Threads: one loop, run by all of them. The only file that names pthread. No queues, no locks for
 * the caller: results go by item, scratch by thread. */
#ifndef MIXSMITH_PARALLEL_H
#define MIXSMITH_PARALLEL_H

#include "base/arena.h"
#include "base/fail.h"

struct pool;

/* threads ≥ 1, the caller's included; they keep apart (processors.h). NULL where the system gives
 * no more threads. */
struct pool *pool_open(int threads, struct err *err);
void pool_close(struct pool *pool);
int pool_threads(const struct pool *pool);

/* Scratch memory: an arena for each thread. Closing NULL does nothing. */
struct arena *arenas_open(const struct pool *pool);
void arenas_close(struct arena *arenas, const struct pool *pool);

/* work(data, item, thread) once for each item 0..items-1, in any order on any thread
 * (0..threads-1); the caller is thread 0. Items start in rising order. Returns when all are done;
 * one loop at a time: work does not call it. */
void parallel_for(struct pool *pool, int items, void (*work)(void *data, int item, int thread),
                  void *data);

#endif

/* Processors: how many there are, and threads that keep apart on them. The system may leave several
 * threads on one processor for long while another is idle; where a step takes less than a
 * millisecond, its balancer comes too late. */
#ifndef MIXSMITH_PROCESSORS_H
#define MIXSMITH_PROCESSORS_H

#include <sched.h>
#include <stdatomic.h>

enum { THREADS_MAX = 1024 };

int processors(void); // that this process may use, 1..THREADS_MAX

/* Where the threads of a pool were last seen. */
struct places {
    int threads;
    cpu_set_t allowed;     // processors at the beginning
    atomic_int *processor; // (threads) −1: not seen yet; NULL: they stay where the system puts them
};

/* Threads keep apart where there are as many of them as processors. */
void places_open(struct places *places, int threads);
void places_close(struct places *places);

/* The calling thread, one of 0..threads-1, says where it is. If another was seen there, it moves to
 * a processor of its own, to which it is not bound. */
void places_take(struct places *places, int thread);

#endif

#include "base/processors.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>

int processors(void) {
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : n;
}

void places_open(struct places *places, int threads) {
    *places = (struct places){.threads = threads};
    if (threads == 1 || threads != processors() ||
        sched_getaffinity(0, sizeof places->allowed, &places->allowed) < 0)
        return;
    places->processor = must_calloc((size_t)threads, sizeof *places->processor);
    for (int t = 0; t < threads; t++)
        atomic_init(&places->processor[t], -1);
}

void places_close(struct places *places) {
    free(places->processor);
}

/* Whether no other thread was seen there. */
static bool is_free(const struct places *places, int thread, int processor) {
    for (int t = 0; t < places->threads; t++)
        if (t != thread && atomic_load(&places->processor[t]) == processor)
            return false;
    return true;
}

/* The first free processor of the set, or -1. */
static int find_free(const struct places *places, int thread, const cpu_set_t *set) {
    for (int processor = 0; processor < CPU_SETSIZE; processor++)
        if (CPU_ISSET((size_t)processor, set) && is_free(places, thread, processor))
            return processor;
    return -1;
}

/* Bound to one processor for a moment, the thread moves there; the system may move it on. Where
 * somebody else has taken processors away meanwhile, as a control group can, the thread stays: what
 * is written down as its own wish it would not get back. */
static void move_away(struct places *places, int thread) {
    cpu_set_t all, one;
    if (sched_getaffinity(0, sizeof all, &all) < 0 || !CPU_EQUAL(&all, &places->allowed))
        return;
    int processor = find_free(places, thread, &all);
    if (processor < 0)
        return;
    atomic_store(&places->processor[thread], processor); // so that whoever is left behind stays
    CPU_ZERO(&one);
    CPU_SET((size_t)processor, &one);
    sched_setaffinity(0, sizeof one, &one);
    sched_setaffinity(0, sizeof all, &all);
}

void places_take(struct places *places, int thread) {
    int processor = places->processor ? sched_getcpu() : -1;
    if (processor < 0)
        return;
    atomic_store(&places->processor[thread], processor);
    if (!is_free(places, thread, processor))
        move_away(places, thread);
}

/* Bar: how far a command is, on standard error while it runs (--progress). */
#ifndef MIXSMITH_BAR_H
#define MIXSMITH_BAR_H

#include "engine/job.h"

struct bar {
    bool shown;
    double start, last; // seconds, as clock_now
};

struct bar bar_open(const struct job *job);

/* Not more often than the eye can follow. */
void bar_show(struct bar *bar, uint64_t done, uint64_t total);

void bar_close(const struct bar *bar);

#endif

/* Bar: how far a command is, on standard error while it runs (--progress). */
#ifndef MIXSMITH_BAR_H
#define MIXSMITH_BAR_H

#include "base/progress.h"
#include "engine/job.h"

struct bar {
    bool shown;
    double start, told, drawn; // seconds, as clock_now: when it began, was last told and drawn
    const char *stage;         // that it was last told of
    double spent, aside;       // seconds on the work itself, and on the stage beside it
};

struct bar bar_open(const struct job *job);

/* Draws another stage at once, else not more often than the eye can follow. */
void bar_show(struct bar *bar, const struct progress *progress);

void bar_close(const struct bar *bar);

#endif

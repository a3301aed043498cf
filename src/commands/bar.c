#include "commands/bar.h"

#include "base/clock.h"
#include "base/progress.h"
#include "base/terminal.h"

#include <stdio.h>
#include <unistd.h>

enum { LINE = 512 };
static const double EVERY = 0.1; // seconds

struct bar bar_open(const struct job *job) {
    bool terminal = isatty(STDERR_FILENO) == 1;
    bool shown = job->progress == PROGRESS_ALWAYS || (job->progress == PROGRESS_AUTO && terminal);
    return (struct bar){.shown = shown && !job->quiet, .start = clock_now()};
}

/* A line that the terminal broke in two could not be wiped. */
void bar_show(struct bar *bar, uint64_t done, uint64_t total) {
    double time = clock_now();
    if (!bar->shown || time - bar->last < EVERY)
        return;
    bar->last = time;
    char line[LINE];
    progress_line(line, sizeof line, done, total, time - bar->start);
    fprintf(stderr, "\r%.*s\033[K", terminal_columns(STDERR_FILENO) - 1, line);
    fflush(stderr);
}

void bar_close(const struct bar *bar) {
    if (bar->shown)
        fprintf(stderr, "\r\033[K");
}

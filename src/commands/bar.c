#include "commands/bar.h"

#include "base/clock.h"
#include "base/terminal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 512 };
static const double EVERY = 0.1; // seconds

struct bar bar_open(const struct job *job) {
    bool terminal = isatty(STDERR_FILENO) == 1;
    bool shown = job->progress == PROGRESS_ALWAYS || (job->progress == PROGRESS_AUTO && terminal);
    double now = clock_now();
    return (struct bar){.shown = shown && !job->quiet, .start = now, .told = now, .stage = ""};
}

/* What the stage at hand has taken. The time since the last word was its, unless it is one that
 * only begins; the work itself goes on where it was left. */
static double spend(struct bar *bar, const struct progress *progress, bool changes) {
    double now = clock_now(), since = now - bar->told;
    bar->told = now;
    bar->stage = progress->stage;
    if (changes && *progress->stage)
        return bar->aside = 0;
    return *(*progress->stage ? &bar->aside : &bar->spent) += since;
}

/* A line that the terminal broke in two could not be wiped. */
void bar_show(struct bar *bar, const struct progress *progress) {
    bool changes = strcmp(progress->stage, bar->stage) != 0;
    double seconds = spend(bar, progress, changes);
    if (!bar->shown || (!changes && bar->told - bar->drawn < EVERY))
        return;
    bar->drawn = bar->told;
    char line[LINE];
    progress_line(line, sizeof line, progress, seconds);
    fprintf(stderr, "\r%.*s\033[K", terminal_columns(STDERR_FILENO) - 1, line);
    fflush(stderr);
}

void bar_close(const struct bar *bar) {
    if (bar->shown)
        fprintf(stderr, "\r\033[K");
}

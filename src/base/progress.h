/* Progress: one line that tells how far a run is, how fast, and how long it will take. */
#ifndef MIXSMITH_PROGRESS_H
#define MIXSMITH_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

/* How far a stage is. */
struct progress {
    const char *stage;    // "reading"; "": the work itself
    const char *unit;     // of what is counted, "B"; "": samples
    uint64_t done, total; // done ≤ total; total UINT64_MAX: nobody knows
};

/* Who wants to know; told by the caller's thread, between parallel loops. A stage that has a name
 * begins with nothing done. */
struct watch {
    void (*tell)(void *data, const struct progress *progress);
    void *data;
};

/* watch NULL: nobody. */
void watch_tell(const struct watch *watch, struct progress progress);

/* "reading [=====>    ]  50 %  120 MB of 240 MB  60 MB/s  2 s left"; with a total that nobody knows
 * "1.2 M  812 k/s". seconds: what it took so far. */
void progress_line(char *line, size_t size, const struct progress *progress, double seconds);

/* 812345 → "812 k": three figures at most. */
void short_number(char *out, size_t size, double number);

/* 812 in 0.5 → "1.62 k/s"; 1 in 19 → "0.0526/s". */
void short_rate(char *out, size_t size, double n, double seconds);

/* 3725 → "1 h 02 min"; 59 → "59 s"; 1.5 → "1.50 s". */
void short_time(char *out, size_t size, double seconds);

#endif

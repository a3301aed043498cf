/* Progress: one line that tells how far a run is, how fast, and how long it will take. */
#ifndef MIXSMITH_PROGRESS_H
#define MIXSMITH_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

/* "[=====>    ]  50 %  1.2 M of 2.4 M  812 k/s  1 s left"; with total UINT64_MAX, which nobody
 * knows, "1.2 M  812 k/s". */
void progress_line(char *line, size_t size, uint64_t done, uint64_t total, double seconds);

/* 812345 → "812 k": three figures at most. */
void short_number(char *out, size_t size, double number);

/* 812 in 0.5 → "1.62 k/s"; 1 in 19 → "0.0526/s". */
void short_rate(char *out, size_t size, double n, double seconds);

/* 3725 → "1 h 02 min"; 59 → "59 s"; 1.5 → "1.50 s". */
void short_time(char *out, size_t size, double seconds);

#endif

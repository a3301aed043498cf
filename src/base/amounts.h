/* Amounts: how many samples, and how much goes into a shard, as people write them. */
#ifndef MIXSMITH_AMOUNTS_H
#define MIXSMITH_AMOUNTS_H

#include "base/text.h"

#include <stdbool.h>

enum count_unit { COUNT_SAMPLES, COUNT_PASSES, COUNT_ENDLESS };

/* "1000", "10x" or "inf". */
struct option_count {
    uint64_t n; // ≥ 1, but for COUNT_ENDLESS
    enum count_unit unit;
};

/* "1000" samples, or "500MB": bytes, of K, M or G, a thousand times the one before. */
struct option_shard {
    uint64_t n; // ≥ 1
    bool bytes;
};

/* Decimal digits; *end: what follows them. */
bool parse_whole(const char *text, char **end, uint64_t *value);

/* As they are written above; false: text is none. */
bool parse_count(const char *text, struct option_count *count);
bool parse_shard(const char *text, struct option_shard *shard);

/* As they would be written. */
void count_print(const struct option_count *count, struct text *text);
void shard_print(const struct option_shard *shard, struct text *text);

#endif

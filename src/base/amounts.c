#include "base/amounts.h"

#include <errno.h>
#include <stdlib.h>

static const char UNITS[] = "KMG";

bool parse_whole(const char *text, char **end, uint64_t *value) {
    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    *value = strtoull(text, end, 10);
    return errno == 0;
}

bool parse_count(const char *text, struct option_count *count) {
    char *end;
    if (strcmp(text, "inf") == 0) {
        *count = (struct option_count){0, COUNT_ENDLESS};
        return true;
    }
    if (!parse_whole(text, &end, &count->n) || count->n == 0 || count->n > INT64_MAX)
        return false;
    count->unit = *end == 'x' ? COUNT_PASSES : COUNT_SAMPLES;
    return end[*end == 'x'] == 0;
}

bool parse_shard(const char *text, struct option_shard *shard) {
    char *end;
    if (!parse_whole(text, &end, &shard->n) || shard->n == 0)
        return false;
    const char *unit = *end ? strchr(UNITS, *end) : NULL;
    for (const char *u = UNITS; unit && u <= unit; u++) {
        if (shard->n > INT64_MAX / 1000)
            return false;
        shard->n *= 1000;
    }
    end += unit != NULL;
    shard->bytes = unit || *end == 'B';
    end += *end == 'B';
    return *end == 0 && shard->n <= INT64_MAX;
}

void count_print(const struct option_count *count, struct text *text) {
    if (count->unit == COUNT_ENDLESS) {
        text_string(text, "inf");
        return;
    }
    text_unsigned(text, count->n);
    text_string(text, count->unit == COUNT_PASSES ? "x" : "");
}

void shard_print(const struct option_shard *shard, struct text *text) {
    uint64_t n = shard->n;
    char unit[3] = "B";
    for (const char *u = UNITS; shard->bytes && *u && n % 1000 == 0; u++, n /= 1000)
        memcpy(unit, (char[]){*u, 'B', 0}, sizeof unit);
    text_unsigned(text, n);
    text_string(text, shard->bytes ? unit : "");
}

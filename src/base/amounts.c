#include "base/amounts.h"

#include <errno.h>
#include <stdlib.h>

static const struct unit {
    const char *name;
    uint64_t bytes;
} UNITS[] = {{"GB", 1000000000}, {"MB", 1000000}, {"KB", 1000}, {"B", 1}}; // the largest first

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

/* Bytes of the unit of that name, whose B may lack; 0: there is none. */
static uint64_t unit_bytes(const char *name) {
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (strcmp(name, UNITS[i].name) == 0 || (name[0] == UNITS[i].name[0] && name[1] == 0))
            return UNITS[i].bytes;
    return 0;
}

bool parse_shard(const char *text, struct option_shard *shard) {
    char *end;
    if (!parse_whole(text, &end, &shard->n) || shard->n == 0)
        return false;
    shard->bytes = *end != 0;
    uint64_t unit = shard->bytes ? unit_bytes(end) : 1;
    if (unit == 0 || shard->n > INT64_MAX / unit)
        return false;
    shard->n *= unit;
    return true;
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
    const struct unit *unit = UNITS;
    while (shard->n % unit->bytes != 0)
        unit++;
    text_unsigned(text, shard->bytes ? shard->n / unit->bytes : shard->n);
    text_string(text, shard->bytes ? unit->name : "");
}

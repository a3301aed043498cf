/* Set sources: the samples that a mixed set was made from, as its sources.jsonl lists them: numbers
 * from 0, each with its class. */
#ifndef MIXSMITH_SET_SOURCES_H
#define MIXSMITH_SET_SOURCES_H

#include "formats/json_file.h"

struct set_sources {
    int *label; // (n) classes
    size_t n, room;
};

/* The next row; its class is the last label then. -1: it is not the next, or no class of the set.
 */
int set_sources_take(struct set_sources *sources, int n_classes, const cJSON *row, struct err *err);

void set_sources_close(struct set_sources *sources);

#endif

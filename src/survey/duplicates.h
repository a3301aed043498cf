/* Duplicates: samples with equal values, found by sorting digests of 128 bits (XXH3). 24 bytes a
 * sample. */
#ifndef MIXSMITH_DUPLICATES_H
#define MIXSMITH_DUPLICATES_H

#include "formats/digest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fingerprint {
    struct digest128 digest; // of shape and values
    uint32_t sample;
    int label;
};

/* Samples that are all the same: prints first..first+n-1, by rising sample. */
struct group {
    size_t first, n;
    bool across; // they have different labels
};

struct duplicates {
    struct fingerprint *prints; // (n) of all samples
    size_t n, room;
    struct group *groups; // (n_groups) those across classes first, then by their first sample
    size_t n_groups, n_across;
    size_t n_copies; // samples that repeat another: all of the groups but one each
};

/* A sample, by rising number. */
void duplicates_add(struct duplicates *duplicates, const struct fingerprint *print);

/* When all are there: sorts the prints, sets the groups. */
void duplicates_find(struct duplicates *duplicates);

void duplicates_close(struct duplicates *duplicates);

#endif

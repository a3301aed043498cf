/* Mixture: what sources.jsonl and the manifest of a mixed set (man/mixsmith-formats.5) say of its
 * labels and of how its samples were mixed. Both are read line by line. */
#ifndef MIXSMITH_MIXTURE_H
#define MIXSMITH_MIXTURE_H

#include "base/fail.h"
#include "statistics/label_statistics.h"
#include "survey/mixed_set.h"

enum { MIXERS_COUNTED = 64 };

struct mixer_count {
    char *name; // "zeta+cutmix"; owned
    uint64_t n;
};

struct mixture {
    uint64_t n;      // rows of the manifest that make sense
    uint64_t copies; // samples of one source
    uint64_t within; // all sources have the same label
    uint64_t across;
    struct mixer_count mixers[MIXERS_COUNTED]; // (n_mixers)
    int n_mixers;
    uint64_t others;      // of further mixers
    uint64_t n_bad;       // lines that make no sense, of the manifest or of sources.jsonl,
    struct err first_bad; // and what is wrong with the first
};

/* Adds what the rows of a set say, to the statistics too; a file that cannot be read counts as a
 * bad line. class_of: (set->n_classes) the statistics' number of each class. */
void mixture_add(struct mixture *mixture, const struct mixed_set *set, const int *class_of,
                 struct label_statistics *statistics);

void mixture_close(struct mixture *mixture);

#endif

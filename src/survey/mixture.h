/* Mixture: what sources.jsonl and the manifest of a mixed set (man/mixsmith-formats.5) say of its
 * labels and of how its samples were mixed; both are read line by line. Samples in an archive carry
 * their rows of the manifest with them, which do not say what class a source had. */
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
    uint64_t n;                                // rows of the manifest that make sense
    uint64_t copies;                           // samples of one source
    uint64_t within;                           // all sources have the same label
    uint64_t across;                           // they differ
    uint64_t several;                          // sources, of classes that are not known
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

/* Adds n bytes of JSON that lie beside a sample, if they are a row of a manifest. */
void mixture_add_row(struct mixture *mixture, const uint8_t *json, size_t n);

void mixture_close(struct mixture *mixture);

#endif

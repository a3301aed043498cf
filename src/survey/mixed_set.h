/* Mixed set: an output folder of this program as an input. What dataset.json, sources.jsonl and the
 * manifest (man/mixsmith-formats.5) say of its labels and of how its samples were mixed. JSON is
 * read line by line. */
#ifndef MIXSMITH_MIXED_SET_H
#define MIXSMITH_MIXED_SET_H

#include "base/fail.h"
#include "statistics/label_statistics.h"

#include <stdbool.h>

struct mixed_set {
    char *folder;             // the output; owned, as all below
    char *manifest, *sources; // paths
    char **class_names;       // (n_classes) as dataset.json has them
    int n_classes;
};

/* How samples were mixed. */
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

/* Whether path is an output folder, or the folder in one that holds the manifest. set is closed in
 * that case only. */
bool mixed_set_find(const char *path, struct mixed_set *set);
void mixed_set_close(struct mixed_set *set);

/* Adds what the rows say; a file that cannot be read counts as a bad line. class_of:
 * (set->n_classes) the statistics' number of each class. */
void mixed_set_read(const struct mixed_set *set, const int *class_of,
                    struct label_statistics *statistics, struct mixture *mixture);

void mixture_close(struct mixture *mixture);

#endif

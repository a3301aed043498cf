/* Findings: all that a report tells of a data set. An input is mixed in memory as its job says; an
 * earlier output of ours is looked at as it is, its manifest telling what it was made from. */
#ifndef MIXSMITH_FINDINGS_H
#define MIXSMITH_FINDINGS_H

#include "engine/preview.h"
#include "report/past_job.h"
#include "statistics/clouds.h"
#include "statistics/label_statistics.h"

enum { TILES = 18 };

struct findings {
    const struct job *job; // its mixers are the output's: none
    bool finished;         // an earlier output
    struct past_job past;  // of it
    struct preview preview;
    uint32_t n;       // samples that were looked at
    uint64_t *before; // (n_classes) samples of each class before mixing
    uint64_t n_before;
    struct folding folding;
    struct class_pairs pairs;
    struct label_statistics labels;
    struct clouds clouds;
    struct dimensions dimensions;
    struct tile tile[TILES]; // (n_tiles) none where samples are no pictures
    int n_tiles;
    uint64_t digest; // of the mixed samples, as --to digest makes it
};

/* The job outlives the findings. close follows in any case. */
int findings_open(struct findings *findings, const struct job *job, struct err *err);
void findings_close(struct findings *findings);

#endif

/* Histograms of soft labels: their entropies and their greatest shares in bins of equal width. */
#ifndef MIXSMITH_HISTOGRAM_H
#define MIXSMITH_HISTOGRAM_H

#include "statistics/label_statistics.h"

enum { BINS_MAX = 20 };

struct histogram {
    int bins;
    double high; // end of the last bin; the first begins at 0
    uint64_t count[BINS_MAX], most, all;
    double mean;
};

/* Bits, up to a round number that no label exceeds. */
struct histogram entropy_histogram(const struct label_statistics *statistics);

/* Of 0..1 */
struct histogram top_histogram(const struct label_statistics *statistics);

#endif

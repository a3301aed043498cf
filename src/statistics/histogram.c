#include "statistics/histogram.h"

static void add(struct histogram *histogram, int bin, uint64_t n) {
    bin = bin < histogram->bins ? bin : histogram->bins - 1;
    histogram->count[bin] += n;
    histogram->all += n;
    if (histogram->count[bin] > histogram->most)
        histogram->most = histogram->count[bin];
}

/* The greatest entropy that a label has, in steps, rounded up to half bits. */
static size_t entropy_end(const struct label_statistics *statistics) {
    enum { HALF = ENTROPY_STEPS / 2 };
    size_t last = statistics->entropy_room - 1;
    while (last > 0 && statistics->of_entropy[last] == 0)
        last--;
    return last > HALF ? (last + HALF - 1) / HALF * HALF : HALF;
}

struct histogram entropy_histogram(const struct label_statistics *statistics) {
    size_t end = entropy_end(statistics);
    struct histogram histogram = {
        .bins = BINS_MAX, .high = (double)end / ENTROPY_STEPS, .mean = entropy_mean(statistics)};
    for (size_t step = 0; step < statistics->entropy_room; step++)
        if (statistics->of_entropy[step] > 0)
            add(&histogram, (int)(step * BINS_MAX / end), statistics->of_entropy[step]);
    return histogram;
}

struct histogram top_histogram(const struct label_statistics *statistics) {
    struct histogram histogram = {.bins = TOP_BINS, .high = 1, .mean = top_mean(statistics)};
    for (int bin = 0; bin < TOP_BINS; bin++)
        add(&histogram, bin, statistics->of_top[bin]);
    return histogram;
}

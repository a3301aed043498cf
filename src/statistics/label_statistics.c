#include "statistics/label_statistics.h"

#include "base/exact_math.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

static const double LN2 = 0.693147180559945309;
static const double ROUNDING = 1e-3;    // that a sum of shares may differ from 1
static const double NOTICEABLE = 0.01;  // share
static const double NEXT_TO_0 = 1e-300; // which adds nothing to an entropy

void label_statistics_open(struct label_statistics *statistics, int n_classes) {
    double most = n_classes > 1 ? exact_log(n_classes) / LN2 : 0;
    *statistics = (struct label_statistics){.n_classes = n_classes};
    statistics->mass = must_calloc((size_t)n_classes, sizeof *statistics->mass);
    statistics->entropy_room = (size_t)ceil(most * ENTROPY_STEPS) + 2;
    statistics->of_entropy = must_calloc(statistics->entropy_room, sizeof *statistics->of_entropy);
}

void label_statistics_close(struct label_statistics *statistics) {
    free(statistics->mass);
    free(statistics->of_entropy);
}

static void count_entropy(struct label_statistics *statistics, double entropy) {
    size_t step = entropy > 0 ? (size_t)(entropy * ENTROPY_STEPS + 0.5) : 0;
    size_t last = statistics->entropy_room - 1;
    statistics->entropy_sum += entropy > 0 ? entropy : 0;
    statistics->of_entropy[step < last ? step : last]++;
}

static void count_shares(struct label_statistics *statistics, const struct class_share *shares,
                         size_t n, double whole) {
    double entropy = 0, top = 0;
    size_t noticeable = 0;
    for (size_t i = 0; i < n; i++) {
        double p = shares[i].share / whole; // 1 / whole may be infinite
        entropy -= p > NEXT_TO_0 ? p * exact_log(p) / LN2 : 0;
        top = p > top ? p : top;
        noticeable += p > NOTICEABLE;
    }
    int bin = (int)(top * TOP_BINS);
    count_entropy(statistics, entropy);
    statistics->top_sum += top;
    statistics->of_top[bin < TOP_BINS ? bin : TOP_BINS - 1]++;
    statistics->of_classes[noticeable < CLASSES_COUNTED ? noticeable : CLASSES_COUNTED]++;
}

void label_statistics_add(struct label_statistics *statistics, const struct class_share *shares,
                          size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        statistics->mass[shares[i].class] += shares[i].share;
        sum += shares[i].share;
    }
    if (sum <= 0) {
        statistics->n_empty++;
        return;
    }
    statistics->n++;
    count_shares(statistics, shares, n, fabs(sum - 1) > ROUNDING ? sum : 1);
}

void label_statistics_add_row(struct label_statistics *statistics, const float *row, int n,
                              const int *class_of, struct class_share *scratch) {
    size_t kept = 0;
    for (int k = 0; k < n; k++)
        if (row[k] > 0)
            scratch[kept++] = (struct class_share){class_of ? class_of[k] : k, (double)row[k]};
    label_statistics_add(statistics, scratch, kept);
}

double entropy_mean(const struct label_statistics *statistics) {
    return statistics->n ? statistics->entropy_sum / (double)statistics->n : 0;
}

double top_mean(const struct label_statistics *statistics) {
    return statistics->n ? statistics->top_sum / (double)statistics->n : 0;
}

double entropy_quantile(const struct label_statistics *statistics, double q) {
    uint64_t rank = (uint64_t)ceil(q * (double)statistics->n), seen = 0;
    rank = rank < 1 ? 1 : rank;
    for (size_t step = 0; step < statistics->entropy_room; step++) {
        seen += statistics->of_entropy[step];
        if (seen >= rank)
            return (double)step / ENTROPY_STEPS;
    }
    return 0;
}

double effective_classes(double bits) {
    return exact_exp(bits * LN2);
}

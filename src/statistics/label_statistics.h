/* Label statistics: how soft labels are, in memory that does not grow with their number.
 *
 * A label's entropy is −Σ p log2 p of its shares p; 2^entropy is its effective number of classes. A
 * label that does not add up to 1 (a sample of several classes) is scaled so that it does, but for
 * the mass, which is the sum of the shares as they are. */
#ifndef MIXSMITH_LABEL_STATISTICS_H
#define MIXSMITH_LABEL_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

enum {
    ENTROPY_STEPS = 1000, // of one bit
    TOP_BINS = 10,        // of 0..1
    CLASSES_COUNTED = 100 // so many or more
};

struct class_share {
    int class;
    double share; // ≥ 0
};

struct label_statistics {
    int n_classes;
    uint64_t n;         // labels
    uint64_t n_empty;   // labels without any share, which count nowhere else
    double *mass;       // (n_classes)
    double entropy_sum; // bits
    double top_sum;     // of the greatest shares
    size_t entropy_room;
    uint64_t *of_entropy;      // (entropy_room) labels by entropy, to the nearest step
    uint64_t of_top[TOP_BINS]; // labels by their greatest share: 0.0..0.1, …, 0.9..1.0
    uint64_t of_classes[CLASSES_COUNTED + 1]; // labels by how many classes have more than 1 %
};

void label_statistics_open(struct label_statistics *statistics, int n_classes);
void label_statistics_close(struct label_statistics *statistics);

/* shares: (n) of different classes, 0..n_classes-1. */
void label_statistics_add(struct label_statistics *statistics, const struct class_share *shares,
                          size_t n);

/* The same of a soft label as a row of shares, (n). class_of: (n) the class of each, or NULL:
 * 0..n-1. scratch: room for n. */
void label_statistics_add_row(struct label_statistics *statistics, const float *row, int n,
                              const int *class_of, struct class_share *scratch);

/* Bits. The quantile, to 1 / ENTROPY_STEPS, is the least entropy that part q (0..1) of the labels
 * do not exceed. 0 where there are no labels. */
double entropy_mean(const struct label_statistics *statistics);
double entropy_quantile(const struct label_statistics *statistics, double q);

/* Of the greatest shares; 0 where there are no labels. */
double top_mean(const struct label_statistics *statistics);

/* 2^bits */
double effective_classes(double bits);

#endif

/* Class pairs: of the samples whose own class is one, how much of them comes from each class. With
 * more classes than a person can look at, the largest are kept apart and all others are one. */
#ifndef MIXSMITH_CLASS_PAIRS_H
#define MIXSMITH_CLASS_PAIRS_H

#include <stdint.h>

enum { CLASSES_APART = 100 };

/* Which classes are kept apart, in the order of their indices. */
struct folding {
    int n;         // places, at most CLASSES_APART + 1
    int *class_at; // (n) the class, or -1: all others
    int *place;    // (n_classes)
};

/* count: (n_classes) samples of each class, of which the largest are kept apart. */
void folding_open(struct folding *folding, const uint64_t *count, int n_classes);
void folding_close(struct folding *folding);

struct class_pairs {
    int n;
    double *share; // (n, n) row: the sample's own class; column: where its parts come from
    double *sum;   // (n) of each row
};

/* Of the folding's places, all 0. */
void class_pairs_open(struct class_pairs *pairs, const struct folding *folding);
void class_pairs_close(struct class_pairs *pairs);
void class_pairs_add(struct class_pairs *pairs, int own, int other, double share); // places

/* The part 0..1 of row `own` that comes from `other`; 0 in an empty row. */
double class_pairs_part(const struct class_pairs *pairs, int own, int other);

#endif
